import type { DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import { accept, type Decision, type Refusal, refusal, refuse } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { officerEvent } from "../officer/events.ts";
import { lendingRefusal } from "../officer/lent.ts";
import { orderEvent } from "./events.ts";
import { isOut } from "./receipt.ts";
import type { AboutRecipient } from "./settle.ts";
import type { Order, Receipt } from "./state.ts";

/** 调警: the feedback names who is sent; other orders send nobody. */
export function forcesRefusal(
  { kind }: Order,
  officerIds: readonly string[] | undefined,
  courtId: string,
  state: StateReader,
): Refusal | undefined {
  if (kind !== "RESOURCE") {
    return officerIds === undefined
      ? undefined
      : refusal("NO_FORCES_ORDERED", { ruleId: "ORD-30" });
  }
  return officerIds === undefined || officerIds.length === 0
    ? refusal("FORCES_NOT_NAMED", { ruleId: "ORD-30" })
    : lendingRefusal(officerIds, courtId, state);
}

/** With the acceptance those who were named move; whoever cannot go any more is said first. */
export function lending(
  { id, kind, forCourtId, operationId }: Order,
  { courtId, forces = [] }: Receipt,
  state: StateReader,
): { readonly refusal: Refusal | undefined; readonly events: readonly DomainEvent[] } {
  if (kind !== "RESOURCE" || forCourtId === undefined) return { refusal: undefined, events: [] };
  return {
    refusal: lendingRefusal(forces, courtId, state),
    events: forces.map((officerId) =>
      officerEvent(officerId, "OfficerLent", {
        toCourtId: forCourtId,
        orderId: id,
        ...(operationId ? { operationId } : {}),
      }),
    ),
  };
}

export const someAreOut = (order: Order): Refusal | undefined =>
  order.receipts.some(isOut) ? undefined : refusal("NO_FORCES_OUT", { ruleId: "ORD-34" });

/** 归建: of one recipient, or of all whose forces are out. */
export function recall({
  id,
  entity,
  payload: { courtId },
}: DecideInput<Order, AboutRecipient>): Decision<DomainEvent> {
  const out = (entity?.receipts ?? []).filter(
    (receipt) => isOut(receipt) && (courtId === undefined || receipt.courtId === courtId),
  );
  if (out.length === 0) return refuse("NO_FORCES_OUT", { ruleId: "ORD-34" });
  return accept(
    orderEvent(id, "OrderForcesRecalled", { courtIds: out.map((receipt) => receipt.courtId) }),
    ...out
      .flatMap(({ forces = [] }) => forces)
      .map((officerId) => officerEvent(officerId, "OfficerOrderedHome", { orderId: id })),
  );
}
