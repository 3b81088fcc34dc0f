import { Button, Form, Popconfirm } from "antd";
import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Outcome } from "../../../ui/Refusal.tsx";
import { ASKS_AGAIN } from "../actions/act-words.ts";
import { useDesk } from "../desk/desk-context.tsx";
import { KeyHint } from "../desk/KeyHint.tsx";
import { useNames } from "../desk/names.tsx";
import { recordTitle } from "../desk/record-title.ts";
import { FieldRow } from "./FieldRow.tsx";
import type { FormSpec, FormValues } from "./form-spec.ts";
import { FORMS } from "./forms.ts";
import { OrderKinds } from "./OrderKinds.tsx";
import { isIssue } from "./order-forms.ts";
import { StaleNotice } from "./StaleNotice.tsx";
import { draftKey, type Task } from "./task.ts";
import { visibleFields } from "./to-payload.ts";
import { useSubmit } from "./use-submit.ts";

/** A form in the drawer: stays whatever is selected meanwhile, keeps its input until it is sent. */
export function TaskPanel({ task }: { task: Task }) {
  const spec = FORMS[task.kind] ?? EMPTY;
  return <TaskForm key={draftKey(task)} task={task} spec={spec} />;
}

const EMPTY: FormSpec = { fields: [] };

function TaskForm({ task, spec }: { task: Task; spec: FormSpec }) {
  const { t } = useTranslation("console");
  const { store } = useDesk();
  const [form] = Form.useForm<FormValues>();
  const submit = useSubmit(task, spec, form);
  const initial = useMemo(
    () => ({ ...task.initial, ...store.getState().drafts.get(draftKey(task)) }),
    [task, store],
  );
  const first = useFirstFocus();
  const values: FormValues = Form.useWatch([], form) ?? initial;
  return (
    <section
      className="task"
      ref={first}
      aria-label={t(`action:${task.kind}`)}
      onKeyDown={(event) => {
        // Sends from wherever the cursor stands; what asks once more still does.
        if (event.key !== "Enter" || !event.ctrlKey || ASKS_AGAIN.has(task.kind)) return;
        event.preventDefault();
        if (!submit.pending) form.submit();
      }}
    >
      <TaskHeader task={task} />
      {isIssue(task.kind) ? <OrderKinds task={task} values={values} /> : null}
      <Form
        form={form}
        layout="vertical"
        initialValues={initial}
        requiredMark
        onValuesChange={(_changed, all) => store.getState().keepDraft(task, all)}
        onFinish={() => void submit.run()}
      >
        {visibleFields(spec, { ...task.initial, ...values }).map((field) => (
          <FieldRow key={field.name} field={field} task={task} form={form} />
        ))}
        <StaleNotice task={task} delivery={submit.delivery} />
        <Outcome delivery={submit.delivery} />
        {submit.vaultFailed ? <p className="refusal">{t("form.vaultFailed")}</p> : null}
        <SubmitRow task={task} pending={submit.pending} run={submit.run} />
      </Form>
    </section>
  );
}

function TaskHeader({ task }: { task: Task }) {
  const { t } = useTranslation("console");
  const { store } = useDesk();
  const names = useNames();
  const about = task.base ? recordTitle(task.base, t, names).title : undefined;
  return (
    <header className="record-head">
      <h2>{t(`action:${task.kind}`)}</h2>
      <p>
        <span className="second">{about}</span>
        <button
          type="button"
          className="plain-button close"
          onClick={() => store.getState().closeTask()}
        >
          <KeyHint k="Esc" /> {t("form.close")}
        </button>
      </p>
    </header>
  );
}

function SubmitRow({
  task,
  pending,
  run,
}: {
  task: Task;
  pending: boolean;
  run: () => Promise<void>;
}) {
  const { t } = useTranslation("console");
  const { store } = useDesk();
  const asks = ASKS_AGAIN.has(task.kind);
  const label = t(`action:${task.kind}`);
  const button = (
    <Button type="primary" htmlType={asks ? "button" : "submit"} loading={pending}>
      {pending ? t("actions.pending") : label}
      {asks || pending ? null : <KeyHint k="Ctrl+Enter" />}
    </Button>
  );
  return (
    <div className="action-row">
      {asks ? (
        <Popconfirm
          title={t("actions.sure", { action: label })}
          description={t("actions.sureWhat")}
          onConfirm={() => void run()}
        >
          {button}
        </Popconfirm>
      ) : (
        button
      )}
      <Button onClick={() => store.getState().closeTask()}>{t("form.close")}</Button>
    </div>
  );
}

/** The keyboard goes where the form begins. */
function useFirstFocus() {
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    ref.current?.querySelector<HTMLElement>("input, textarea")?.focus({ preventScroll: true });
  }, []);
  return ref;
}
