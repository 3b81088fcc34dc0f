import type { ClockStart } from "../kernel/clock.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { Belongs } from "../kernel/new-record.ts";
import type { TextRef } from "../kernel/record.ts";
import type { LiaisonAnswer, LiaisonContent } from "./state.ts";

export type LiaisonEvent =
  | DomainEvent<
      "LiaisonSent",
      LiaisonContent & { readonly belongs: Belongs; readonly clocks: readonly ClockStart[] }
    >
  | DomainEvent<
      "LiaisonAnswered",
      Pick<LiaisonAnswer, "state" | "byPhone" | "saidBy" | "note" | "replyNo">
    >
  | DomainEvent<
      "LiaisonReminded",
      { readonly text?: TextRef; readonly clocks: readonly ClockStart[] }
    >
  | DomainEvent<"LiaisonRefusalFound", { readonly reason: TextRef }>
  | DomainEvent<"LiaisonClosed", { readonly note?: TextRef }>
  | DomainEvent<"LiaisonWithdrawn", { readonly reason: TextRef }>;

export const LIAISON_EVENT_TYPES = [
  "LiaisonSent",
  "LiaisonAnswered",
  "LiaisonReminded",
  "LiaisonRefusalFound",
  "LiaisonClosed",
  "LiaisonWithdrawn",
] as const satisfies readonly LiaisonEvent["type"][];
