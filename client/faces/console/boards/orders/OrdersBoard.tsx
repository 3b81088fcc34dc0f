import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import type { BoardRow as OrderRow } from "../../../../../shared/domain/order/board.ts";
import type { StoredRecord } from "../../../../store/dto.ts";
import { useStores } from "../../../../store/stores-context.tsx";
import { useLoaded, useRecordMap } from "../../../../store/use-records.ts";
import { useHello } from "../../../../store/use-session.ts";
import { formatDuration, formatTime } from "../../../../ui/format-time.ts";
import { useLanguage } from "../../../../ui/use-language.ts";
import { useNow } from "../../../../ui/use-now.tsx";
import { ReceiptActs } from "../../actions/ReceiptActs.tsx";
import { useNames } from "../../desk/names.tsx";
import { BoardLoading } from "../BoardLoading.tsx";
import { BoardRow } from "../BoardRow.tsx";
import { BoardSection } from "../BoardSection.tsx";
import { HopTimes } from "../HopTimes.tsx";
import { Forces } from "./Forces.tsx";
import { IssueButton } from "./IssueButton.tsx";
import { copiesTo, endedOf, ordersOf } from "./orders-of.ts";

type Orders = ReadonlyMap<string, StoredRecord<"order">>;

/** What I owe, what I am owed, what I have a copy of, whom I lent, what came to its end (CON-16). */
export function OrdersBoard() {
  const { t } = useTranslation("boards");
  const orders = useRecordMap("order");
  const closed = useStore(useStores().records, (s) => s.closed);
  const courtId = useHello()?.courtId ?? "";
  const now = useNow(1_000);
  if (!useLoaded()) return <BoardLoading />;
  const { iOwe, owedToMe } = ordersOf(orders, courtId, now);
  const row = (each: OrderRow) => <Row key={rowKey(each)} row={each} orders={orders} now={now} />;
  return (
    <>
      <IssueButton />
      <BoardSection title={t("orders.iOwe")} rows={iOwe} empty={t("orders.iOweEmpty")}>
        {row}
      </BoardSection>
      <BoardSection title={t("orders.owedToMe")} rows={owedToMe} empty={t("orders.owedEmpty")}>
        {row}
      </BoardSection>
      <BoardSection
        title={t("orders:board.copies")}
        rows={copiesTo(orders, courtId, now)}
        empty={t("orders:board.copiesEmpty")}
      >
        {row}
      </BoardSection>
      <Forces orders={orders} />
      <BoardSection
        title={t("orders:board.ended")}
        rows={endedOf(orders, closed)}
        empty={t("orders:board.endedEmpty")}
      >
        {(record) => <Ended key={record.id} record={record} now={now} />}
      </BoardSection>
    </>
  );
}

const rowKey = ({ orderId, recipientCourtId }: OrderRow) => `${orderId} ${recipientCourtId}`;

const HOPS = [
  "ISSUED",
  "DELIVERED",
  "SIGNED",
  "IN_PROGRESS",
  "FEEDBACK",
  "RETURNED",
  "ACCEPTED",
] as const;

interface RowProps {
  readonly row: OrderRow;
  readonly orders: Orders;
  readonly now: number;
}

function Row({ row, orders, now }: RowProps) {
  const { t } = useTranslation(["boards", "domain", "orders"]);
  const names = useNames();
  const { issuerCourtId, recipientCourtId, overdueMs, times } = row;
  const record = orders.get(row.orderId);
  const receipt = record?.dto.receipts?.find(({ courtId }) => courtId === recipientCourtId);
  const kind = record?.dto.effect
    ? t(`domain:order.effect.${record.dto.effect}`)
    : t(`domain:order.kind.${row.kind}`);
  return (
    <BoardRow
      about={{ type: "order", id: row.orderId }}
      tone={overdueMs > 0 ? "act" : undefined}
      title={`${row.urgency} ${kind} · ${names.court(issuerCourtId)} → ${names.court(recipientCourtId)}`}
      acts={record && receipt ? <ReceiptActs record={record} receipt={receipt} /> : undefined}
    >
      <HopTimes
        hops={HOPS.flatMap((hop) => {
          const at = times[hop];
          return at === undefined ? [] : [{ key: hop, word: t(`domain:order.receipt.${hop}`), at }];
        })}
        now={now}
      />
      <Sides row={row} now={now} />
      {receipt?.reconsideration ? (
        <span>
          {t("orders:side.reconsider")}
          {receipt.reconsideration.answer
            ? ` ${t(`domain:order.outcome.${receipt.reconsideration.answer.outcome}`)}`
            : ` ${t("orders:side.waits")}`}
        </span>
      ) : null}
      {receipt?.copiedCourtIds && receipt.copiedCourtIds.length > 0 ? (
        <span className="second">
          {t("orders:side.copied", {
            courts: receipt.copiedCourtIds.map((id) => names.court(id)).join("、"),
          })}
        </span>
      ) : null}
    </BoardRow>
  );
}

/** Sent back how often, at rest, due when or over by how much. */
function Sides({ row, now }: { row: OrderRow; now: number }) {
  const { t } = useTranslation("boards");
  const language = useLanguage();
  const { returns, suspended, dueAt, overdueMs } = row;
  return (
    <>
      {returns > 0 ? <span>{t("orders.returns", { n: returns })}</span> : null}
      {suspended ? <span>{t("orders.suspended")}</span> : null}
      {dueAt === undefined ? null : (
        <span data-over={overdueMs > 0 ? "" : undefined}>
          {overdueMs > 0
            ? t("overdueBy", { time: formatDuration(overdueMs, language) })
            : t("dueAt", { time: formatTime(dueAt, now, language) })}
        </span>
      )}
    </>
  );
}

/** Accepted, taken back or replaced: what it was, and when that came about. */
function Ended({ record, now }: { record: StoredRecord<"order">; now: number }) {
  const { t } = useTranslation(["orders", "domain"]);
  const names = useNames();
  const language = useLanguage();
  const { dto, id } = record;
  const acceptedAt = Math.max(0, ...(dto.receipts ?? []).map(({ steps }) => steps.at(-1)?.at ?? 0));
  const overAt = dto.revoked?.at ?? dto.supersededBy?.at;
  const over = t(`domain:order.${dto.revoked ? "revoked" : "superseded"}`);
  const isAccepted = dto.state === "ACCEPTED";
  return (
    <BoardRow
      about={{ type: "order", id }}
      title={`${t(`domain:order.kind.${dto.kind}`)} · ${names.court(dto.courtId)} → ${(dto.toCourtIds ?? []).map((each) => names.court(each)).join("、")}`}
    >
      <span>
        {isAccepted ? t("domain:order.receipt.ACCEPTED") : over}{" "}
        {formatTime(isAccepted ? acceptedAt : (overAt ?? acceptedAt), now, language)}
      </span>
      {isAccepted && overAt !== undefined ? (
        <span className="second">
          {over} {formatTime(overAt, now, language)}
        </span>
      ) : null}
    </BoardRow>
  );
}
