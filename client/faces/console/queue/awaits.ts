import { CENTER_ROLES } from "../../../../shared/domain/authority/roles.ts";
import { isMeantFor } from "../../../../shared/domain/notice/owed.ts";
import type { Notice } from "../../../../shared/domain/notice/state.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import { seen } from "../../../store/duty-dto.ts";
import { type Called, openCalls, owedNotices } from "../../../store/open-calls.ts";
import type { QueueType, Viewer } from "./queue-item.ts";

type Order = StoredRecord<"order">["dto"];

/** What an order waits for at this court: the next hand that must move. */
export type OrderAwaits = "sign" | "feedback" | "accept" | "others";

export function orderAwaits(dto: Order, courtId: string): OrderAwaits {
  const standing = dto.receipts?.filter((receipt) => !receipt.revoked) ?? [];
  const own = standing.find((receipt) => receipt.courtId === courtId)?.state;
  if (own === "ISSUED" || own === "DELIVERED") return "sign";
  if (own === "SIGNED" || own === "IN_PROGRESS" || own === "RETURNED") return "feedback";
  const returned = dto.courtId === courtId && standing.some((r) => r.state === "FEEDBACK");
  return returned ? "accept" : "others";
}

export const orderCalls = (dto: Order, courtId: string): boolean =>
  orderAwaits(dto, courtId) !== "others";

/** A message that this person or this court has still to read. */
export const isAddressedTo = (
  { toOfficerId, toCourtId }: StoredRecord<"message">["dto"],
  viewer: Viewer,
): boolean =>
  toOfficerId === undefined ? toCourtId === viewer.courtId : toOfficerId === viewer.officerId;

const CALLS: ReadonlySet<QueueType> = new Set(["rollcall", "notice"]);

/** Called by another court: the row is in the queue because this desk owes the answer. */
export const isCalled = (type: QueueType): boolean => CALLS.has(type);

export const calledOf = ({ officerId, courtId, roles = [] }: Viewer): Called => ({
  officerId,
  courtId,
  atDesk: roles.some((role) => CENTER_ROLES.includes(role)),
});

/** A roll-call with a target that this desk or this person has still to answer. */
export const mustAnswer = (call: StoredRecord<"rollcall">, viewer: Viewer): boolean =>
  openCalls([seen(call)], calledOf(viewer)).length > 0;

/** A notice that this desk owes, of those that are for this person's roles. */
export const mustAcknowledge = (notice: StoredRecord<"notice">, viewer: Viewer): boolean =>
  owedNotices([seen(notice)]).some(
    ({ forRoles }) =>
      calledOf(viewer).atDesk && isMeantFor({ forRoles } as Notice, viewer.roles ?? []),
  );
/** Asked to move first, and not relieved yet (HOLD-14). */
function isHelping({ dto }: StoredRecord<QueueType>, courtId: string): boolean {
  const { assist } = dto as StoredRecord<"incident">["dto"];
  return assist?.courtId === courtId && HELPS.has(assist.state);
}
const HELPS: ReadonlySet<string> = new Set(["NAMED", "ACKNOWLEDGED"]);

/** Named in the record, holding it, or sitting at the desk that must move next (CON-4). */
export function isMine(record: StoredRecord<QueueType>, viewer: Viewer): boolean {
  const { parts, holder } = record.dto;
  const { officerId, courtId } = viewer;
  if (isCalled(record.type)) return true;
  if (officerId && Object.values(parts ?? {}).some((ids) => ids?.includes(officerId))) return true;
  if (isHelping(record, courtId)) return true;
  if (holder) {
    return holder.officerId ? holder.officerId === officerId : holder.courtId === courtId;
  }
  if (record.type === "order") return orderCalls((record as StoredRecord<"order">).dto, courtId);
  if (record.type === "message") {
    return isAddressedTo((record as StoredRecord<"message">).dto, viewer);
  }
  return false;
}
