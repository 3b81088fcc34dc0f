import { type ClockRaised, endClocks, foldClockRaised, withClocks } from "../kernel/clock.ts";
import { withConflict } from "../kernel/conflict.ts";
import { type DomainEvent, type EventMeta, isLate } from "../kernel/event.ts";
import { newRecord } from "../kernel/new-record.ts";
import type { LiaisonEvent } from "./events.ts";
import { DUE_CLOCK, furthest, isEnded, REMINDER_CLOCK } from "./lifecycle.ts";
import type { LiaisonRequest, LiaisonState } from "./state.ts";

type Sent = Extract<LiaisonEvent, { type: "LiaisonSent" }>;
type Answered = Extract<LiaisonEvent, { type: "LiaisonAnswered" }>;
type Later = Exclude<LiaisonEvent, Sent> | ClockRaised;

export function evolveLiaison(
  request: LiaisonRequest | undefined,
  raw: DomainEvent,
  meta: EventMeta,
): LiaisonRequest {
  const event = raw as LiaisonEvent | ClockRaised;
  if (event.type === "LiaisonSent") return sent(event, meta);
  if (!request) throw new Error(`${event.type} before LiaisonSent`);
  return changed(request, event, meta);
}

function sent(event: Sent, meta: EventMeta): LiaisonRequest {
  const { belongs, clocks, ...content } = event.data;
  return {
    ...newRecord("liaison", event.ref.id, belongs, meta),
    ...content,
    state: "SENT",
    answers: [],
    reminders: [],
    times: { SENT: content.sentAt },
    lateReports: [],
    conflicts: [],
    clocks: withClocks({}, clocks, meta),
  };
}

function changed(request: LiaisonRequest, event: Later, meta: EventMeta): LiaisonRequest {
  switch (event.type) {
    case "ClockRaised":
      return { ...request, clocks: foldClockRaised(request.clocks, event) };
    case "LiaisonAnswered":
      return answered(request, event, meta);
    case "LiaisonReminded":
      return reminded(request, event.data, meta);
    case "LiaisonRefusalFound":
      return {
        ...reached(request, "REFUSED", event.type, meta),
        refusalFound: { at: meta.at, by: meta.by, reason: event.data.reason },
      };
    case "LiaisonClosed":
      return { ...reached(request, "CLOSED", event.type, meta), ...reasonOf(event.data.note) };
    case "LiaisonWithdrawn":
      return { ...reached(request, "WITHDRAWN", event.type, meta), ...reasonOf(event.data.reason) };
  }
}

const reasonOf = (endReason: LiaisonRequest["endReason"]) => (endReason ? { endReason } : {});

function reminded(
  request: LiaisonRequest,
  { text, clocks }: Extract<LiaisonEvent, { type: "LiaisonReminded" }>["data"],
  meta: EventMeta,
): LiaisonRequest {
  const reminder = { at: meta.at, by: meta.by, ...(text ? { text } : {}) };
  return {
    ...request,
    reminders: [...request.reminders, reminder],
    clocks: withClocks(request.clocks, clocks, meta),
  };
}

function answered(request: LiaisonRequest, event: Answered, meta: EventMeta): LiaisonRequest {
  const answer = {
    ...event.data,
    typedBy: meta.by,
    at: meta.at,
    occurredAt: meta.occurred.earliest,
  };
  return {
    ...reached(request, event.data.state, event.type, meta),
    answers: [...request.answers, answer],
  };
}

/** A report that a state was reached: the furthest counts, what does not fit is kept beside it. */
function reached(
  request: LiaisonRequest,
  reported: LiaisonState,
  event: string,
  meta: EventMeta,
): LiaisonRequest {
  const at = meta.occurred.earliest;
  const note = misfit(request, reported, at);
  const state = furthest(request, reported);
  const first = Math.min(request.times[reported] ?? at, at);
  const answers = reported !== "RECEIVED" && reported !== "PROCESSING" && note === undefined;
  return {
    ...request,
    state,
    times: note ? request.times : { ...request.times, [reported]: first },
    lateReports: isLate(meta)
      ? [...new Set([...request.lateReports, reported])]
      : request.lateReports,
    conflicts: note
      ? withConflict(request.conflicts, {
          commandId: meta.commandId,
          event,
          at: meta.at,
          occurredAt: at,
          note,
        })
      : request.conflicts,
    clocks: answers
      ? endClocks(request.clocks, [DUE_CLOCK, REMINDER_CLOCK], meta.occurred.latest)
      : request.clocks,
  };
}

type Note = "AFTER_END" | "REFUSED_AFTER_REPLY";

function misfit(request: LiaisonRequest, reported: LiaisonState, at: number): Note | undefined {
  if (isEnded(request)) return at > (request.times[request.state] ?? at) ? "AFTER_END" : undefined;
  return reported === "REFUSED" && request.state === "REPLIED" ? "REFUSED_AFTER_REPLY" : undefined;
}
