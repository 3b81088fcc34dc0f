import { type ClockStart, type Clocks, endClocks, startClock } from "../kernel/clock.ts";
import type { Occurred } from "../kernel/event.ts";
import type { ClockRule } from "../rules/clock-rule.ts";
import { clockRule } from "../rules/clock-rules.ts";
import type { MilestoneType } from "./events.ts";
import { MILESTONES } from "./milestones.ts";
import type { Detention, DetentionTimes } from "./state.ts";

const DAY_MS = 86_400_000;
/** CPL art. 118 ¶2. */
export const MAX_DAYS = 15;

export type ClockName = "inquiry" | "sinceControl" | "report" | "handover" | "family" | "term";

const ALL: readonly ClockName[] = [
  "inquiry",
  "sinceControl",
  "report",
  "handover",
  "family",
  "term",
];

const INQUIRY: ReadonlySet<string> = new Set(["SubjectArrived", "InquiryStarted", "InquiryEnded"]);

/** Reports of a person held that are no milestone of their own still start the clocks. */
export type HoldingReport = MilestoneType | "IntakeRefused";

/**
 * Clocks that this report starts, or moves earlier, at the earlier candidate. A person taken into
 * custody whose days are not known yet counts against the legal maximum.
 */
export function clocksStartedBy(
  kind: HoldingReport,
  detention: Detention,
  occurred: Occurred,
): ClockStart[] {
  const at = occurred.earliest;
  if (kind !== "IntakeRefused" && !MILESTONES[kind].holds) return [];
  const report = isBeforeApproval(detention, occurred) ? [startClock("report", "D2", at)] : [];
  return [
    ...report,
    ...(detention.kind === "COMPEL"
      ? compelClocks(kind, detention, at)
      : detainClocks(kind, detention, at)),
  ];
}

/** Surely before: an approval in the same seconds does not make an emergency. */
export const isBeforeApproval = (detention: Detention, occurred: Occurred): boolean =>
  detention.times.approvedAt === undefined || occurred.latest < detention.times.approvedAt;

function compelClocks(report: HoldingReport, detention: Detention, at: number): ClockStart[] {
  const sinceControl = startClock("sinceControl", "S4-CONTROL", at);
  return INQUIRY.has(report)
    ? [sinceControl, startClock("inquiry", detention.extended24h ? "S5" : "S4", at)]
    : [sinceControl];
}

function detainClocks(report: HoldingReport, detention: Detention, at: number): ClockStart[] {
  const family = startClock("family", "D5", at);
  return report === "IntakeDone"
    ? [family, termClock(detention.days, at)]
    : [startClock("handover", "D4", at), family];
}

export const termClock = (days: number | undefined, intakeAt: number): ClockStart =>
  startClock("term", "D6", intakeAt, (days ?? MAX_DAYS) * DAY_MS);

/** Clocks that a report or the end of the record stops. */
export function clocksEndedBy(report: string, detention: Detention): readonly ClockName[] {
  switch (report) {
    case "IntakeDone":
      return detention.kind === "DETAIN" ? ["inquiry", "handover"] : [];
    case "FamilyNotified":
      return ["family"];
    case "SubjectReleased":
      return ALL;
    default:
      return [];
  }
}

/**
 * Ends what has ended already: a clock that a late report starts after the thing it waits for was
 * reported ends where that happened. Clocks that ended before stay as they are.
 */
export function settled(detention: Detention, clocks: Clocks): Clocks {
  let next = clocks;
  for (const name of ALL) {
    const clock = clocks[name];
    if (!clock || clock.endedAt !== undefined) continue;
    const at = waitedFor(name, detention) ?? detention.times.endedAt;
    if (at !== undefined) next = endClocks(next, [name], at);
  }
  return next;
}

function waitedFor(name: ClockName, { kind, times, familyNotice }: Detention): number | undefined {
  switch (name) {
    case "inquiry":
    case "handover":
      return kind === "DETAIN" ? times.intakeByAt : undefined;
    case "family":
      return familyNotice?.at;
    case "report":
      return times.approvedAt;
    default:
      return undefined;
  }
}

/** A limit that the law itself sets: overrunning it is a breach, not only an alarm. */
export const isLegalMaximum = (rule: ClockRule): boolean => !rule.cfg;

/** Limits of the person's liberty: beyond them the record shows 超时 until a human acts. */
const OVERTIME: ReadonlySet<string> = new Set<ClockName>(["inquiry", "term"]);

export function isOvertime({ breaches, clocks }: Pick<Detention, "breaches" | "clocks">): boolean {
  return breaches.some(
    ({ clock, refutedAt }) =>
      refutedAt === undefined && OVERTIME.has(clock) && clocks[clock]?.endedAt === undefined,
  );
}

export const isFinalLevel = (ruleId: string, level: number): boolean =>
  clockRule(ruleId).levels.every((l) => l.level <= level);

export function withExpectedRelease(times: DetentionTimes, { term }: Clocks): DetentionTimes {
  return term && times.expectedReleaseAt !== term.dueAt
    ? { ...times, expectedReleaseAt: term.dueAt }
    : times;
}
