import { useTranslation } from "react-i18next";
import { textOf } from "../../../../store/dto.ts";
import type { SeenShift } from "../../../../store/duty-dto.ts";
import { useRecord } from "../../../../store/use-records.ts";
import { useDesk } from "../../desk/desk-context.tsx";
import { ActNow } from "../../duty/ActNow.tsx";
import { taskOn } from "../../forms/task.ts";
import { HandoverItems } from "./HandoverItems.tsx";

/** The list as it was offered to me: read, then signed for or given back. */
export function TakeOver({ from, to }: { from: SeenShift; to: SeenShift }) {
  const { t } = useTranslation("duty");
  const { store, newId } = useDesk();
  const outgoing = useRecord("shift", from.id);
  const incoming = useRecord("shift", to.id);
  const remark = textOf(from.list?.offered?.remark);
  if (!outgoing || !incoming) return null;
  const giveBack = () => store.getState().open(taskOn("shift.returnList", outgoing, newId));
  return (
    <section className="handover" data-mine="" aria-label={t("take.title")}>
      <h3>{t("take.from", { name: from.officer ?? "" })}</h3>
      {remark ? <p>{t("handover.remarkIs", { text: remark })}</p> : null}
      <div className="duty-tools">
        <ActNow record={incoming} kind="shift.sign" filled />
        <button type="button" className="duty-button" onClick={giveBack}>
          {t("action:shift.returnList")}
        </button>
      </div>
      <HandoverItems shift={from} items={from.list?.items ?? []} />
    </section>
  );
}
