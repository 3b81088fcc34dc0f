import type { CommandEnvelope, WireRefusal } from "../../shared/wire/command.ts";
import type { Hello } from "../../shared/wire/live.ts";
import type { SubjectIdentity } from "./api.ts";

/** Real, demonstration or exercise. */
export type Mode = Hello["mode"];

/** Where a command stands. Each stage only once it is true; a refusal is kept, never dropped. */
export type OutboxStage =
  | { readonly kind: "waiting" }
  /** Durable on the server: in commit `seq`, server time `at`. */
  | {
      readonly kind: "server";
      readonly seq: number;
      readonly at: number | undefined;
      /** The log has it under this id: it was merged into another call of this phone. */
      readonly joined?: string;
    }
  /** Durable in the emergency journal at `at`; handed in now and then until the log has it. */
  | { readonly kind: "journal"; readonly at: number | undefined }
  | { readonly kind: "refused"; readonly refusal: WireRefusal };

/** When it was made, as this page measured it; another page life cannot tell its age. */
export interface MadeAt {
  readonly page: string;
  readonly mono: number;
  /** Wall minus monotonic clock then: if it grew, the device slept and the age is not known. */
  readonly gap: number;
}

/**
 * Kept as it is, not encrypted: a call for help holds ids, a position and a battery level of the
 * phone's own officer, nothing about anybody else, and must be readable when nobody is signed in.
 */
export interface OutboxItem {
  readonly id: string;
  /** Place in the queue; grows. */
  readonly order: number;
  readonly envelope: CommandEnvelope;
  /** An SOS: overtakes everything. */
  readonly urgent: boolean;
  /** Officer who made it; another one's session must not hand it in. */
  readonly owner: string | undefined;
  /** What was played when it was made, as far as this phone knew; it never enters another log. */
  readonly mode?: Mode;
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

/** To be handed in (again): the log does not have it yet, as far as this phone knows. */
export const isWaiting = ({ stage }: OutboxItem): boolean =>
  stage.kind === "waiting" || stage.kind === "journal";

/** Whether it may enter the log of this mode; what neither side can tell, the server judges. */
export const isFor = ({ mode: made }: OutboxItem, present: Mode | undefined): boolean =>
  made === undefined || present === undefined || made === present;
