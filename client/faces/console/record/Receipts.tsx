import { useTranslation } from "react-i18next";
import type { StoredRecord, TextView } from "../../../store/dto.ts";
import { wordsOf } from "../../../ui/words-of.ts";
import { useNames } from "../desk/names.tsx";
import { TimeText } from "./FactList.tsx";

interface Step {
  readonly state: string;
  readonly at: number;
  readonly by?: string;
  readonly name?: string;
  readonly text?: TextView;
}

/** Each recipient of an order and every step it took, with the name of the hand. */
export function Receipts({ record }: { record: StoredRecord<"order"> }) {
  const { t } = useTranslation("console");
  const names = useNames();
  const receipts = record.dto.receipts ?? [];
  if (receipts.length === 0) return null;
  return (
    <section className="drawer-part" aria-label={t("receipts")}>
      <h3>{t("receipts")}</h3>
      {receipts.map((receipt) => (
        <div key={receipt.courtId} className="receipt">
          <b>{names.court(receipt.courtId)}</b>{" "}
          <span className="chip">{t(`domain:order.receipt.${receipt.state}`)}</span>
          <ol className="timeline">
            {(receipt.steps as readonly Step[]).map((step) => (
              <li key={`${step.state} ${step.at}`}>
                <TimeText at={step.at} />
                <span>
                  {t(`domain:order.receipt.${step.state}`)}
                  <span className="second"> {step.name ?? names.officer(step.by)}</span>
                  {step.text === undefined ? null : <q>{wordsOf(step.text, t)}</q>}
                </span>
              </li>
            ))}
          </ol>
        </div>
      ))}
    </section>
  );
}
