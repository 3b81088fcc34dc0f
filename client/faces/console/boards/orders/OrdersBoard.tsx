import { useTranslation } from "react-i18next";
import type { BoardRow as OrderRow } from "../../../../../shared/domain/order/board.ts";
import { useRecordMap } from "../../../../store/use-records.ts";
import { useHello } from "../../../../store/use-session.ts";
import { formatDuration, formatTime } from "../../../../ui/format-time.ts";
import { useLanguage } from "../../../../ui/use-language.ts";
import { useNow } from "../../../../ui/use-now.tsx";
import { useNames } from "../../desk/names.tsx";
import { BoardRow } from "../BoardRow.tsx";
import { BoardSection } from "../BoardSection.tsx";
import { ordersOf } from "./orders-of.ts";

/** What I owe, what I am owed (CON-16). */
export function OrdersBoard() {
  const { t } = useTranslation("boards");
  const orders = useRecordMap("order");
  const hello = useHello();
  const now = useNow(1_000);
  const { iOwe, owedToMe } = ordersOf(orders, hello?.courtId, now);
  return (
    <>
      <BoardSection title={t("orders.iOwe")} rows={iOwe} empty={t("orders.iOweEmpty")}>
        {(row) => <Row key={rowKey(row)} row={row} now={now} />}
      </BoardSection>
      <BoardSection title={t("orders.owedToMe")} rows={owedToMe} empty={t("orders.owedEmpty")}>
        {(row) => <Row key={rowKey(row)} row={row} now={now} />}
      </BoardSection>
    </>
  );
}

const rowKey = ({ orderId, recipientCourtId }: OrderRow) => `${orderId} ${recipientCourtId}`;

const HOPS = ["ISSUED", "DELIVERED", "SIGNED", "IN_PROGRESS", "FEEDBACK", "RETURNED"] as const;

function Row({ row, now }: { row: OrderRow; now: number }) {
  const { t } = useTranslation(["boards", "domain"]);
  const names = useNames();
  const language = useLanguage();
  const { issuerCourtId, recipientCourtId, overdueMs, dueAt, times } = row;
  return (
    <BoardRow
      about={{ type: "order", id: row.orderId }}
      tone={overdueMs > 0 ? "act" : undefined}
      title={`${t(`domain:order.kind.${row.kind}`)} · ${names.court(issuerCourtId)} → ${names.court(recipientCourtId)}`}
    >
      <span>{t(`domain:order.receipt.${row.state}`)}</span>
      {HOPS.map((hop) =>
        times[hop] === undefined ? null : (
          <span key={hop} className="second">
            {t(`domain:order.receipt.${hop}`)} {formatTime(times[hop], now, language)}
          </span>
        ),
      )}
      {row.returns > 0 ? <span>{t("orders.returns", { n: row.returns })}</span> : null}
      {row.suspended ? <span>{t("orders.suspended")}</span> : null}
      {dueAt === undefined ? null : (
        <span>
          {overdueMs > 0
            ? t("overdueBy", { time: formatDuration(overdueMs, language) })
            : t("dueAt", { time: formatTime(dueAt, now, language) })}
        </span>
      )}
    </BoardRow>
  );
}
