import { tierPathOf } from "../authority/relation.ts";
import { belongsTo } from "../court/belongs.ts";
import { startClock } from "../kernel/clock.ts";
import { type CommandSpecs, command, type DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { TextRef } from "../kernel/record.ts";
import { accept, type Decision, type Refusal, refusal, refuse } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { isEnded } from "../operation/steps.ts";
import { observerEvent } from "./events.ts";
import type { Observer, ObserverBody } from "./state.ts";

interface Open {
  readonly body: ObserverBody;
  readonly organisation: string;
  readonly visitor: TextRef;
  /** The one operation that this seat looks at; without it, the court and those below. */
  readonly operationId?: string;
  readonly endsAt: number;
}

type OfOperation = { readonly operationId: string };
type Decided = Decision<DomainEvent>;

export const END_CLOCK = "end";
/** Longest a seat is given for; another visit is another seat. CFG. */
const LONGEST_MS = 30 * 86_400_000;

function open({ id, payload, actor, state, now }: DecideInput<Observer, Open>): Decided {
  if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
  // An account names an officer or a seat by this id, never one of two.
  if (state.get("officer", id)) return refuse("ALREADY_EXISTS", { ruleId: "OBS-9" });
  const { operationId, ...content } = payload;
  const wrong =
    wrongTerm(payload.endsAt, now) ??
    (operationId === undefined
      ? wrongCourtSeat(payload.body)
      : wrongOperation(state, actor.courtId, operationId));
  if (wrong) return { ok: false, refusal: wrong };
  return accept(
    observerEvent(id, "ObserverOpened", {
      ...content,
      scope: operationId === undefined ? "COURT" : "OPERATION",
      released: operationId === undefined ? [] : [operationId],
      belongs: belongsTo(state, actor.courtId),
      clocks: [startClock(END_CLOCK, "OBS-END", now, payload.endsAt - now)],
    }),
  );
}

function wrongTerm(endsAt: number, now: number): Refusal | undefined {
  if (endsAt <= now) return refusal("DUE_IN_THE_PAST", { ruleId: "OBS-2" });
  return endsAt - now > LONGEST_MS ? refusal("SEAT_TOO_LONG", { ruleId: "OBS-2" }) : undefined;
}

/** Deputies and press are invited to one operation, not to a court. */
const wrongCourtSeat = (body: ObserverBody): Refusal | undefined =>
  body === "INVITED" ? refusal("ONE_OPERATION_ONLY", { ruleId: "OBS-3" }) : undefined;

/** Of this court or one below it, and not over. */
function wrongOperation(state: StateReader, courtId: string, id: string): Refusal | undefined {
  const operation = state.get("operation", id);
  if (!operation || !tierPathOf(state, operation.courtId).includes(courtId)) {
    return refusal("NOT_OF_THIS_COURT", { ruleId: "OBS-4" });
  }
  return isEnded(operation) ? refusal("OPERATION_OVER", { ruleId: "OBS-4" }) : undefined;
}

const stillOpen = ({ state }: Observer): Refusal | undefined =>
  state === "OPEN" ? undefined : refusal("SEAT_ENDED", { ruleId: "OBS-2" });

const choosesOperations = (observer: Observer): Refusal | undefined =>
  stillOpen(observer) ??
  (observer.scope === "COURT" ? undefined : refusal("ONE_OPERATION_ONLY", { ruleId: "OBS-3" }));

function release({ id, entity, payload, state }: DecideInput<Observer, OfOperation>): Decided {
  if (!entity) return refuse("NO_SUCH_RECORD");
  if (entity.released.includes(payload.operationId)) return refuse("ALREADY_EXISTS");
  const wrong = wrongOperation(state, entity.courtId, payload.operationId);
  return wrong
    ? { ok: false, refusal: wrong }
    : accept(observerEvent(id, "ObserverReleased", payload));
}

function withhold({ id, entity, payload }: DecideInput<Observer, OfOperation>): Decided {
  if (!entity?.released.includes(payload.operationId)) {
    return refuse("NOT_RELEASED", { ruleId: "OBS-4" });
  }
  return accept(observerEvent(id, "ObserverWithheld", payload));
}

export const OBSERVER_COMMANDS: CommandSpecs<Observer> = {
  "observer.open": command<Observer, Open>({ nature: "REQUEST", target: "NEW", decide: open }),
  "observer.release": command<Observer, OfOperation>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: choosesOperations,
    decide: release,
  }),
  "observer.withhold": command<Observer, OfOperation>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: stillOpen,
    decide: withhold,
  }),
  "observer.end": command<Observer, Record<string, never>>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: stillOpen,
    decide: ({ id }) => accept(observerEvent(id, "ObserverEnded", {})),
  }),
};
