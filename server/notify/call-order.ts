import type { DueNotification } from "../../shared/domain/notify/due.ts";
import type { AlarmKind } from "../../shared/domain/notify/state.ts";

/** A call as the order sees it. */
export interface Ordered {
  readonly due: DueNotification;
  readonly attempts: number;
  /** A desk asked for another attempt, and it has not been made yet. */
  readonly asked: boolean;
}

const URGENCY: Readonly<Record<AlarmKind, number>> = { SOS: 0, POLICE_P1: 1, POLICE_P2: 2 };

/**
 * The most urgent first, then what a desk asked for, then what was tried least: a gateway that keeps
 * silent over old calls must not keep a new alarm waiting behind them.
 */
const moreUrgent = (a: Ordered, b: Ordered): number =>
  URGENCY[a.due.kind] - URGENCY[b.due.kind] ||
  Number(b.asked) - Number(a.asked) ||
  a.attempts - b.attempts;

/** Which goes out next; of equals the one that has waited longest. */
export const sentFirst = (a: Ordered, b: Ordered): number =>
  moreUrgent(a, b) || a.due.startedAt - b.due.startedAt || b.due.level - a.due.level;
