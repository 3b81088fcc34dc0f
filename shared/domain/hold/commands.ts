import { tierPathOf } from "../authority/relation.ts";
import type { Incident } from "../incident/state.ts";
import { type ClockStart, startClock } from "../kernel/clock.ts";
import { type CommandSpec, command, type DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { TextRef } from "../kernel/record.ts";
import { accept, type Decision, type Refusal, refusal, refuse } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import type { PoliceRequest } from "../police/state.ts";
import type { HoldEvent, HoldHand } from "./events.ts";
import { type Holder, holderOf } from "./holder.ts";
import { deadlineRefusal, directRefusal, holdsOrDirects, isWithin } from "./may-direct.ts";
import { DEADLINE_CLOCK, HANDOVER_CLOCK, isWaiting, waitingLevel } from "./state.ts";

type Matter = Incident | PoliceRequest;
type Guard<R> = (record: R) => Refusal | undefined;

interface Situation<R, P> {
  readonly record: R;
  readonly holder: Holder;
  readonly hand: HoldHand;
  readonly payload: P;
  readonly state: StateReader;
  readonly now: number;
}

interface Designate {
  readonly courtId: string;
  readonly reason: TextRef;
}
interface HandBack {
  /** A court of the record's own line; its own court unless named. */
  readonly toCourtId?: string;
  readonly reason: TextRef;
}

/** 提级 · 指定 · 交回 · 签收 · 限期, for every kind of record that has a holder. */
export function holdCommands<R extends Matter>(open: Guard<R>) {
  return {
    take: request<R, Record<string, never>>(open, take),
    designate: request<R, Designate>(open, designate),
    handBack: request<R, HandBack>(open, handBack),
    sign: request<R, Record<string, never>>((record) => open(record) ?? unsigned(record), sign),
    setDeadline: request<R, { readonly dueAt: number }>(open, setDeadline),
  };
}

type Made = Omit<HoldEvent, "ref"> | Refusal;

function request<R extends Matter, P>(
  guard: Guard<R>,
  make: (situation: Situation<R, P>) => Made,
): CommandSpec<R, never> {
  return command<R, P>({
    nature: "REQUEST",
    target: "EXISTING",
    guard,
    decide: ({ entity, actor, payload, state, now }: DecideInput<R, P>): Decision<DomainEvent> => {
      if (!entity || actor.kind !== "person") return refuse("NO_SUCH_RECORD");
      const made = make({
        record: entity,
        holder: holderOf(entity, state),
        hand: { officerId: actor.officerId, courtId: actor.courtId },
        payload,
        state,
        now,
      });
      return "code" in made
        ? { ok: false, refusal: made }
        : accept<DomainEvent>({ ...made, ref: { type: entity.type, id: entity.id } });
    },
  });
}

const take = <R extends Matter>({ record, holder, hand, state }: Situation<R, unknown>): Made =>
  directRefusal(record, holder, hand.courtId, state) ?? { type: "HoldTaken", data: hand };

function designate<R extends Matter>(situation: Situation<R, Designate>): Made {
  const { record, holder, hand, payload, state } = situation;
  const { courtId: toCourtId, reason } = payload;
  if (!state.get("court", toCourtId)) return refusal("NO_SUCH_COURT");
  if (toCourtId === hand.courtId || !isWithin(state, toCourtId, hand.courtId)) {
    return refusal("DESIGNATE_BELOW", { ruleId: "HOLD-5" });
  }
  if (toCourtId === holder.courtId) return refusal("ALREADY_HOLDS", { ruleId: "HOLD-5" });
  if (!holdsOrDirects(record, holder, hand.courtId, state)) {
    return refusal("TAKEN_BY_HIGHER", { ruleId: "HOLD-4" });
  }
  return { type: "HoldDesignated", data: handedOn(situation, toCourtId, reason) };
}

function handBack<R extends Matter>(situation: Situation<R, HandBack>): Made {
  const { record, holder, hand, payload } = situation;
  if (holder.courtId !== hand.courtId) return refusal("NOT_THE_HOLDER", { ruleId: "HOLD-7" });
  const toCourtId = wayBack(record, hand.courtId, payload.toCourtId);
  return toCourtId === undefined
    ? refusal("NO_WAY_BACK", { ruleId: "HOLD-7" })
    : { type: "HoldHandedBack", data: handedOn(situation, toCourtId, payload.reason) };
}

/**
 * A designated court gives it back to the court that designated it; a court above to one below it
 * on the record's own line; a host court to the record's court.
 */
function wayBack(record: Matter, courtId: string, asked: string | undefined): string | undefined {
  const { held, tierPath } = record;
  if (held?.how === "DESIGNATED" && held.courtId === courtId) {
    return asked === undefined || asked === held.byCourtId ? held.byCourtId : undefined;
  }
  const to = asked ?? record.courtId;
  if (!tierPath.includes(courtId)) return to === record.courtId ? to : undefined;
  return tierPath.indexOf(to) > tierPath.indexOf(courtId) ? to : undefined;
}

const sign = <R extends Matter>({ record, hand }: Situation<R, unknown>): Made =>
  record.held?.courtId === hand.courtId
    ? { type: "HoldSigned", data: hand }
    : refusal("NOT_THE_HOLDER", { ruleId: "HOLD-6" });

function setDeadline<R extends Matter>({
  record,
  holder,
  hand,
  payload: { dueAt },
  state,
  now,
}: Situation<R, { readonly dueAt: number }>): Made {
  if (dueAt <= now) return refusal("DEADLINE_PAST", { ruleId: "HOLD-9" });
  // A new one would give the matter back to whom the old one took it from.
  if (waitingLevel(record, DEADLINE_CLOCK) > 0)
    return refusal("DEADLINE_OVER", { ruleId: "HOLD-9" });
  const wrong = deadlineRefusal(record, holder, hand.courtId, state);
  if (wrong) return wrong;
  const clocks = [startClock(DEADLINE_CLOCK, "HOLD-DEADLINE", now, dueAt - now)];
  return { type: "HoldDeadlineSet", data: { ...hand, dueAt, clocks } };
}

const unsigned = (record: Matter): Refusal | undefined =>
  isWaiting(record, HANDOVER_CLOCK) ? undefined : refusal("NOTHING_TO_SIGN", { ruleId: "HOLD-6" });

function handedOn<R extends Matter>(
  { record, hand, state, now }: Situation<R, unknown>,
  toCourtId: string,
  reason: TextRef,
) {
  return {
    ...hand,
    toCourtId,
    backToCourtId: isWithin(state, toCourtId, hand.courtId)
      ? hand.courtId
      : (tierPathOf(state, toCourtId).at(-2) ?? toCourtId),
    reason,
    clocks: [handoverClock(record, now)],
  };
}

/** Planned requests and queries wait in minutes, everything else in seconds. */
function handoverClock(record: Matter, now: number): ClockStart {
  const calm = record.type === "police" && (record.urgency === "P3" || record.urgency === "P4");
  return startClock(HANDOVER_CLOCK, calm ? "HANDOVER-CALM" : "HANDOVER-URGENT", now);
}
