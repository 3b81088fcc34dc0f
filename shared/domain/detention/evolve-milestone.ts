import { endClocks } from "../kernel/clock.ts";
import { withConflict } from "../kernel/conflict.ts";
import { type EventMeta, isLate } from "../kernel/event.ts";
import { misfit } from "./conflicts.ts";
import { startOrMoveEarlier } from "./earlier-start.ts";
import type { MilestoneEvent } from "./events.ts";
import { clocksEndedBy, isBeforeApproval } from "./limits.ts";
import { furthest, isNewRound, isTerminal, MILESTONES, milestoneAt } from "./milestones.ts";
import type { Detention, DetentionState, DetentionTimes } from "./state.ts";

/** A fact: it fills its milestone, moves the state only forward, and is kept where it does not fit. */
export function evolveMilestone(
  detention: Detention,
  event: MilestoneEvent,
  meta: EventMeta,
): Detention {
  const note = misfit(detention, event.type, meta.occurred);
  const conflict = {
    commandId: meta.commandId,
    event: event.type,
    at: meta.at,
    occurredAt: milestoneAt(event.type, meta.occurred),
  };
  const lateReports = isLate(meta)
    ? [...new Set([...detention.lateReports, event.type])]
    : detention.lateReports;
  const conflicts = note
    ? withConflict(detention.conflicts, { ...conflict, note })
    : detention.conflicts;
  if (note === "AFTER_END" || note === "OTHER_END") return { ...detention, lateReports, conflicts };
  const inEmergency = isEmergency(detention, event, meta);
  return {
    ...detention,
    lateReports,
    conflicts,
    ...carried(detention, event),
    state: stateAfter(detention, event, meta),
    emergency: detention.emergency || inEmergency,
    approvedRetro:
      detention.approvedRetro || (detention.times.approvedAt !== undefined && inEmergency),
    times: timesAfter(detention, event, meta),
    clocks: endClocks(
      startOrMoveEarlier(detention.clocks, event.data.clocks, meta),
      clocksEndedBy(event.type, detention),
      meta.occurred.latest,
    ),
  };
}

const isEmergency = (detention: Detention, event: MilestoneEvent, meta: EventMeta): boolean =>
  MILESTONES[event.type].holds && isBeforeApproval(detention, meta.occurred);

function stateAfter(
  detention: Detention,
  { type }: MilestoneEvent,
  meta: EventMeta,
): DetentionState {
  const reported = MILESTONES[type].reaches[detention.kind];
  if (!reported) return detention.state;
  const again =
    detention.state === "INTAKE_REFUSED" && isNewRound(detention, type, meta.occurred.earliest);
  return again ? reported : furthest(detention, reported);
}

function timesAfter(detention: Detention, event: MilestoneEvent, meta: EventMeta): DetentionTimes {
  const { times } = detention;
  const { time } = MILESTONES[event.type];
  const at = milestoneAt(event.type, meta.occurred);
  const known = times[time];
  const again = isNewRound(detention, event.type, at);
  const filled: DetentionTimes = {
    ...times,
    [time]: known === undefined || again ? at : kept(event, known, at),
  };
  if (event.type === "IntakeDone" && times.intakeByAt === undefined) {
    return { ...filled, intakeByAt: meta.occurred.latest };
  }
  const ends = event.type === "SubjectReleased" && !isTerminal(detention);
  return ends ? { ...filled, endedAt: at } : filled;
}

/** A second report moves a beginning earlier, never later; an end stays as first reported. */
const kept = ({ type }: MilestoneEvent, known: number, at: number): number =>
  type === "SubjectReleased" || type === "InquiryEnded" ? known : Math.min(known, at);

function carried(detention: Detention, event: MilestoneEvent): Partial<Detention> {
  switch (event.type) {
    case "SubjectControlled":
    case "TransitStarted":
      return { escortIds: [...new Set([...detention.escortIds, ...event.data.escortIds])] };
    case "IntakeDone": {
      const { receiptNo, facility, policeReceiver } = event.data;
      return detention.intakeReceiptNo
        ? {}
        : {
            intakeReceiptNo: receiptNo,
            ...(facility ? { facility } : {}),
            ...(policeReceiver ? { policeReceiver } : {}),
          };
    }
    default:
      return {};
  }
}
