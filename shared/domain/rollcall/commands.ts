import type { Actor } from "../authority/actor.ts";
import { can } from "../authority/can.ts";
import { relationOf } from "../authority/relation.ts";
import { CENTER_ROLES } from "../authority/roles.ts";
import { belongsTo } from "../court/belongs.ts";
import { startClock } from "../kernel/clock.ts";
import { type CommandSpecs, command, type DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import { freshIds } from "../kernel/new-record.ts";
import { refKey } from "../kernel/ref.ts";
import { accept, type Decision, type Refusal, refusal, refuse } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { rollEvent } from "./events.ts";
import { ANSWER_CLOCK, OVER_CLOCK } from "./evolve.ts";
import type { LinkQuality, RollCall, RollTarget } from "./state.ts";

type Input<P> = DecideInput<RollCall, P>;
type TargetRef = RollTarget["ref"];

interface CallRoll {
  readonly targets: readonly TargetRef[];
  /** Seconds until a target that has not answered is absent; the rule's 60 (CFG) unless given. */
  readonly timeoutS?: number;
}

interface Called extends Pick<RollTarget, "ref" | "officerId"> {
  readonly courtId: string;
}

/**
 * The target with its court, unless it is unknown, its account closed, its terminal revoked, or a
 * person of a linked unit, who is nobody of the court.
 */
function calledTarget({ type, id }: TargetRef, state: StateReader): Called | undefined {
  const ref = { type, id };
  if (type === "court") return state.get("court", id) && { ref, courtId: id };
  if (type === "officer") {
    const officer = state.get("officer", id);
    return officer && !officer.disabled && officer.unitId === undefined
      ? { ref, officerId: id, courtId: officer.courtId }
      : undefined;
  }
  const device = state.get("device", id);
  if (!device || device.status === "REVOKED") return undefined;
  const { officerId, courtId } = device;
  return { ref, courtId, ...(officerId ? { officerId } : {}) };
}

const courtOfTarget = (ref: TargetRef | undefined, state: StateReader): string | undefined =>
  ref && calledTarget(ref, state)?.courtId;

/** Every court called must be the caller's own or below it: one table judges all of them. */
function addressRefusal(courtIds: Iterable<string>, actor: Actor, state: StateReader) {
  if (actor.kind !== "person") return refusal("NOT_FOR_SYSTEM");
  for (const courtId of courtIds) {
    const relation = relationOf(actor.courtId, { courtId }, state);
    const no = can(actor, "rollcall.call", relation, {});
    if (no) return no;
  }
  return undefined;
}

function call({ id, actor, payload, state, now }: Input<CallRoll>): Decision<DomainEvent> {
  if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
  const refs = [...new Map(payload.targets.map((ref) => [refKey(ref), ref])).values()];
  const found = refs.map((ref) => calledTarget(ref, state));
  const called = found.filter((target) => target !== undefined);
  if (called.length < found.length) return refuse("NO_SUCH_TARGET", { ruleId: "ROLL-2" });
  if (called.some(({ ref }) => ref.type === "court" && ref.id === actor.courtId)) {
    return refuse("ROLL_OWN_CENTRE", { ruleId: "ROLL-1" });
  }
  const byCourt = Map.groupBy(called, ({ courtId }) => courtId);
  const no = addressRefusal(byCourt.keys(), actor, state);
  if (no) return { ok: false, refusal: no };
  const limitMs = payload.timeoutS === undefined ? undefined : payload.timeoutS * 1_000;
  const clocks = [
    startClock(ANSWER_CLOCK, "ROLL-ANSWER", now, limitMs),
    startClock(OVER_CLOCK, "ROLL-OVER", now),
  ];
  const ids = freshIds(id, byCourt.size, (each) => state.get("rollcall", each) !== undefined);
  if ("code" in ids) return { ok: false, refusal: ids };
  const events = [...byCourt].map(([toCourtId, targets], index) =>
    rollEvent(ids[index] ?? id, "RollCalled", {
      belongs: belongsTo(state, actor.courtId),
      callId: id,
      calledBy: actor.officerId,
      toCourtId,
      targets: targets.map(({ courtId: _court, ...target }) => target),
      clocks,
    }),
  );
  return accept(...events);
}

type AboutTarget = { readonly target: string };

const targetOf = (rollcall: RollCall | undefined, { target }: AboutTarget) =>
  rollcall?.targets.find(({ ref }) => refKey(ref) === target);

/** A person answers for himself and his terminal, a desk for its centre and for its wall. */
function answersFor(target: RollTarget, { toCourtId }: RollCall, actor: Actor): boolean {
  if (actor.kind !== "person") return false;
  if (target.officerId) return actor.officerId === target.officerId;
  return actor.courtId === toCourtId && actor.roles.some((role) => CENTER_ROLES.includes(role));
}

const hasAnswered = ({ state }: RollTarget): boolean => state === "PRESENT" || state === "LATE";

function answer({ id, entity, actor, payload }: Input<AboutTarget>): Decision<DomainEvent> {
  const target = targetOf(entity, payload);
  if (!entity || !target) return refuse("NOT_CALLED", { ruleId: "ROLL-4" });
  if (!answersFor(target, entity, actor)) return refuse("ANSWER_IN_PERSON", { ruleId: "ROLL-4" });
  if (hasAnswered(target)) return accept();
  return accept(rollEvent(id, "RollAnswered", { target: payload.target }));
}

function noteFault({ id, entity, payload }: Input<AboutTarget>): Decision<DomainEvent> {
  const no = noteRefusal(targetOf(entity, payload), false);
  if (no) return { ok: false, refusal: no };
  return accept(rollEvent(id, "RollFaultNoted", { target: payload.target }));
}

interface NoteQuality extends AboutTarget {
  readonly picture: LinkQuality;
  readonly voice: LinkQuality;
}

function noteQuality({ id, entity, payload }: Input<NoteQuality>): Decision<DomainEvent> {
  const no = noteRefusal(targetOf(entity, payload), true);
  if (no) return { ok: false, refusal: no };
  return accept(rollEvent(id, "RollQualityNoted", payload));
}

/** A fault is noted of who has not answered, quality of who has. */
function noteRefusal(target: RollTarget | undefined, answered: boolean): Refusal | undefined {
  if (!target) return refusal("NOT_CALLED", { ruleId: "ROLL-4" });
  if (hasAnswered(target) === answered) return undefined;
  return answered
    ? refusal("NOT_ANSWERED_YET", { ruleId: "ROLL-7" })
    : refusal("ANSWERED_ALREADY", { ruleId: "ROLL-6" });
}

export const ROLL_CALL_COMMANDS: CommandSpecs<RollCall> = {
  "rollcall.call": command<RollCall, CallRoll>({
    nature: "REQUEST",
    target: "NEW",
    courtOf: ({ targets }, state) => courtOfTarget(targets[0], state),
    decide: call,
  }),
  "rollcall.answer": command<RollCall, AboutTarget>({
    nature: "FACT",
    target: "EXISTING",
    decide: answer,
  }),
  "rollcall.fault": command<RollCall, AboutTarget>({
    nature: "REQUEST",
    target: "EXISTING",
    decide: noteFault,
  }),
  "rollcall.quality": command<RollCall, NoteQuality>({
    nature: "REQUEST",
    target: "EXISTING",
    decide: noteQuality,
  }),
};
