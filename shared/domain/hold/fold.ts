import { endClocks, withClocks } from "../kernel/clock.ts";
import type { EventMeta } from "../kernel/event.ts";
import type { HoldEvent, HoldHand } from "./events.ts";
import {
  DEADLINE_CLOCK,
  HANDOVER_CLOCK,
  HOLD_CLOCKS,
  type Holdable,
  type HoldStep,
  isWaiting,
} from "./state.ts";

/** The record after its holder was moved by hand; what else the act means is the record's own. */
export function foldHold<R extends Holdable>(record: R, event: HoldEvent, meta: EventMeta): R {
  switch (event.type) {
    case "HoldTaken":
      return takenUp(record, event.data, meta);
    case "HoldDesignated":
      return handedOn(record, "DESIGNATED", event.data, meta);
    case "HoldHandedBack":
      return handedOn(record, "HANDED_BACK", event.data, meta);
    case "HoldSigned":
      return signed(record, event.data, meta);
    case "HoldDeadlineSet": {
      const { officerId: byOfficerId, courtId: byCourtId, dueAt, clocks } = event.data;
      return {
        ...record,
        deadline: { byCourtId, byOfficerId, at: meta.at, dueAt },
        clocks: withClocks(record.clocks, clocks, meta),
      };
    }
  }
}

/** Whoever takes it up answers for it by name: nothing waits any more for those below. */
export function takenUp<R extends Holdable>(
  record: R,
  { officerId, courtId }: HoldHand,
  meta: EventMeta,
): R {
  const { holdReason: _over, ...rest } = record;
  return {
    ...(rest as R),
    ...moved(record, { how: "TAKEN_UP", courtId, ...byHand(officerId, courtId, meta) }),
    held: {
      how: "TAKEN_UP",
      courtId,
      officerId,
      byCourtId: courtId,
      byOfficerId: officerId,
      backToCourtId: courtId,
      at: meta.at,
    },
    clocks: endClocks(record.clocks, HOLD_CLOCKS, meta.at),
  };
}

type HandedOn = Extract<HoldEvent, { type: "HoldDesignated" }>["data"];

function handedOn<R extends Holdable>(
  record: R,
  how: "DESIGNATED" | "HANDED_BACK",
  { officerId, courtId, toCourtId, backToCourtId, reason, clocks }: HandedOn,
  meta: EventMeta,
): R {
  const over = isDeadlineOver(record, courtId, toCourtId) ? [DEADLINE_CLOCK] : [];
  const ended = endClocks(record.clocks, over, meta.at);
  return {
    ...record,
    ...moved(record, { how, courtId: toCourtId, ...byHand(officerId, courtId, meta) }),
    held: {
      how,
      courtId: toCourtId,
      byCourtId: courtId,
      byOfficerId: officerId,
      backToCourtId,
      at: meta.at,
    },
    holdReason: reason,
    clocks: withClocks(ended, clocks, meta),
  };
}

/**
 * A deadline is over when the court that set it, or one above that, moves the holder or becomes it.
 * Whoever is bound by it does not get rid of it by passing the matter on.
 */
function isDeadlineOver({ deadline, tierPath }: Holdable, by: string, to: string): boolean {
  if (!deadline) return false;
  const setter = tierPath.indexOf(deadline.byCourtId);
  const reaches = (courtId: string) => tierPath.slice(0, setter + 1).includes(courtId);
  return reaches(by) || reaches(to);
}

/** Nothing happens where no signature of this court is waited for. */
export function signed<R extends Holdable>(
  record: R,
  { officerId, courtId }: HoldHand,
  meta: EventMeta,
): R {
  const { held } = record;
  if (held?.courtId !== courtId || !isWaiting(record, HANDOVER_CLOCK)) return record;
  return {
    ...record,
    ...moved(record, { how: "SIGNED", courtId, ...byHand(officerId, courtId, meta) }),
    held: { ...held, officerId },
    clocks: endClocks(record.clocks, [HANDOVER_CLOCK], meta.at),
  };
}

const byHand = (byOfficerId: string, byCourtId: string, { at }: EventMeta) => ({
  byCourtId,
  byOfficerId,
  at,
});

const moved = (record: Holdable, step: HoldStep): { readonly holdLog: readonly HoldStep[] } => ({
  holdLog: [...(record.holdLog ?? []), step],
});
