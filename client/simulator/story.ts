import type { EntityType } from "../../shared/domain/kernel/ref.ts";
import { DAY_ENDS_S } from "./figures.ts";
import type { Subject } from "./subjects.ts";

/** One command of the plan. */
export interface Step {
  /** Second of the plan's day at which it happens. */
  readonly atS: number;
  readonly by: string;
  readonly kind: string;
  readonly ref: { readonly type: EntityType; readonly id: string };
  readonly payload: Readonly<Record<string, unknown>>;
  /** Put into the vault before the command. */
  readonly subject?: Subject;
  /** Without it the rest of the story has no ground to stand on. */
  readonly opens?: true;
}

const LAST_S = DAY_ENDS_S - 60;

/** Steps about one matter: each goes out only after the one before was answered. */
export interface Story {
  readonly id: string;
  readonly steps: readonly Step[];
  /** A call for help or another incident: never at the very beginning. */
  readonly alarming?: true;
}

/** Sorts the steps by time; what would reach into the night is brought to its end that evening. */
export function tell(id: string, steps: readonly Step[]): Story {
  const sorted = [...steps].sort((a, b) => a.atS - b.atS);
  return { id, steps: sorted.map((step) => ({ ...step, atS: Math.min(step.atS, LAST_S) })) };
}
