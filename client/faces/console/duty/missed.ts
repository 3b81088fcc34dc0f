import { can } from "../../../../shared/domain/authority/can.ts";
import type { Role } from "../../../../shared/domain/authority/roles.ts";
import { missedNotices } from "../../../../shared/domain/notice/owed.ts";
import type { Notice } from "../../../../shared/domain/notice/state.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import type { SeenNotice } from "../../../store/duty-dto.ts";
import type { OpenCall } from "../../../store/open-calls.ts";

export interface Missed {
  readonly notices: readonly SeenNotice[];
  readonly orders: readonly StoredRecord<"order">[];
  readonly calls: readonly OpenCall[];
  /** For information: published since, and nothing to acknowledge. */
  readonly told: readonly SeenNotice[];
}

export interface MissedOf {
  readonly owed: readonly SeenNotice[];
  readonly notices: readonly SeenNotice[];
  readonly orders: Iterable<StoredRecord<"order">>;
  readonly calls: readonly OpenCall[];
  readonly courtId: string;
  readonly roles: readonly Role[];
  /** Server ms at which this person last handed the desk over. */
  readonly since: number;
}

const UNSIGNED: ReadonlySet<string> = new Set(["ISSUED", "DELIVERED"]);

/** What waits for a name before work begins: notices, orders and roll-calls (NTC-8, CON-30). */
export function missedOf(parts: MissedOf): Missed {
  const { courtId, roles, since } = parts;
  const asNotices = parts.notices.map((notice) => ({ ...notice, acks: [] }) as unknown as Notice);
  const recent = new Set(
    missedNotices(asNotices, { courtId, roles }, since).since.map(({ id }) => id),
  );
  return {
    notices: parts.owed,
    orders: maySign(parts) ? unsigned(parts.orders, courtId) : [],
    calls: parts.calls,
    told: parts.notices.filter(({ id, needsAck }) => !needsAck && recent.has(id)),
  };
}

/** Whoever sits here to draft is not asked to sign for the desk. */
const maySign = ({ courtId, roles }: MissedOf): boolean =>
  can({ kind: "person", officerId: "", courtId, roles }, "order.sign", "up", {
    recipientCourt: [courtId],
  }) === undefined;

const unsigned = (orders: MissedOf["orders"], courtId: string): Missed["orders"] =>
  [...orders].filter(({ dto }) =>
    dto.receipts?.some(
      (receipt) =>
        receipt.courtId === courtId && !receipt.revoked && UNSIGNED.has(receipt.state ?? ""),
    ),
  );

/** How many names are asked for. */
export const missedCount = ({ notices, orders, calls }: Missed): number =>
  notices.length + orders.length + calls.length;
