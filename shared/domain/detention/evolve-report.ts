import { endClocks } from "../kernel/clock.ts";
import { type ConflictNote, withConflict } from "../kernel/conflict.ts";
import { type EventMeta, isLate } from "../kernel/event.ts";
import { startOrMoveEarlier } from "./earlier-start.ts";
import type { NoteEvent } from "./events.ts";
import { clocksEndedBy, isBeforeApproval } from "./limits.ts";
import { furthest, isTerminal } from "./milestones.ts";
import type { Detention } from "./state.ts";

type Report = Extract<
  NoteEvent,
  { type: "IntakeRefused" | "FamilyNotified" | "FormerRecordReported" }
>;
type Of<T extends Report["type"]> = Extract<Report, { type: T }>;

/** Reports that are no milestone of the record. */
export function evolveReport(detention: Detention, event: Report, meta: EventMeta): Detention {
  switch (event.type) {
    case "IntakeRefused":
      return intakeRefused(detention, event, meta);
    case "FamilyNotified":
      return familyNotified(detention, event, meta);
    case "FormerRecordReported":
      return formerRecordReported(detention, event, meta);
  }
}

const late = (detention: Detention, event: Report, meta: EventMeta): readonly string[] =>
  isLate(meta) ? [...new Set([...detention.lateReports, event.type])] : detention.lateReports;

const noted = (
  detention: Detention,
  event: string,
  note: ConflictNote,
  meta: EventMeta,
): Detention["conflicts"] =>
  withConflict(detention.conflicts, {
    commandId: meta.commandId,
    event,
    at: meta.at,
    occurredAt: meta.occurred.earliest,
    note,
  });

function intakeRefused(
  detention: Detention,
  event: Of<"IntakeRefused">,
  meta: EventMeta,
): Detention {
  const { reason, facility, clocks } = event.data;
  const at = meta.occurred.earliest;
  const over = isTerminal(detention) && at > (detention.times.endedAt ?? at);
  const fits = detention.kind === "DETAIN" && !over;
  return {
    ...detention,
    state: fits ? furthest(detention, "INTAKE_REFUSED") : detention.state,
    ...(facility && !detention.facility ? { facility } : {}),
    emergency: detention.emergency || isBeforeApproval(detention, meta.occurred),
    intakeRefusals: [...detention.intakeRefusals, { at, reason }],
    lateReports: late(detention, event, meta),
    conflicts: fits
      ? detention.conflicts
      : noted(detention, event.type, over ? "AFTER_END" : "NOT_OF_THIS_KIND", meta),
    clocks: over ? detention.clocks : startOrMoveEarlier(detention.clocks, clocks, meta),
  };
}

/** The first notice counts; a notice after a recorded impossibility replaces it. */
function familyNotified(
  detention: Detention,
  event: Of<"FamilyNotified">,
  meta: EventMeta,
): Detention {
  const { impossibleReason } = event.data;
  const at = meta.occurred.latest;
  const known = detention.familyNotice;
  const keep = known !== undefined && !known.impossibleReason;
  return {
    ...detention,
    familyNotice: keep ? known : { at, ...(impossibleReason ? { impossibleReason } : {}) },
    lateReports: late(detention, event, meta),
    clocks: endClocks(detention.clocks, clocksEndedBy(event.type, detention), at),
  };
}

/** A late report about the 拘传 may show that the person was held earlier. */
function formerRecordReported(
  detention: Detention,
  event: Of<"FormerRecordReported">,
  meta: EventMeta,
): Detention {
  const { event: reported, note, clocks } = event.data;
  const { controlledAt } = detention.times;
  const handover = clocks.find((clock) => clock.name === "handover")?.startAt;
  return {
    ...detention,
    times: {
      ...detention.times,
      ...(handover === undefined
        ? {}
        : { controlledAt: Math.min(controlledAt ?? handover, handover) }),
    },
    conflicts: note ? noted(detention, reported, note, meta) : detention.conflicts,
    clocks: startOrMoveEarlier(detention.clocks, clocks, meta),
  };
}
