import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../../../store/dto.ts";
import { Outcome, Refusal } from "../../../ui/Refusal.tsx";
import { useAct } from "../../../ui/use-act.ts";
import { useSend } from "../actions/use-send.ts";

interface Props {
  readonly record: StoredRecord;
  readonly kind: string;
  readonly payload?: Readonly<Record<string, unknown>>;
  /** Instead of the action's own word. */
  readonly label?: ReactNode;
  readonly filled?: true;
  /** The form around it is not complete; its own words say why. */
  readonly blocked?: boolean;
  readonly onDone?: () => void;
}

/** One command of a board, sent at once; refused it stays visible, with its reason beside it. */
export function ActNow({ record, kind, payload, label, filled, blocked, onDone }: Props) {
  const { t } = useTranslation("console");
  const act = useAct(record, kind);
  const { type, id } = record;
  const { pending, delivery, send } = useSend(kind, { type, id }, record);
  if (act.kind === "absent") return null;
  const press = () =>
    void send(payload).then((done) => {
      if (done.kind === "answer" && !done.answer.refusal) onDone?.();
    });
  return (
    <span className="duty-act">
      <button
        type="button"
        className={filled ? "duty-button filled" : "duty-button"}
        data-action={kind}
        aria-busy={pending}
        disabled={pending || blocked === true || act.kind === "refused"}
        onClick={press}
      >
        {pending ? t("actions.pending") : (label ?? t(`action:${kind}`))}
      </button>
      {act.kind === "refused" ? <Refusal refusal={act.refusal} /> : null}
      <Outcome delivery={delivery} />
    </span>
  );
}
