import type { Bilingual } from "../kernel/refusal.ts";

/** One step of a clock, raised as `system` when its time comes. */
export interface ClockLevel {
  readonly level: number;
  /** ms after the start … */
  readonly afterMs: number;
  /** … or, when given, ms before `dueAt` (clocks whose length varies). */
  readonly beforeDueMs?: number;
  readonly severity: "WARN" | "ALARM";
  /** What is said when it is raised. */
  readonly say: Bilingual;
}

/**
 * A clock rule. Versions are append-only: a changed rule is a new entry with a higher version, so
 * that an old case stays judged by its own.
 */
export interface ClockRule {
  readonly id: string;
  readonly version: number;
  readonly name: Bilingual;
  /** The law's article, or `CFG` for a configurable product choice that is not law. */
  readonly basis: Bilingual;
  readonly cfg: boolean;
  /** Liberty clocks never roll over holidays and are never hidden. */
  readonly liberty: boolean;
  readonly limitMs: number;
  readonly levels: readonly ClockLevel[];
  /** Who must act, as said beside the clock. */
  readonly who: Bilingual;
}
