import { startOrMoveEarlier } from "../detention/earlier-start.ts";
import { type HoldEvent, isHoldEvent } from "../hold/events.ts";
import { foldHold, takenUp } from "../hold/fold.ts";
import {
  type ClockRaised,
  type ClockStart,
  endClocks,
  foldClockRaised,
  withClocks,
} from "../kernel/clock.ts";
import { type DomainEvent, type EventMeta, isLate, LATE_REPORT_AFTER_MS } from "../kernel/event.ts";
import { newRecord } from "../kernel/new-record.ts";
import type { PoliceEvent } from "./events.ts";
import { canDecline, ENDS, furthest, isEnd, isEnded } from "./lifecycle.ts";
import type { PoliceConflictNote } from "./notes.ts";
import type { PoliceAnswer, PoliceRequest, PoliceRequestState } from "./state.ts";

type Sent = Extract<PoliceEvent, { type: "PoliceRequestSent" }>;
type Later = Exclude<PoliceEvent, Sent | HoldEvent> | ClockRaised;
type Answered = Extract<PoliceEvent, { type: "PoliceAnswered" }>;
type Responded = Extract<PoliceEvent, { type: "PoliceResponded" }>;
type HandedOver = Extract<PoliceEvent, { type: "PoliceHandedOver" }>;

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
 * conflict and moves nothing, except that a person held by the police is held.
 */
function responded(request: PoliceRequest, event: Responded, meta: EventMeta): PoliceRequest {
  const answer = answerOf(event, meta, event.data.unitId);
  if (event.data.unitId === request.unitId) return withAnswer(request, event, answer, meta);
  const next =
    event.data.state === "HELD_BY_POLICE"
      ? withAnswer(request, event, answer, meta)
      : { ...request, answers: [...request.answers, answer] };
  return { ...next, conflicts: [...next.conflicts, formerUnit(event, meta)] };
}

const formerUnit = ({ type }: Responded | HandedOver, meta: EventMeta) => ({
  commandId: meta.commandId,
  event: type,
  at: meta.at,
  occurredAt: meta.occurred.earliest,
  note: "FORMER_UNIT" satisfies PoliceConflictNote,
});

/** One side's word: the clock runs on until the court says that it has the person. */
function handedOver(request: PoliceRequest, event: HandedOver, meta: EventMeta): PoliceRequest {
  if (event.data.unitId !== request.unitId) {
    return { ...request, conflicts: [...request.conflicts, formerUnit(event, meta)] };
  }
  const at = meta.occurred.latest;
  return { ...request, handedOver: { at, receivedBy: event.data.receivedBy } };
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

/** A report that a state was reached: the furthest counts, what does not fit is kept beside it. */
function reached(
  request: PoliceRequest,
  reported: PoliceRequestState,
  event: string,
  meta: EventMeta,
): PoliceRequest {
  const at = meta.occurred.earliest;
  const note = misfit(request, reported, at);
  const state = furthest(request, reported);
  const conflict = { commandId: meta.commandId, event, at: meta.at, occurredAt: at };
  const fills = note === undefined || note === "OTHER_TIME" || state === reported;
  return {
    ...request,
    state,
    times: fills ? { ...request.times, [reported]: firstAt(request, reported, at) } : request.times,
    lateReports: isLate(meta) ? [...request.lateReports, reported] : request.lateReports,
    conflicts: note ? [...request.conflicts, { ...conflict, note }] : request.conflicts,
    clocks: endedBy(request, state, reported, meta),
  };
}

const firstAt = (request: PoliceRequest, reported: PoliceRequestState, at: number): number =>
  Math.min(request.times[reported] ?? at, at);

function endedBy(
  request: PoliceRequest,
  state: PoliceRequestState,
  reported: PoliceRequestState,
  meta: EventMeta,
): PoliceRequest["clocks"] {
  const stopsNothing = reported === "DECLINED" && state !== "DECLINED";
  const names = stopsNothing ? [] : ENDS[reported];
  const clocks = endClocks(request.clocks, names, meta.occurred.latest);
  // A clock that a late report starts when its waiting is over already ends where it ended.
  const over = request.times[state] ?? meta.occurred.latest;
  return endClocks(clocks, ENDS[state], over);
}

/** Why a report does not fit what it met, as a code of `CONFLICT_NOTES`. */
function misfit(
  request: PoliceRequest,
  reported: PoliceRequestState,
  at: number,
): PoliceConflictNote | undefined {
  const wrong = isEnded(request)
    ? misfitAfterEnd(request, reported, at)
    : misfitDecline(request, reported);
  if (wrong) return wrong;
  const known = request.times[reported];
  return known !== undefined && Math.abs(known - at) > LATE_REPORT_AFTER_MS
    ? "OTHER_TIME"
    : undefined;
}

function misfitAfterEnd(
  request: PoliceRequest,
  reported: PoliceRequestState,
  at: number,
): PoliceConflictNote | undefined {
  if (reported === request.state) return undefined;
  if (isEnd(reported)) return "OTHER_END";
  return at > (request.times[request.state] ?? at) ? "AFTER_END" : undefined;
}

function misfitDecline(
  request: PoliceRequest,
  reported: PoliceRequestState,
): PoliceConflictNote | undefined {
  if (reported !== "DECLINED" || request.state === "SENT" || request.state === "ACKED") {
    return undefined;
  }
  return canDecline(request) ? "DECLINED_AFTER_DISPATCH" : "DECLINED_ON_SCENE";
}
