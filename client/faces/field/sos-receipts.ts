import type { HeldItem } from "../../link/outbox-item.ts";
import type { StoredRecord } from "../../store/dto.ts";

type Incident = StoredRecord<"incident">;

export interface SosReceipts {
  readonly acknowledged: Incident["dto"]["acknowledged"];
  readonly seenBy: NonNullable<Incident["dto"]["seenBy"]>;
}

/**
 * SOSR-24: who has seen and acknowledged this very call. Several calls are merged into one alarm, and
 * what happened to the alarm before this one was stored is no receipt of this one.
 */
export function receiptsOf(item: HeldItem, incident: Incident | undefined): SosReceipts {
  const { acknowledged, seenBy = [] } = incident?.dto ?? {};
  const from = receiptsFrom(item, incident);
  const counts = (hand: { readonly at?: number | undefined }) =>
    hand.at === undefined ? from === Number.NEGATIVE_INFINITY : hand.at >= from;
  return {
    acknowledged: acknowledged && counts(acknowledged) ? acknowledged : undefined,
    seenBy: seenBy.filter(counts),
  };
}

/**
 * From which server ms on a receipt is one of this call. Both sides of the comparison are the
 * server's own time: `stage.at` is when it was durable there, `knownAt` the last server time the
 * phone had heard before the press. The phone's own clock (`deviceAt`) is never compared with them.
 */
function receiptsFrom({ id, envelope, stage }: HeldItem, incident: Incident | undefined): number {
  // Nothing of an alarm is older than the call that opened it.
  if (incident?.dto.commandIds?.[0] === id) return Number.NEGATIVE_INFINITY;
  if (stage.kind !== "server") return Number.POSITIVE_INFINITY;
  // One that was merged at the edge is answered with the time of the call before it.
  return Math.max(stage.at ?? 0, envelope.knownAt);
}
