import { startOrMoveEarlier } from "../detention/earlier-start.ts";
import { type HoldEvent, isHoldEvent } from "../hold/events.ts";
import { foldHold, takenUp } from "../hold/fold.ts";
import { type ClockRaised, type ClockStart, foldClockRaised, withClocks } from "../kernel/clock.ts";
import type { DomainEvent, EventMeta } from "../kernel/event.ts";
import { newRecord } from "../kernel/new-record.ts";
import type { PoliceEvent } from "./events.ts";
import { handedOver, ofFormerUnit, released, tookIn } from "./evolve-person.ts";
import { personOver, reached } from "./reached.ts";
import type { PoliceAnswer, PoliceRequest } from "./state.ts";

type Sent = Extract<PoliceEvent, { type: "PoliceRequestSent" }>;
type Later = Exclude<PoliceEvent, Sent | HoldEvent> | ClockRaised;
type Answered = Extract<PoliceEvent, { type: "PoliceAnswered" }>;
type Responded = Extract<PoliceEvent, { type: "PoliceResponded" }>;

export function evolvePolice(
  request: PoliceRequest | undefined,
  raw: DomainEvent,
  meta: EventMeta,
): PoliceRequest {
  const event = raw as PoliceEvent | ClockRaised;
  if (event.type === "PoliceRequestSent") return sent(event, meta);
  if (!request) throw new Error(`${event.type} before PoliceRequestSent`);
  return isHoldEvent(event) ? foldHold(request, event, meta) : changed(request, event, meta);
}

function changed(request: PoliceRequest, event: Later, meta: EventMeta): PoliceRequest {
  switch (event.type) {
    case "ClockRaised":
      return { ...request, clocks: foldClockRaised(request.clocks, event) };
    case "PoliceAnswered":
      return answered(request, event, meta);
    case "PoliceResponded":
      return responded(request, event, meta);
    case "PoliceHandedOver":
      return handedOver(request, event, meta);
    case "PoliceReleased":
      return released(request, event, meta);
    case "PoliceTookIn":
      return tookIn(request, event, meta);
    case "PoliceRequestRerouted":
      return rerouted(request, event.data.unitId, event.data.clocks, meta);
    case "PoliceRequestTaken":
      return taken(request, { officerId: meta.by, courtId: event.data.courtId }, meta);
    case "PoliceTakenOver":
      return reached(request, "TAKEN_OVER", event.type, meta);
    case "PoliceRequestClosed":
      return { ...reached(request, "CLOSED", event.type, meta), ...endReason(event.data.note) };
    case "PoliceRequestCancelled":
      return {
        ...reached(request, "CANCELLED", event.type, meta),
        ...endReason(event.data.reason),
      };
  }
}

function taken(
  request: PoliceRequest,
  hand: { readonly officerId: string; readonly courtId: string },
  meta: EventMeta,
): PoliceRequest {
  return { ...takenUp(request, hand, meta), takenBy: { ...hand, at: meta.at } };
}

const endReason = (reason: PoliceRequest["endReason"]) => (reason ? { endReason: reason } : {});

function sent(event: Sent, meta: EventMeta): PoliceRequest {
  const { belongs, clocks, ...content } = event.data;
  return {
    ...newRecord("police", event.ref.id, belongs, meta),
    ...content,
    state: "SENT",
    addressedAt: content.sentAt,
    formerUnits: [],
    answers: [],
    times: { SENT: content.sentAt },
    lateReports: [],
    conflicts: [],
    clocks: withClocks({}, clocks, meta),
  };
}

const answered = (request: PoliceRequest, event: Answered, meta: EventMeta): PoliceRequest =>
  withAnswer(request, event, answerOf(event, meta, request.unitId), meta);

/**
 * At the unit's own desk. What the unit before reports that could not know of the sending-on is a
 * conflict and moves nothing: neither the state nor what the new unit is waited for. That it holds
 * somebody starts the person's clock all the same.
 */
function responded(request: PoliceRequest, event: Responded, meta: EventMeta): PoliceRequest {
  const answer = answerOf(event, meta, event.data.unitId);
  if (event.data.unitId === request.unitId) return withAnswer(request, event, answer, meta);
  const { clocks } = event.data;
  return {
    ...ofFormerUnit(request, event, meta),
    answers: [...request.answers, answer],
    clocks: personOver(startOrMoveEarlier(request.clocks, clocks, meta), request),
  };
}

function answerOf(
  event: Answered | Responded,
  meta: EventMeta,
  unitId: string | undefined,
): PoliceAnswer {
  const { state, saidBy, note } = event.data;
  return {
    state,
    byPhone: event.type === "PoliceAnswered",
    ...(unitId === undefined ? {} : { unitId }),
    saidBy,
    typedBy: meta.by,
    at: meta.at,
    occurredAt: meta.occurred.earliest,
    ...(note ? { note } : {}),
  };
}

function withAnswer(
  request: PoliceRequest,
  { type, data: { state, note, clocks } }: Answered | Responded,
  answer: PoliceAnswer,
  meta: EventMeta,
): PoliceRequest {
  const started = { ...request, clocks: startOrMoveEarlier(request.clocks, clocks, meta) };
  const next = reached(started, state, type, meta);
  return {
    ...next,
    answers: [...request.answers, answer],
    ...(next.state === "DECLINED" && state === "DECLINED" && note && !request.declineReason
      ? { declineReason: note }
      : {}),
  };
}

/** The new station has said nothing yet; what the officers wait for goes on from when it was sent. */
function rerouted(
  request: PoliceRequest,
  unitId: string,
  clocks: readonly ClockStart[],
  meta: EventMeta,
): PoliceRequest {
  const { ACKED: _acked, ...times } = request.times;
  const { handedOver: _before, ...rest } = request;
  const { ack } = request.clocks;
  const term = ack ? ack.dueAt - ack.startAt : 0;
  const late = ack !== undefined && (ack.endedAt ?? meta.at) > request.addressedAt + term;
  const former = { addressedAt: request.addressedAt, untilSeq: meta.seq, late };
  return {
    ...rest,
    unitId,
    addressedAt: meta.at,
    formerUnits: request.unitId
      ? [...request.formerUnits, { unitId: request.unitId, ...former }]
      : request.formerUnits,
    state: "SENT",
    times,
    clocks: withClocks(request.clocks, clocks, meta),
  };
}
