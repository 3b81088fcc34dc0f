import type { RollTarget } from "../../../../../shared/domain/rollcall/state.ts";
import { type RollTotals, rollTotals } from "../../../../../shared/domain/rollcall/totals.ts";
import type { SeenRollCall, SeenTarget } from "../../../../store/duty-dto.ts";
import { answerDueAt } from "../../../../store/open-calls.ts";

/** One target of a call, with the record (one per court) in which it stands. */
export interface CalledTarget {
  readonly rollcallId: string;
  readonly courtId: string;
  readonly target: SeenTarget;
}

/** All that was called together, as its caller sees it. */
export interface WholeCall {
  readonly callId: string;
  readonly calledAt: number;
  readonly calledBy?: string;
  readonly dueAt: number | undefined;
  readonly totals: RollTotals;
  /** Waiting, absent and faulty ones first. */
  readonly targets: readonly CalledTarget[];
  readonly courtIds: readonly string[];
}

const ORDER: Readonly<Record<SeenTarget["state"], number>> = {
  ABSENT: 0,
  FAULT: 1,
  CALLED: 2,
  LATE: 3,
  PRESENT: 4,
};

/** The own calls of this court, newest first; one record per court is put together again (ROLL-3). */
export function callsOf(calls: readonly SeenRollCall[], courtId: string | undefined): WholeCall[] {
  const own = calls.filter((call) => call.courtId === courtId);
  return [...Map.groupBy(own, ({ callId }) => callId)]
    .map(([callId, parts]) => whole(callId, parts))
    .sort((a, b) => b.calledAt - a.calledAt);
}

function whole(callId: string, parts: readonly SeenRollCall[]): WholeCall {
  const targets = parts.flatMap((part) =>
    part.targets.map((target) => ({ rollcallId: part.id, courtId: part.toCourtId, target })),
  );
  const [first] = parts;
  return {
    callId,
    calledAt: first?.calledAt ?? 0,
    ...(first?.calledBy ? { calledBy: first.calledBy } : {}),
    dueAt: first && answerDueAt(first),
    totals: rollTotals(targets.map(({ target }) => target as unknown as RollTarget)),
    targets: targets.sort((a, b) => ORDER[a.target.state] - ORDER[b.target.state]),
    courtIds: [...new Set(parts.map(({ toCourtId }) => toCourtId))],
  };
}

/** 0.957 as 95.7 %. */
export const percent = (share: number): string => `${Math.round(share * 1_000) / 10}%`;
