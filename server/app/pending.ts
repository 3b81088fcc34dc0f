import type { Command } from "../../shared/domain/kernel/command.ts";
import type { Occurred } from "../../shared/domain/kernel/event.ts";
import type { Refusal } from "../../shared/domain/kernel/refusal.ts";

/** A parsed, lifted command on its way to a decision. */
export interface PreparedCommand {
  readonly command: Command;
  /** Officer id, or `system`. */
  readonly actor: string;
  readonly session: string;
  readonly device?: string;
  readonly knownAt: number;
  readonly receivedAt: number;
  readonly occurred: Occurred;
  readonly payloadHash: string;
}

/**
 * What became of it. A refusal, and what went to the emergency journal, carry the tail that they
 * were decided on.
 */
export type Outcome =
  | {
      readonly ok: true;
      readonly seq: number;
      readonly hash8: string;
      readonly at: number;
      readonly journalled?: true;
    }
  | { readonly ok: false; readonly seq: number; readonly hash8: string; readonly refusal: Refusal };

/** A command that waits, undecided, for the pump. */
export interface Pending {
  readonly prepared: PreparedCommand;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: Error) => void;
}
