import { v7 } from "uuid";
import type { CommandAnswer, CommandEnvelope } from "../../../shared/wire/command.ts";

/** A command as a phone or console would make it now. */
export function envelope(
  kind: string,
  id: string,
  payload: Record<string, unknown> = {},
  more: Partial<CommandEnvelope> = {},
): CommandEnvelope {
  const type = kind.slice(0, kind.indexOf("."));
  return { id: v7(), kind, ref: { type, id }, payload, knownSeq: 0, knownAt: 0, ...more };
}

export const isAccepted = (answer: unknown): answer is CommandAnswer =>
  typeof answer === "object" &&
  answer !== null &&
  "outcome" in answer &&
  answer.outcome === "ACCEPTED";

/** A repeated call for help that stands in the log by another one's id. */
export const isJoined = (answer: unknown): boolean =>
  isAccepted(answer) && answer.joined !== undefined;
