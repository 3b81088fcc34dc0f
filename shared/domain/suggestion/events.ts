import type { ClockStart } from "../kernel/clock.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { Belongs } from "../kernel/new-record.ts";
import type { TextRef } from "../kernel/record.ts";
import type { Suggestion } from "./state.ts";

type Made = Pick<
  Suggestion,
  "liaisonId" | "unitId" | "superior" | "letterNo" | "amount" | "body" | "by"
> & { readonly belongs: Belongs; readonly clocks: readonly ClockStart[] };

export type SuggestionEvent =
  | DomainEvent<"SuggestionIssued", Made>
  | DomainEvent<"FineProposed", Made>
  | DomainEvent<"FineDecided", { readonly approved: boolean; readonly decisionNo?: string }>
  | DomainEvent<"SuggestionReplied", { readonly text: TextRef; readonly replyNo?: string }>
  | DomainEvent<"SuggestionClosed", Record<string, never>>;

export const SUGGESTION_EVENT_TYPES = [
  "SuggestionIssued",
  "FineProposed",
  "FineDecided",
  "SuggestionReplied",
  "SuggestionClosed",
] as const satisfies readonly SuggestionEvent["type"][];
