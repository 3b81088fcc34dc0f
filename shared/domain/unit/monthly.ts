import { startOfShanghaiDay } from "../calendar.ts";
import type { RunningClock } from "../kernel/clock.ts";
import type { LiaisonRequest } from "../liaison/state.ts";
import { isEnded } from "../police/lifecycle.ts";
import type { PoliceRequest } from "../police/state.ts";

/** A month by the calendar of Shanghai: server ms, `to` excluded. */
export interface Month {
  readonly from: number;
  readonly to: number;
}

/**
 * What a unit was asked in a month and how it answered (requirements rows 59, 65). Each request
 * stands in exactly one of the columns after `requests`.
 */
export interface UnitSummary {
  readonly requests: number;
  readonly onTime: number;
  readonly overdue: number;
  /** Declined or refused in time or not, or found to be refused. */
  readonly refused: number;
  /** Its time has not run out yet. */
  readonly running: number;
  /** Withdrawn or sent on to another unit before its time ran out. */
  readonly takenBack: number;
}

type Outcome = Exclude<keyof UnitSummary, "requests">;

const NONE: UnitSummary = {
  requests: 0,
  onTime: 0,
  overdue: 0,
  refused: 0,
  running: 0,
  takenBack: 0,
};

/**
 * The month of one unit, over records as they stand.
 * @param now server ms: an unanswered request whose time has run out by then is overdue.
 */
export function unitSummary(
  unitId: string,
  month: Month,
  records: Iterable<PoliceRequest | LiaisonRequest>,
  now: number,
): UnitSummary {
  let summary = NONE;
  for (const record of records) {
    const outcomes = record.type === "police" ? ofPolice(record) : ofLiaison(record);
    for (const outcome of outcomes(unitId, month, now)) summary = counted(summary, outcome);
  }
  return summary;
}

const counted = (summary: UnitSummary, outcome: Outcome): UnitSummary => ({
  ...summary,
  requests: summary.requests + 1,
  [outcome]: summary[outcome] + 1,
});

type OutcomesFor = (unitId: string, month: Month, now: number) => readonly Outcome[];

const within = (at: number, { from, to }: Month): boolean => from <= at && at < to;

const ofLiaison =
  (request: LiaisonRequest): OutcomesFor =>
  (unitId, month, now) => {
    if (request.unitId !== unitId || !within(request.sentAt, month)) return [];
    if (request.times.REFUSED !== undefined) return ["refused"];
    const { due } = request.clocks;
    if (due && isLate(due, request.sentAt, now)) return ["overdue"];
    if (request.times.REPLIED !== undefined) return ["onTime"];
    return [request.state === "WITHDRAWN" ? "takenBack" : "running"];
  };

/** The court's own clock on a person held by the police is none of the unit's timeliness. */
const UNIT_CLOCKS = ["ack", "dispatch", "arrive", "answer"] as const;

const ofPolice =
  (request: PoliceRequest): OutcomesFor =>
  (unitId, month, now) => {
    const left = request.formerUnits.filter(
      (former) => former.unitId === unitId && within(former.addressedAt, month),
    );
    return [
      ...left.map(({ late }): Outcome => (late ? "overdue" : "takenBack")),
      ...(request.unitId === unitId && within(request.addressedAt, month)
        ? [ofPresentUnit(request, now)]
        : []),
    ];
  };

function ofPresentUnit(request: PoliceRequest, now: number): Outcome {
  if (request.state === "DECLINED") return "refused";
  const clocks = UNIT_CLOCKS.flatMap((name) => request.clocks[name] ?? []);
  if (clocks.some((clock) => isLate(clock, request.addressedAt, now))) return "overdue";
  const answered = request.answers.some(({ at }) => at >= request.addressedAt);
  if (isEnded(request) && !answered) return "takenBack";
  return clocks.every((clock) => clock.endedAt !== undefined) ? "onTime" : "running";
}

/** A unit that got the request later than it was sent has the whole term from then on. */
function isLate(clock: RunningClock, addressedAt: number, now: number): boolean {
  const term = clock.dueAt - clock.startAt;
  return (clock.endedAt ?? now) > Math.max(clock.dueAt, addressedAt + term);
}

/** @param month 1 to 12. */
export const shanghaiMonth = (year: number, month: number): Month => ({
  from: startOfShanghaiDay(firstDayOf(year, month)),
  to: startOfShanghaiDay(month === 12 ? firstDayOf(year + 1, 1) : firstDayOf(year, month + 1)),
});

/**
 * Number of the first day of a month, counted from 1970-01-01 (Gregorian). Years begin in March, so
 * that the leap day is the last of its year; 719,468 days lie between 0000-03-01 and 1970-01-01.
 */
function firstDayOf(year: number, month: number): number {
  const y = month <= 2 ? year - 1 : year;
  const daysBefore = Math.floor((153 * ((month + 9) % 12) + 2) / 5);
  const leaps = Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  return 365 * y + leaps + daysBefore - 719_468;
}
