import { useTranslation } from "react-i18next";
import type { StoredRecord, TextView } from "../../../store/dto.ts";
import { wordsOf } from "../../../ui/words-of.ts";
import { ReceiptActs } from "../actions/ReceiptActs.tsx";
import { forcesOf, type ReceiptDto } from "../actions/receipt-acts.ts";
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
          <ReceiptSides receipt={receipt} />
          <span className="receipt-acts">
            <ReceiptActs record={record} receipt={receipt} />
          </span>
        </div>
      ))}
    </section>
  );
}

/** What stands beside the way: reconsideration, taken back, copies, forces that are sent. */
function ReceiptSides({ receipt }: { receipt: ReceiptDto }) {
  const { t } = useTranslation("orders");
  const names = useNames();
  const { reconsideration: asked, revoked, copiedCourtIds = [], forces, recalled } = receipt;
  return (
    <>
      {asked ? (
        <p>
          {t("side.reconsider")} <TimeText at={asked.at} /> <q>{wordsOf(asked.reason, t)}</q>{" "}
          {asked.answer ? (
            <>
              {t(`domain:order.outcome.${asked.answer.outcome}`)} <TimeText at={asked.answer.at} />
            </>
          ) : (
            <b>{t(asked.suspends ? "side.waitsRests" : "side.waits")}</b>
          )}
        </p>
      ) : null}
      {revoked ? (
        <p>
          {t("domain:order.revoked")} <TimeText at={revoked.at} />{" "}
          <q>{wordsOf(revoked.reason, t)}</q>
        </p>
      ) : null}
      {copiedCourtIds.length > 0 ? (
        <p className="second">
          {t("side.copied", { courts: copiedCourtIds.map((id) => names.court(id)).join("、") })}
        </p>
      ) : null}
      {forces ? (
        <p>
          {t("side.forces", {
            n: forces.length,
            names: forcesOf(receipt)
              .map(({ officerId, name }) => name ?? names.officer(officerId))
              .join("、"),
          })}
          {recalled ? (
            <>
              {" "}
              {t("side.recalled")} <TimeText at={recalled.at} />
            </>
          ) : null}
        </p>
      ) : null}
    </>
  );
}
