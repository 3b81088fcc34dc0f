import type { CommandEnvelope, WireRefusal } from "../../shared/wire/command.ts";
import type { SubjectIdentity } from "./api.ts";

/** Where a command stands. Each stage only once it is true; a refusal is kept, never dropped. */
export type OutboxStage =
  | { readonly kind: "waiting" }
  /** Durable on the server: in commit `seq`, server time `at`. */
  | { readonly kind: "server"; readonly seq: number; readonly at: number | undefined }
  | { readonly kind: "refused"; readonly refusal: WireRefusal };

/** When it was made, as this page measured it; another page life cannot tell its age. */
export interface MadeAt {
  readonly page: string;
  readonly mono: number;
  /** Wall minus monotonic clock then: if it grew, the device slept and the age is not known. */
  readonly gap: number;
}

export interface OutboxItem {
  readonly id: string;
  /** Place in the queue; grows. */
  readonly order: number;
  readonly envelope: CommandEnvelope;
  /** An SOS: overtakes everything. */
  readonly urgent: boolean;
  /** Officer who made it; another one's sign-in must not hand it in. */
  readonly owner: string | undefined;
  /** Identity that goes to the vault before the command; taken off this phone once it is there. */
  readonly subject?: { readonly id: string; readonly identity: SubjectIdentity };
  readonly made: MadeAt;
  readonly tries: number;
  readonly stage: OutboxStage;
}

/**
 * As held in memory. `disk` tells whether this phone has it: `saving` for a moment, `failed` when
 * the browser keeps nothing (it is sent all the same, and the face says so).
 */
export interface HeldItem extends OutboxItem {
  readonly disk: "saving" | "saved" | "failed";
}

export const recordKey = ({ envelope }: OutboxItem): string =>
  `${envelope.ref.type}:${envelope.ref.id}`;

export const isWaiting = (item: OutboxItem): boolean => item.stage.kind === "waiting";
