import { useTranslation } from "react-i18next";
import { useDesk } from "../desk/desk-context.tsx";
import type { FormValues } from "./form-spec.ts";
import { ISSUE_KINDS } from "./order-forms.ts";
import { type Task, taskOn } from "./task.ts";

/** What kind of order it is; what was typed goes along. */
export function OrderKinds({ task, values }: { task: Task; values: FormValues }) {
  const { t } = useTranslation("orders");
  const { store, newId } = useDesk();
  return (
    <fieldset className="order-kinds" aria-label={t("issue.kind")}>
      {ISSUE_KINDS.map((kind) => (
        <button
          key={kind}
          type="button"
          className="chip"
          aria-pressed={kind === task.kind}
          onClick={() => store.getState().open(taskOn(kind, task.base, newId, values))}
        >
          {t(`action:${kind}`)}
        </button>
      ))}
    </fieldset>
  );
}
