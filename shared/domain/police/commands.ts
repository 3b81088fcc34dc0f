import { tierPathOf } from "../authority/relation.ts";
import { holdCommands } from "../hold/commands.ts";
import { holderOf } from "../hold/holder.ts";
import { directRefusal } from "../hold/may-direct.ts";
import { type CommandSpecs, command, type DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { TextRef } from "../kernel/record.ts";
import { accept, type Decision, type Refusal, refusal, refuse } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { missingFields, policeSpec } from "../unit/catalogue.ts";
import { isForce } from "../unit/kinds.ts";
import type { AnsweredState, RequestContent } from "./events.ts";
import { happened, notEnded, notHeld } from "./guards.ts";
import { requestSent } from "./open.ts";
import { ackClock, holdClock } from "./response.ts";
import type { PoliceRequest } from "./state.ts";
import { UNIT_COMMANDS } from "./unit-commands.ts";

export type SendRequest = Omit<RequestContent, "sentBy" | "sentAt">;

export interface AnswerRequest {
  readonly state: AnsweredState;
  /** Name of the police officer on the telephone. */
  readonly saidBy: string;
  /** For DECLINED the written reason. */
  readonly note?: TextRef;
}

type Input<P> = DecideInput<PoliceRequest, P>;

function send({ id, payload, actor, state, now }: Input<SendRequest>): Decision<DomainEvent> {
  if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
  const missing = missingFields(policeSpec(payload.kind).needs, payload);
  if (missing) return refuse("PAPERS_MISSING", { ruleId: "POL-17", params: { needed: missing } });
  if (isOtherUnit(state, payload.unitId)) return refuse("NOT_A_POLICE_UNIT", { ruleId: "POL-18" });
  const belongs = { courtId: actor.courtId, tierPath: tierPathOf(state, actor.courtId) };
  return accept(requestSent(id, belongs, { ...payload, sentBy: actor.officerId, sentAt: now }));
}

/** A bank or an office: it is asked by a liaison request. */
function isOtherUnit(state: StateReader, unitId: string | undefined): boolean {
  const unit = unitId === undefined ? undefined : state.get("unit", unitId);
  return unit !== undefined && !isForce(unit.kind);
}

function answer({ id, payload, occurred }: Input<AnswerRequest>): Decision<DomainEvent> {
  const { state, saidBy, note } = payload;
  if (state === "DECLINED" && !note) return refuse("DECLINE_NEEDS_REASON", { ruleId: "POL-6" });
  return happened(id, {
    type: "PoliceAnswered",
    data: {
      state,
      saidBy,
      ...(note ? { note } : {}),
      clocks: state === "HELD_BY_POLICE" ? [holdClock(occurred.earliest)] : [],
    },
  });
}

function reroute({
  id,
  entity,
  payload,
  state,
  now,
}: Input<{ readonly unitId: string }>): Decision<DomainEvent> {
  if (!entity) return refuse("NO_SUCH_RECORD");
  if (!state.get("unit", payload.unitId)) return refuse("NO_SUCH_UNIT");
  if (isOtherUnit(state, payload.unitId)) return refuse("NOT_A_POLICE_UNIT", { ruleId: "POL-18" });
  if (entity.unitId === payload.unitId) return refuse("SAME_POLICE_UNIT");
  // Unanswered, the clock goes on: sending on must not buy time.
  const clocks = entity.state === "ACKED" ? [ackClock(entity.urgency, now)] : [];
  return happened(id, {
    type: "PoliceRequestRerouted",
    data: { unitId: payload.unitId, clocks },
  });
}

/** By name, as a higher desk takes it in the first minutes; the record keeps who it was. */
function take({ id, entity, actor, state }: Input<Record<string, never>>): Decision<DomainEvent> {
  if (!entity || actor.kind !== "person") return refuse("NO_SUCH_RECORD");
  const { courtId } = actor;
  const wrong = directRefusal(entity, holderOf(entity, state), courtId, state);
  return wrong
    ? { ok: false, refusal: wrong }
    : happened(id, { type: "PoliceRequestTaken", data: { courtId } });
}

const hold = holdCommands<PoliceRequest>(notEnded);

const notDispatched = (request: PoliceRequest): Refusal | undefined =>
  notEnded(request) ??
  (request.state === "SENT" || request.state === "ACKED"
    ? undefined
    : refusal("POLICE_ON_THE_WAY", { ruleId: "POL-8" }));

export const POLICE_COMMANDS: CommandSpecs<PoliceRequest> = {
  "police.send": command<PoliceRequest, SendRequest>({
    nature: "FACT",
    target: "NEW",
    decide: send,
  }),
  "police.answer": command<PoliceRequest, AnswerRequest>({
    nature: "FACT",
    target: "EXISTING",
    decide: answer,
  }),
  "police.ackOnBehalf": command<PoliceRequest, Omit<AnswerRequest, "state">>({
    nature: "FACT",
    target: "EXISTING",
    decide: (input) => answer({ ...input, payload: { ...input.payload, state: "ACKED" } }),
  }),
  "police.recordRelease": command<PoliceRequest, Omit<AnswerRequest, "state">>({
    nature: "FACT",
    target: "EXISTING",
    decide: ({ id, payload: { saidBy, note } }) =>
      happened(id, { type: "PoliceReleased", data: { saidBy, ...(note ? { note } : {}) } }),
  }),
  ...UNIT_COMMANDS,
  "police.reroute": command<PoliceRequest, { readonly unitId: string }>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: notDispatched,
    decide: reroute,
  }),
  "police.take": command<PoliceRequest, Record<string, never>>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: notEnded,
    decide: take,
  }),
  "police.designate": hold.designate,
  "police.handBack": hold.handBack,
  "police.sign": hold.sign,
  "police.setDeadline": hold.setDeadline,
  "police.takeOver": command<PoliceRequest, Record<string, never>>({
    nature: "FACT",
    target: "EXISTING",
    decide: ({ id }) => happened(id, { type: "PoliceTakenOver", data: {} }),
  }),
  "police.close": command<PoliceRequest, { readonly note?: TextRef }>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: notHeld,
    decide: ({ id, payload: { note } }) =>
      happened(id, { type: "PoliceRequestClosed", data: note ? { note } : {} }),
  }),
  "police.cancel": command<PoliceRequest, { readonly reason: TextRef }>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: notHeld,
    decide: ({ id, payload: { reason } }) =>
      happened(id, { type: "PoliceRequestCancelled", data: { reason } }),
  }),
};
