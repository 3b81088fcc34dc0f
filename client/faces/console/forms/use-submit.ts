import type { FormInstance } from "antd";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLink } from "../../../link/link-context.tsx";
import type { Delivery } from "../../../link/roads.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import { useStores } from "../../../store/stores-context.tsx";
import { isAccepted, isStale, useSend } from "../actions/use-send.ts";
import { useDesk } from "../desk/desk-context.tsx";
import { useViewer } from "../desk/use-viewer.ts";
import type { FormSpec, FormValues } from "./form-spec.ts";
import { identityOf, type SubjectDraft } from "./subject-draft.ts";
import type { Task } from "./task.ts";
import { payloadOf, problemsOf, wireOf } from "./to-payload.ts";

export interface Submit {
  readonly pending: boolean;
  readonly delivery: Delivery | undefined;
  /** The identity could not be put into the vault, so nothing was sent. */
  readonly vaultFailed: boolean;
  run(): Promise<void>;
}

/** Checks, puts an identity into the vault first, sends, and closes the form when it was accepted. */
export function useSubmit(task: Task, spec: FormSpec, form: FormInstance<FormValues>): Submit {
  const { api } = useLink();
  const { store } = useDesk();
  const { clock } = useStores();
  const { courtId } = useViewer();
  const base = useBase(task);
  const { pending, delivery, send } = useSend(task.kind, task.ref, base.record);
  const [vaultFailed, setVaultFailed] = useState(false);
  const show = useShowProblems(form);

  /** False when an identity was given and could not be kept. */
  const keepIdentity = async (values: FormValues, payload: FormValues): Promise<boolean> => {
    const identity =
      payload.subject && values.subject
        ? identityOf(values.subject as SubjectDraft, values.plate)
        : undefined;
    if (!identity) return true;
    const kept = await api.putSubject(task.ids.subject, identity);
    setVaultFailed(!kept.ok);
    return kept.ok;
  };
  const finish = () => {
    store.getState().dropDraft(task);
    // Another form may have been opened while this one was on its way.
    if (store.getState().task === task) store.getState().closeTask();
  };
  const run = async () => {
    const values: FormValues = { ...task.initial, ...form.getFieldsValue(true) };
    const context = { fixed: task.fixed, now: clock.serverNow(), ids: task.ids };
    const payload = payloadOf(spec, values, context);
    const problems = problemsOf(task.kind, spec, payload);
    show(problems);
    if (problems.length > 0 || !(await keepIdentity(values, payload))) return;
    const done = await send(wireOf(spec, payload, courtId));
    if (isStale(done)) base.refresh();
    if (isAccepted(done)) finish();
  };
  return { pending, delivery, vaultFailed, run };
}

/** The record that the decision rests on: as it was at first, as it is after a STALE answer. */
function useBase(task: Task): { record: StoredRecord | undefined; refresh(): void } {
  const { records } = useStores();
  const [fresh, setFresh] = useState<StoredRecord>();
  const refresh = () => {
    const { base } = task;
    if (!base) return;
    const map = records.getState().maps[base.type] as ReadonlyMap<string, StoredRecord>;
    setFresh(map.get(base.id));
  };
  return { record: fresh ?? task.base, refresh };
}

function useShowProblems(form: FormInstance<FormValues>) {
  const { t } = useTranslation("console");
  return useCallback(
    (problems: readonly { readonly field: string; readonly why: string }[]) => {
      const known = Object.keys(form.getFieldsValue(true));
      form.setFields(known.map((name) => ({ name, errors: [] })));
      form.setFields(
        problems.map(({ field, why }) => ({
          name: field,
          errors: [t([`form.wrong.${field}`, why === "wrong" ? "form.other" : "form.missing"])],
        })),
      );
      const [first] = problems;
      if (first) form.scrollToField(first.field, { focus: true });
    },
    [form, t],
  );
}
