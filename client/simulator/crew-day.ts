import type { Chance } from "./chance.ts";
import type { Crew } from "./crews.ts";
import { EARLY_SHARE, HOME_EARLY_S, HOME_LATE_S, MUSTER_S } from "./figures.ts";
import type { OperationPlan } from "./operation-plan.ts";
import { type Outing, planOuting } from "./outing.ts";
import { type Stretch, stay } from "./route.ts";

/** Where one crew is from muster to the end of its day, and why. */
export interface CrewDay {
  readonly crew: Crew;
  readonly musterS: number;
  readonly homeS: number;
  readonly outings: readonly Outing[];
  readonly operations: readonly OperationPlan[];
  /** Without gaps from muster to home. */
  readonly stretches: readonly Stretch[];
}

const MINUTE_S = 60;
const BRIEFING_S = [15 * MINUTE_S, 60 * MINUTE_S] as const;
const REST_S = [45 * MINUTE_S, 110 * MINUTE_S] as const;
const RUSH_REST_S = [20 * MINUTE_S, 50 * MINUTE_S] as const;
/** 09–11 and 18–21. */
const isRush = (atS: number): boolean => {
  const hour = atS / 3_600;
  return (hour >= 8.5 && hour < 11) || (hour >= 18 && hour < 21);
};
/** Back at court before an operation leaves. */
const BEFORE_OPERATION_S = 15 * MINUTE_S;

export function planCrewDay(
  crew: Crew,
  operations: readonly OperationPlan[],
  scale: number,
  chance: Chance,
): CrewDay {
  const musterS = chance.between(...MUSTER_S);
  const homeS = chance.between(...(chance.happens(EARLY_SHARE) ? HOME_EARLY_S : HOME_LATE_S));
  const mine = operations
    .filter(({ crews }) => crews.includes(crew))
    .sort((a, b) => a.departS - b.departS);
  const outings: Outing[] = [];
  const stretches: Stretch[] = [];
  let t = musterS;
  const wait = (untilS: number) => {
    if (untilS > t) stretches.push(stay(t, untilS, crew.court.seat));
    t = Math.max(t, untilS);
  };
  const go = (trip: { readonly stretches: readonly Stretch[]; readonly backS: number }) => {
    stretches.push(...trip.stretches);
    t = trip.backS;
  };
  const goOutUntil = (untilS: number) => {
    wait(Math.min(untilS, t + chance.between(...(outings.length === 0 ? BRIEFING_S : restAt(t)))));
    for (;;) {
      const outing = fitting(crew, t, untilS, scale, chance);
      if (!outing) return wait(untilS);
      outings.push(outing);
      go(outing);
      wait(Math.min(untilS, t + chance.between(...restAt(t))));
    }
  };
  for (const operation of mine) {
    goOutUntil(operation.departS - BEFORE_OPERATION_S);
    wait(operation.departS);
    go(operation);
  }
  goOutUntil(Math.max(homeS, t + BEFORE_OPERATION_S));
  return { crew, musterS, homeS: t, outings, operations: mine, stretches };
}

const restAt = (atS: number) => (isRush(atS) ? RUSH_REST_S : REST_S);

const LEAST_DOORS = 2;
const MOST_DOORS = 7;

/** The longest outing drawn that is back in time; fewer doors when time is short. */
function fitting(
  crew: Crew,
  leaveS: number,
  untilS: number,
  scale: number,
  chance: Chance,
): Outing | undefined {
  for (let doors = chance.whole(LEAST_DOORS, MOST_DOORS); doors > 0; doors--) {
    const outing = planOuting(crew, leaveS, doors, scale, chance);
    if (outing.backS <= untilS) return outing;
  }
  return undefined;
}
