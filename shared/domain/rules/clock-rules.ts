import type { Bilingual } from "../kernel/refusal.ts";
import { DETENTION_CLOCKS } from "./detention-clocks.ts";
import { RESPONSE_CLOCKS } from "./response-clocks.ts";

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

const RULES: ReadonlyMap<string, ClockRule> = new Map(
  [...DETENTION_CLOCKS, ...RESPONSE_CLOCKS].map((rule) => [rule.id, rule]),
);

/** The newest version of a rule. Throws for an unknown id: that is a bug, not a refusal. */
export function clockRule(id: string): ClockRule {
  const rule = RULES.get(id);
  if (!rule) throw new Error(`unknown clock rule ${id}`);
  return rule;
}

export const clockRules = (): readonly ClockRule[] => [...RULES.values()];
