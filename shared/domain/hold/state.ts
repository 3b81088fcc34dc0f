import type { Clocks } from "../kernel/clock.ts";
import type { RecordBase, TextRef } from "../kernel/record.ts";

/** 提级 TAKEN_UP · 指定 DESIGNATED · 交回 HANDED_BACK. */
export type HoldHow = "TAKEN_UP" | "DESIGNATED" | "HANDED_BACK";

/** By whose hand the matter lies where it lies. */
export interface Held {
  readonly how: HoldHow;
  readonly courtId: string;
  /** Who took it up, or signed for it; nobody while a hand-over waits for its signature. */
  readonly officerId?: string;
  readonly byCourtId: string;
  readonly byOfficerId: string;
  /** Court above `courtId` whose desk has it when nobody signs. */
  readonly backToCourtId: string;
  readonly at: number;
}

/** 限期: set by a court above the holder. */
export interface HoldDeadline {
  readonly byCourtId: string;
  readonly byOfficerId: string;
  readonly at: number;
  /** Server ms. */
  readonly dueAt: number;
}

/** One move of the holder by hand, as it stays on record. */
export interface HoldStep {
  readonly how: HoldHow | "SIGNED";
  /** Who has it from then on. */
  readonly courtId: string;
  readonly byCourtId: string;
  readonly byOfficerId: string;
  readonly at: number;
}

/** What a record carries whose holder may be moved by hand. */
export interface Holdable extends RecordBase {
  readonly clocks: Clocks;
  readonly held?: Held;
  /** Every move by hand, the oldest first. */
  readonly holdLog?: readonly HoldStep[];
  /** Why it was designated or handed back, the last time it was. */
  readonly holdReason?: TextRef;
  readonly deadline?: HoldDeadline;
}

/** A hand-over waits for the signature of the court it went to. */
export const HANDOVER_CLOCK = "handover";
export const DEADLINE_CLOCK = "deadline";
/** Stop when the matter ends, whoever holds it. */
export const HOLD_CLOCKS: readonly string[] = [HANDOVER_CLOCK, DEADLINE_CLOCK];

/** Level of a clock that still waits; 0 when it does not, or waits in time. */
export function waitingLevel({ clocks }: Holdable, name: string): number {
  const clock = clocks[name];
  return clock && clock.endedAt === undefined ? clock.level : 0;
}

export const isWaiting = ({ clocks }: Holdable, name: string): boolean => {
  const clock = clocks[name];
  return clock !== undefined && clock.endedAt === undefined;
};
