import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../../../../store/dto.ts";
import { useRecords } from "../../../../store/use-records.ts";
import { ReceiptActs } from "../../actions/ReceiptActs.tsx";
import { forcesOf, isOut } from "../../actions/receipt-acts.ts";
import { useNames } from "../../desk/names.tsx";
import { useViewer } from "../../desk/use-viewer.ts";
import { TimeText } from "../../record/FactList.tsx";
import { BoardRow } from "../BoardRow.tsx";
import { BoardSection } from "../BoardSection.tsx";

/** 调警: forces that are out under an order of this court or of its own people, and who came here. */
export function Forces({ orders }: { orders: ReadonlyMap<string, StoredRecord<"order">> }) {
  const { t } = useTranslation("orders");
  const names = useNames();
  const { courtId } = useViewer();
  const officers = useRecords("officer");
  const out = [...orders.values()].flatMap((record) =>
    (record.dto.receipts ?? []).filter(isOut).map((receipt) => ({ record, receipt })),
  );
  const here = officers.filter(({ dto }) => dto.lent?.courtId === courtId);
  return (
    <>
      <BoardSection title={t("forces.out")} rows={out} empty={t("forces.outEmpty")}>
        {({ record, receipt }) => (
          <BoardRow
            key={`${record.id} ${receipt.courtId}`}
            about={{ type: "order", id: record.id }}
            title={`${names.court(receipt.courtId)} → ${names.court(record.dto.forCourtId)}`}
            acts={<ReceiptActs record={record} receipt={receipt} />}
          >
            <span>
              {forcesOf(receipt)
                .map(({ officerId, name }) => name ?? names.officer(officerId))
                .join("、")}
            </span>
          </BoardRow>
        )}
      </BoardSection>
      <BoardSection title={t("forces.here")} rows={here} empty={t("forces.hereEmpty")}>
        {({ id, dto }) => (
          <BoardRow
            key={id}
            about={{ type: "officer", id }}
            title={`${names.officer(id)} · ${names.court(dto.courtId)}`}
          >
            {dto.lent ? <TimeText at={dto.lent.at} /> : null}
          </BoardRow>
        )}
      </BoardSection>
    </>
  );
}
