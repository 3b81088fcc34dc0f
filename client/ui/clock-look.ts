import type { ClockDto } from "../../shared/domain/kernel/clock.ts";
import type { ClockRule } from "../../shared/domain/rules/clock-rule.ts";
import { clockRule } from "../../shared/domain/rules/clock-rules.ts";

export type ClockLook = "running" | "soon" | "overdue" | "ended";

/** How a clock stands at a moment of server time. */
export interface ClockView {
  readonly look: ClockLook;
  /** Positive: remaining; negative: over. At its end for a clock that ended. */
  readonly leftMs: number;
  readonly rule: ClockRule | undefined;
}

/** Without a warning of its own, the last fifth of the time counts as soon. CFG. */
const SOON_SHARE = 0.2;

export function clockView(clock: ClockDto, now: number): ClockView {
  const rule = knownRule(clock.ruleId);
  const leftMs = clock.dueAt - (clock.endedAt ?? now);
  return { look: lookOf(clock, rule, now), leftMs, rule };
}

function lookOf(clock: ClockDto, rule: ClockRule | undefined, now: number): ClockLook {
  if (clock.endedAt !== undefined) return "ended";
  if (now >= clock.dueAt) return "overdue";
  return now >= soonFrom(clock, rule) ? "soon" : "running";
}

/** The first warning of the rule, or the last fifth where the rule has none before its limit. */
function soonFrom(clock: ClockDto, rule: ClockRule | undefined): number {
  const warnings = (rule?.levels ?? [])
    .map((level) =>
      level.beforeDueMs === undefined
        ? clock.startAt + level.afterMs
        : clock.dueAt - level.beforeDueMs,
    )
    .filter((at) => at < clock.dueAt);
  return warnings.length > 0
    ? Math.min(...warnings)
    : clock.dueAt - (clock.dueAt - clock.startAt) * SOON_SHARE;
}

/** A rule that a newer server knows and this client does not is shown by its id. */
function knownRule(id: string): ClockRule | undefined {
  try {
    return clockRule(id);
  } catch {
    return undefined; // the domain throws for an unknown id; on a screen that is no reason to fail
  }
}

const RANK: Readonly<Record<ClockLook, number>> = { overdue: 0, soon: 1, running: 2, ended: 3 };

/** The clock that says most about a record: overdue first, then the one that is due next. */
export function mostPressing(
  clocks: readonly ClockDto[] | undefined,
  now: number,
): ClockDto | undefined {
  const rank = (clock: ClockDto) => RANK[clockView(clock, now).look];
  return [...(clocks ?? [])]
    .filter((clock) => clock.endedAt === undefined)
    .sort((a, b) => rank(a) - rank(b) || a.dueAt - b.dueAt)[0];
}
