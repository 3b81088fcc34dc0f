import { tierPathOf } from "../authority/relation.ts";
import { type Refusal, refusal } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import type { Holder } from "./holder.ts";
import { DEADLINE_CLOCK, type Holdable, isWaiting } from "./state.ts";

/** The same court or one below it. */
export const isWithin = (state: StateReader, courtId: string, superior: string): boolean =>
  tierPathOf(state, courtId).includes(superior);

/** Courts whose decision stands: only they and those above them decide otherwise. */
function directors(record: Holdable): string[] {
  const { held, deadline } = record;
  return [
    ...(held?.how === "DESIGNATED" ? [held.byCourtId] : []),
    ...(deadline && isWaiting(record, DEADLINE_CLOCK) ? [deadline.byCourtId] : []),
  ];
}

const isAbove = (state: StateReader, courtId: string, superior: string): boolean =>
  courtId !== superior && isWithin(state, courtId, superior);

/**
 * Whether a court above may decide who holds it. A desk that has it because a clock asks for a
 * taker gives way to any court of the line; a named holder only to a court above his.
 */
export function directRefusal(
  record: Holdable,
  holder: Holder,
  courtId: string,
  state: StateReader,
): Refusal | undefined {
  const free = directors(record).every((each) => isWithin(state, each, courtId));
  return free && mayMove(record, holder, courtId, state)
    ? undefined
    : refusal("TAKEN_BY_HIGHER", { ruleId: "HOLD-4" });
}

function mayMove(record: Holdable, holder: Holder, courtId: string, state: StateReader): boolean {
  if (isAbove(state, holder.courtId, courtId)) return true;
  if (holder.officerId === undefined) return !record.held || holder.courtId === courtId;
  // A host court that acknowledged supports on the spot; the line of the record's court stays free.
  return !record.held && !record.tierPath.includes(holder.courtId);
}

/** Naming another court or another helper is the holder's own, or of one who may direct him. */
export const holdsOrDirects = (
  record: Holdable,
  holder: Holder,
  courtId: string,
  state: StateReader,
): boolean =>
  holder.courtId === courtId || directRefusal(record, holder, courtId, state) === undefined;

/** A deadline is set for somebody else, by a court above him. */
export function deadlineRefusal(
  record: Holdable,
  holder: Holder,
  courtId: string,
  state: StateReader,
): Refusal | undefined {
  if (!isAbove(state, holder.courtId, courtId)) {
    return refusal("DEADLINE_FROM_ABOVE", { ruleId: "HOLD-9" });
  }
  return directRefusal(record, holder, courtId, state);
}
