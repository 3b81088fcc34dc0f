import {
  type BoardOrder,
  type BoardRow,
  orderBoard,
} from "../../../../../shared/domain/order/board.ts";
import type { StoredRecord } from "../../../../store/dto.ts";
import type { RecordsState } from "../../../../store/records.ts";
import { isOut } from "../../actions/receipt-acts.ts";

type Orders = ReadonlyMap<string, StoredRecord<"order">>;

/** What this court owes and is owed, of the orders that its view holds. */
export function ordersOf(orders: Orders, courtId: string | undefined, now: number) {
  const seen = [...orders.values()].map(({ id, dto }) => ({ id, ...dto }) as unknown as BoardOrder);
  return orderBoard(
    seen.filter(({ receipts }) => receipts !== undefined),
    courtId ?? "",
    now,
  );
}

/** Of what went past this court's tier: each recipient on its own line below, most overdue first. */
export function copiesTo(orders: Orders, courtId: string, now: number): readonly BoardRow[] {
  const copied = [...orders].filter(([, { dto }]) => dto.copiedCourtIds?.includes(courtId));
  const issuers = new Set(copied.map(([, { dto }]) => dto.courtId ?? ""));
  return [...issuers]
    .flatMap((issuer) => ordersOf(new Map(copied), issuer, now).owedToMe)
    .sort((a, b) => b.overdueMs - a.overdueMs);
}

const OVER: ReadonlySet<string> = new Set(["REVOKED", "SUPERSEDED", "ACCEPTED"]);

/** Orders that ended while this desk looked on, or that stand here as ended; the newest first. */
export function endedOf(
  orders: Orders,
  closed: RecordsState["closed"],
): readonly StoredRecord<"order">[] {
  const over = ({ dto }: StoredRecord<"order">) =>
    dto.state !== undefined && OVER.has(dto.state) && !dto.receipts?.some(isOut);
  const here = [...orders.values()].filter(over);
  const gone = closed.filter(
    ({ type }) => type === "order",
  ) as readonly unknown[] as readonly StoredRecord<"order">[];
  return [...here, ...gone.filter(({ id }) => !orders.has(id))];
}
