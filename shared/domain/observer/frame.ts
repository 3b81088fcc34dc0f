/**
 * What an observer is shown (authority.md 5.2, column "observer"; 5.5): figures of the courts in the
 * seat's scope and the operations that were released to it. No person, no text, no case number, no
 * officer's dot; places to about a kilometre. Whoever calls it hands in the state of 30 s ago: what
 * is shown was allowed then and is allowed now.
 */
import { tierPathOf } from "../authority/relation.ts";
import type { StateReader } from "../kernel/state.ts";
import type { Operation } from "../operation/state.ts";
import type { ObservedFigures } from "./figures.ts";
import type { Observer, ObserverBody, ObserverScope } from "./state.ts";

export const OBSERVER_DELAY_MS = 30_000;
/** Hundredths of a degree: a good kilometre. */
const PLACE_STEPS = 100;

export interface ObservedOperation {
  readonly id: string;
  readonly code: string;
  readonly kind: Operation["kind"];
  readonly state: Operation["state"];
  readonly courtName: string;
  readonly lat: number;
  readonly lng: number;
  readonly steps: readonly { readonly state: string; readonly at: number }[];
}

export interface ObserverFrame {
  readonly courtId: string;
  readonly courtName: string;
  readonly body: ObserverBody;
  readonly organisation: string;
  readonly scope: ObserverScope;
  readonly endsAt: number;
  readonly delayMs: number;
  /** Absent for a seat of one operation. */
  readonly figures?: ObservedFigures;
  readonly operations: readonly ObservedOperation[];
}

/** @param figuresOf of a court with those below it, as of `then`. */
export function observerFrame(
  seat: Observer,
  then: StateReader,
  now: StateReader,
  figuresOf: (courtId: string) => ObservedFigures,
): ObserverFrame {
  const allowedThen = then.get("observer", seat.id)?.released ?? [];
  const allowed = allowedThen.filter((id) => seat.released.includes(id));
  return {
    courtId: seat.courtId,
    courtName: nameOf(now, seat.courtId),
    body: seat.body,
    organisation: seat.organisation,
    scope: seat.scope,
    endsAt: seat.endsAt,
    delayMs: OBSERVER_DELAY_MS,
    ...(seat.scope === "COURT" ? { figures: figuresOf(seat.courtId) } : {}),
    operations: allowed.flatMap((id) => {
      const operation = then.get("operation", id);
      return operation && isBelow(now, operation.courtId, seat.courtId)
        ? [observed(operation, then)]
        : [];
    }),
  };
}

const nameOf = (state: StateReader, courtId: string): string =>
  state.get("court", courtId)?.name ?? courtId;

const isBelow = (state: StateReader, courtId: string, topId: string): boolean =>
  tierPathOf(state, courtId).includes(topId);

const rounded = (degrees: number): number => Math.round(degrees * PLACE_STEPS) / PLACE_STEPS;

function observed(operation: Operation, state: StateReader): ObservedOperation {
  const { id, code, kind, courtId, place, milestones } = operation;
  return {
    id,
    code,
    kind,
    state: operation.state,
    courtName: nameOf(state, courtId),
    lat: rounded(place.lat),
    lng: rounded(place.lng),
    steps: Object.entries(milestones)
      .map(([step, reachedAt]) => ({ state: step, at: reachedAt }))
      .sort((a, b) => a.at - b.at),
  };
}
