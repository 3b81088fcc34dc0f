import { type ClockRaised, endClocks, foldClockRaised, withClocks } from "../kernel/clock.ts";
import type { DomainEvent, EventMeta } from "../kernel/event.ts";
import { newRecord } from "../kernel/new-record.ts";
import type { SuggestionEvent } from "./events.ts";
import type { Suggestion } from "./state.ts";

type Made = Extract<SuggestionEvent, { type: "SuggestionIssued" | "FineProposed" }>;
type Later = Exclude<SuggestionEvent, Made> | ClockRaised;

/** The one clock of a suggestion (its reply) and of a fine proposal (its decision). */
export const WAITING_CLOCK = "waiting";

export function evolveSuggestion(
  suggestion: Suggestion | undefined,
  raw: DomainEvent,
  meta: EventMeta,
): Suggestion {
  const event = raw as SuggestionEvent | ClockRaised;
  if (event.type === "SuggestionIssued" || event.type === "FineProposed") return made(event, meta);
  if (!suggestion) throw new Error(`${event.type} before it was made`);
  return changed(suggestion, event, meta);
}

function made(event: Made, meta: EventMeta): Suggestion {
  const { belongs, clocks, ...content } = event.data;
  const issued = event.type === "SuggestionIssued";
  return {
    ...newRecord("suggestion", event.ref.id, belongs, meta),
    ...content,
    kind: issued ? "SUGGESTION" : "FINE_PROPOSAL",
    state: issued ? "ISSUED" : "PROPOSED",
    at: meta.at,
    replies: [],
    clocks: withClocks({}, clocks, meta),
  };
}

function changed(suggestion: Suggestion, event: Later, meta: EventMeta): Suggestion {
  switch (event.type) {
    case "ClockRaised":
      return { ...suggestion, clocks: foldClockRaised(suggestion.clocks, event) };
    case "FineDecided": {
      const { approved, decisionNo } = event.data;
      return {
        ...answered(suggestion, approved ? "APPROVED" : "REJECTED", meta),
        decided: { by: meta.by, at: meta.at, ...(decisionNo ? { decisionNo } : {}) },
      };
    }
    case "SuggestionReplied":
      return {
        ...(suggestion.state === "ISSUED" ? answered(suggestion, "REPLIED", meta) : suggestion),
        replies: [...suggestion.replies, { at: meta.at, by: meta.by, ...event.data }],
      };
    case "SuggestionClosed":
      return { ...suggestion, state: "CLOSED" };
  }
}

const answered = (
  suggestion: Suggestion,
  state: Suggestion["state"],
  meta: EventMeta,
): Suggestion => ({
  ...suggestion,
  state,
  clocks: endClocks(suggestion.clocks, [WAITING_CLOCK], meta.occurred.latest),
});
