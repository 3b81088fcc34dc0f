import { shanghaiDay } from "../calendar.ts";
import type { ConflictNote } from "../kernel/conflict.ts";
import { LATE_REPORT_AFTER_MS, type Occurred } from "../kernel/event.ts";
import type { MilestoneType } from "./events.ts";
import { isNewRound, isTerminal, MILESTONES, milestoneAt } from "./milestones.ts";
import type { Detention } from "./state.ts";

export type DetentionConflictNote = Extract<
  ConflictNote,
  | "AFTER_END"
  | "OTHER_END"
  | "OTHER_TIME"
  | "NOT_OF_THIS_KIND"
  | "AFTER_INTAKE"
  | "BEFORE_APPROVAL"
  | "WITHOUT_INTAKE"
  | "BEFORE_TERM"
>;

/** Why a report does not fit what it meets; it is kept all the same. */
export function misfit(
  detention: Detention,
  type: MilestoneType,
  occurred: Occurred,
): DetentionConflictNote | undefined {
  if (isTerminal(detention)) return misfitAfterEnd(detention, type, occurred);
  if (!MILESTONES[type].reaches[detention.kind]) return "NOT_OF_THIS_KIND";
  if (isOtherTime(detention, type, occurred)) return "OTHER_TIME";
  if (type === "SubjectReleased") return misfitRelease(detention, occurred);
  if (type === "IntakeDone") return misfitIntake(detention);
  const { intakeByAt } = detention.times;
  return intakeByAt !== undefined && occurred.earliest > intakeByAt ? "AFTER_INTAKE" : undefined;
}

function misfitAfterEnd(
  detention: Detention,
  type: MilestoneType,
  occurred: Occurred,
): DetentionConflictNote | undefined {
  const { endedAt = occurred.latest, releasedAt } = detention.times;
  if (type === "SubjectReleased") {
    // Revoked, stopped or released early by decision: the release itself is still to come.
    if (detention.state === "CONVERTED") return "OTHER_END";
    return releasedAt !== undefined && isOtherTime(detention, type, occurred)
      ? "OTHER_TIME"
      : undefined;
  }
  if (occurred.earliest > endedAt) return "AFTER_END";
  return isOtherTime(detention, type, occurred) ? "OTHER_TIME" : undefined;
}

function isOtherTime(detention: Detention, type: MilestoneType, occurred: Occurred): boolean {
  const known = detention.times[MILESTONES[type].time];
  if (known === undefined || isNewRound(detention, type, occurred.earliest)) return false;
  return Math.abs(known - milestoneAt(type, occurred)) > LATE_REPORT_AFTER_MS;
}

function misfitRelease(
  { kind, times }: Detention,
  occurred: Occurred,
): DetentionConflictNote | undefined {
  if (kind === "COMPEL") return undefined;
  if (times.intakeAt === undefined) return "WITHOUT_INTAKE";
  // Detention days are counted in calendar days: any hour of the last day is in term.
  const { expectedReleaseAt = 0 } = times;
  return shanghaiDay(occurred.latest) < shanghaiDay(expectedReleaseAt) ? "BEFORE_TERM" : undefined;
}

const misfitIntake = ({ times }: Detention): DetentionConflictNote | undefined =>
  times.approvedAt === undefined ? "BEFORE_APPROVAL" : undefined;
