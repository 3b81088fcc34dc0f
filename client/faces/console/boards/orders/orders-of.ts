import { type BoardOrder, orderBoard } from "../../../../../shared/domain/order/board.ts";
import type { StoredRecord } from "../../../../store/dto.ts";

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
