import type { StateReader } from "../kernel/state.ts";
import type { RollCall, RollState, RollTarget } from "./state.ts";

/** Counts that add up to `total`; rates are shares of it, 0 to 1. */
export interface RollTotals {
  readonly total: number;
  readonly waiting: number;
  readonly present: number;
  readonly late: number;
  readonly absent: number;
  readonly fault: number;
  /** 在线率: answered, in time or not. */
  readonly onlineRate: number;
  readonly onTimeRate: number;
}

export const callLink = (callId: string): string => `call:${callId}`;

/** All that was called together. */
export const callOf = (state: StateReader, callId: string): readonly RollCall[] =>
  state.linked("rollcall", callLink(callId));

export function rollTotals(targets: readonly RollTarget[]): RollTotals {
  const total = targets.length;
  const of = (state: RollState) => targets.filter((target) => target.state === state).length;
  const share = (count: number) => (total === 0 ? 0 : count / total);
  const present = of("PRESENT");
  const late = of("LATE");
  return {
    total,
    waiting: of("CALLED"),
    present,
    late,
    absent: of("ABSENT"),
    fault: of("FAULT"),
    onlineRate: share(present + late),
    onTimeRate: share(present),
  };
}
