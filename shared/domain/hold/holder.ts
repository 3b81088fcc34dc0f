import { tierPathOf } from "../authority/relation.ts";
import type { Role } from "../authority/roles.ts";
import { climbedDesk } from "../incident/climb.ts";
import type { Incident } from "../incident/state.ts";
import type { StateReader } from "../kernel/state.ts";
import { silentDesk, toldOf } from "../police/holder.ts";
import type { PoliceRequest } from "../police/state.ts";
import { DEADLINE_CLOCK, HANDOVER_CLOCK, type Holdable, waitingLevel } from "./state.ts";

/** Whose desk must act now, and who has been told on the way. */
export interface Holder {
  readonly courtId: string;
  /** The named taker; without one the desk holds it because a clock asks for a taker. */
  readonly officerId?: string;
  readonly told: readonly {
    readonly courtId: string;
    readonly roles: readonly Role[];
    /** Server ms, where the record keeps it. */
    readonly at?: number;
  }[];
}

type Desk = Omit<Holder, "told">;

/**
 * Who holds it now: exactly one desk, always. By hand where a court took it up or was handed it,
 * else by the clock that nobody answered. The clocks of a hand-over and of a deadline carry it to
 * the court above; nothing but a hand or an answer brings it down again (peers §4 no. 2).
 */
export function holderOf(record: Incident | PoliceRequest, state: StateReader): Holder {
  const desk = heldDesk(record) ?? deskByClock(record, state);
  return {
    ...(overdueDesk(record, desk, state) ?? desk),
    told: record.type === "incident" ? record.told : toldOf(record, state),
  };
}

/** By hand. */
export function heldDesk(record: Holdable): Desk | undefined {
  const { held } = record;
  if (!held) return undefined;
  const level = waitingLevel(record, HANDOVER_CLOCK);
  if (level >= 2) return { courtId: record.tierPath[0] ?? held.backToCourtId };
  if (level === 1) return { courtId: held.backToCourtId };
  return { courtId: held.courtId, ...(held.officerId ? { officerId: held.officerId } : {}) };
}

function deskByClock(record: Incident | PoliceRequest, state: StateReader): Desk {
  if (record.type === "police") return { courtId: silentDesk(record, state) };
  const { acknowledged } = record;
  return acknowledged
    ? { courtId: acknowledged.courtId, officerId: acknowledged.officerId }
    : { courtId: climbedDesk(record) };
}

/** The court that set a deadline has it when that is over, unless it has come higher already. */
function overdueDesk(record: Holdable, desk: Desk, state: StateReader): Desk | undefined {
  const { deadline } = record;
  if (!deadline || waitingLevel(record, DEADLINE_CLOCK) === 0) return undefined;
  const higher = tierPathOf(state, deadline.byCourtId).includes(desk.courtId);
  return higher ? undefined : { courtId: deadline.byCourtId };
}
