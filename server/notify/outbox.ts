import type { Notifier, OutsideMessage } from "./notifier.ts";

/** Newest first. */
const KEPT = 200;

export interface Outbox extends Notifier {
  messages(): readonly OutsideMessage[];
}

/** A demonstration calls nobody: what would have gone out is kept to be looked at, in memory. */
export function createOutbox(): Outbox {
  let kept: readonly OutsideMessage[] = [];
  return {
    send: async (message) => {
      kept = [message, ...kept].slice(0, KEPT);
      return { ok: true };
    },
    messages: () => kept,
  };
}
