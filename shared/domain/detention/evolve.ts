import { type ClockRaised, foldClockRaised, withClocks } from "../kernel/clock.ts";
import type { DomainEvent, EventMeta } from "../kernel/event.ts";
import { newRecord } from "../kernel/new-record.ts";

import type { DetentionEvent, MilestoneType, OpeningEvent } from "./events.ts";
import { evolveBreach } from "./evolve-breach.ts";
import { evolveDecision } from "./evolve-decision.ts";
import { evolveMilestone } from "./evolve-milestone.ts";
import { evolveReport } from "./evolve-report.ts";
import { isOvertime, settled, withExpectedRelease } from "./limits.ts";
import { MILESTONES } from "./milestones.ts";
import type { Detention } from "./state.ts";

type Opened = OpeningEvent;
type Later = Exclude<DetentionEvent, Opened> | ClockRaised;
type Milestone = Extract<Later, { type: MilestoneType }>;

/** The fold. Whatever happened, clocks that wait for something that has happened are ended. */
export function evolveDetention(
  before: Detention | undefined,
  raw: DomainEvent,
  meta: EventMeta,
): Detention {
  const event = raw as DetentionEvent | ClockRaised;
  if (isOpening(event)) return opened(event, meta);
  if (!before) throw new Error(`${event.type} before the record was opened`);
  const next = changed(before, event, meta);
  const clocks = settled(next, next.clocks);
  const overtime = isOvertime({ breaches: next.breaches, clocks });
  const times = withExpectedRelease(next.times, clocks);
  const isSettled = clocks === next.clocks && times === next.times && overtime === next.overtime;
  return isSettled ? next : { ...next, clocks, times, overtime };
}

function isOpening(event: DetentionEvent | ClockRaised): event is Opened {
  return (
    event.type === "CompelApproved" ||
    event.type === "DetentionProposed" ||
    event.type === "DetentionStubOpened"
  );
}

const isMilestone = (event: Later): event is Milestone => Object.hasOwn(MILESTONES, event.type);

function changed(detention: Detention, event: Later, meta: EventMeta): Detention {
  if (isMilestone(event)) return evolveMilestone(detention, event, meta);
  switch (event.type) {
    case "ClockRaised":
      return { ...detention, clocks: foldClockRaised(detention.clocks, event) };
    case "IntakeRefused":
    case "FamilyNotified":
    case "FormerRecordReported":
      return evolveReport(detention, event, meta);
    case "DetentionOverran":
    case "BreachRefuted":
      return evolveBreach(detention, event, meta);
    default:
      return evolveDecision(detention, event, meta);
  }
}

function opened(event: Opened, meta: EventMeta): Detention {
  const { belongs, caseNo, operationId, hostCourtId, subject, escortIds } = event.data;
  const about = {
    ...newRecord("detention", event.ref.id, belongs, meta),
    caseNo,
    ...(operationId ? { operationId } : {}),
    ...(hostCourtId ? { hostCourtId } : {}),
    ...(subject ? { subject } : {}),
    escortIds,
    overtime: false,
    approvedRetro: false,
    extended24h: false,
    intakeRefusals: [],
    lateReports: [],
    breaches: [],
    conflicts: [],
  };
  return { ...about, ...openedAs(event, meta) };
}

type OpenedAs = Pick<
  Detention,
  "kind" | "state" | "basisArticles" | "emergency" | "times" | "stub" | "clocks"
> &
  Partial<Detention>;

function openedAs(event: Opened, meta: EventMeta): OpenedAs {
  switch (event.type) {
    case "CompelApproved":
      return {
        kind: "COMPEL",
        state: "APPROVED",
        basisArticles: event.data.basisArticles,
        warrantNo: event.data.warrantNo,
        approvedBy: meta.by,
        emergency: false,
        times: { approvedAt: meta.at },
        stub: false,
        clocks: {},
      };
    case "DetentionStubOpened":
      // The state before any milestone; the report that opened it moves on at once.
      return {
        kind: event.data.kind,
        state: "PROPOSED",
        basisArticles: [],
        emergency: false,
        times: {},
        stub: true,
        clocks: {},
      };
    case "DetentionProposed":
      return proposed(event, meta);
  }
}

function proposed(
  { data }: Extract<Opened, { type: "DetentionProposed" }>,
  meta: EventMeta,
): OpenedAs {
  const { convertedFrom, controlledAt } = data;
  return {
    kind: "DETAIN",
    state: "PROPOSED",
    basisArticles: data.basisArticles,
    actId: data.actId,
    days: data.days,
    proposedBy: meta.by,
    ...(convertedFrom ? { convertedFrom } : {}),
    emergency: data.emergency,
    times: {
      proposedAt: meta.at,
      ...(controlledAt === undefined ? {} : { controlledAt }),
    },
    stub: false,
    clocks: withClocks({}, data.clocks, meta),
  };
}
