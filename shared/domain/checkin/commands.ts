import { belongsTo } from "../court/belongs.ts";
import { startClock } from "../kernel/clock.ts";
import { type CommandSpecs, command, type DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import { freshIds } from "../kernel/new-record.ts";
import type { TextRef } from "../kernel/record.ts";
import { accept, type Decision, type Refusal, refusal, refuse } from "../kernel/refusal.ts";
import { goingOf } from "../operation/facts.ts";
import { clockRule } from "../rules/clock-rules.ts";
import { checkInEvent } from "./events.ts";
import { LIFE_CLOCK, SCENE_CLOCK } from "./evolve.ts";
import { isOnScene, onSceneById } from "./on-scene.ts";
import type { CheckIn } from "./state.ts";

type Input<P> = DecideInput<CheckIn, P>;
type Empty = Record<string, never>;

const RULE = "CHK-LIFE";
/** Signs of life that come closer together than this are one: what bounds the log. CFG. */
const LEAST_APART_MS = 20_000;

export const operationLink = (operationId: string): string => `operation:${operationId}`;

/** Asked again and again until the operation has left the scene. */
export const sceneClock = (at: number) => startClock(SCENE_CLOCK, "CHK-SCENE", at);

const waitFrom = (at: number) => ({ at, clocks: [startClock(LIFE_CLOCK, RULE, at)] });

interface BeginCheckIn {
  readonly operationId: string;
}

/**
 * Of everybody who went out: who was excused at muster is waited for by nobody, and the chief
 * commander sits in the centre. Every phone on scene may begin it for all, so that a phone that is dead from the start is missed.
 */
function begin({ id, payload, actor, state, now }: Input<BeginCheckIn>): Decision<DomainEvent> {
  if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
  const { operationId } = payload;
  const operation = state.get("operation", operationId);
  if (!operation || !isOnScene(operation)) return refuse("NOT_ON_SCENE", { ruleId: "CHK-1" });
  const known = new Set(
    state.linked("checkin", operationLink(operationId)).map((each) => each.officerId),
  );
  const fresh = goingOf(operation).filter((officerId) => !known.has(officerId));
  const ids = freshIds(id, fresh.length, (each) => state.get("checkin", each) !== undefined);
  if ("code" in ids) return { ok: false, refusal: ids };
  const events = fresh.map((officerId, index) => {
    const courtId = state.get("officer", officerId)?.courtId ?? operation.courtId;
    return checkInEvent(ids[index] ?? id, "CheckInBegun", {
      belongs: belongsTo(state, courtId),
      ...(courtId === operation.courtId ? {} : { hostCourtId: operation.courtId }),
      operationId,
      officerId,
      beganBy: actor.officerId,
      at: now,
      clocks: [...waitFrom(now).clocks, sceneClock(now)],
    });
  });
  return accept(...events);
}

/**
 * His own sign of life, counted from when it happened. One that is no newer changes nothing; one so
 * old that the reminder would be due at once is kept, but starts no new wait: it says where he was.
 */
function sign({ id, entity, occurred, now }: Input<Empty>): Decision<DomainEvent> {
  const at = occurred.latest;
  if (entity?.state !== "RUNNING" || at < entity.lastAt + LEAST_APART_MS) return accept();
  const reminder = clockRule(RULE).levels[0]?.afterMs ?? 0;
  const clocks = at + reminder > now ? waitFrom(at).clocks : [];
  return accept(checkInEvent(id, "CheckedIn", { at, clocks }));
}

const notEnded = ({ state }: CheckIn): Refusal | undefined =>
  state === "ENDED" ? refusal("NOT_ON_SCENE", { ruleId: "CHK-1" }) : undefined;

interface Vouch {
  readonly note?: TextRef;
}

function vouch({ id, entity, payload, state, now }: Input<Vouch>): Decision<DomainEvent> {
  // Whoever is still waited for after the end is spoken for as before; nobody is put back on the clock.
  if (!entity || (entity.state === "STOPPED" && !onSceneById(state, entity.operationId))) {
    return refuse("NOT_ON_SCENE", { ruleId: "CHK-1" });
  }
  return accept(checkInEvent(id, "CheckInVouched", { ...payload, ...waitFrom(now) }));
}

const isRunning = ({ state }: CheckIn): Refusal | undefined =>
  state === "RUNNING" ? undefined : refusal("CHECK_IN_NOT_RUNNING", { ruleId: "CHK-7" });

export const CHECK_IN_COMMANDS: CommandSpecs<CheckIn> = {
  "checkin.begin": command<CheckIn, BeginCheckIn>({
    nature: "REQUEST",
    target: "NEW",
    courtOf: ({ operationId }, state) => state.get("operation", operationId)?.courtId,
    decide: begin,
  }),
  "checkin.sign": command<CheckIn, Empty>({ nature: "FACT", target: "EXISTING", decide: sign }),
  "checkin.vouch": command<CheckIn, Vouch>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: notEnded,
    decide: vouch,
  }),
  "checkin.stop": command<CheckIn, { readonly reason: TextRef }>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: isRunning,
    decide: ({ id, payload }) =>
      accept(checkInEvent(id, "CheckInStopped", { reason: payload.reason })),
  }),
};
