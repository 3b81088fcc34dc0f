import { type HoldEvent, isHoldEvent } from "../hold/events.ts";
import { foldHold, signed } from "../hold/fold.ts";
import { DEADLINE_CLOCK, HANDOVER_CLOCK, HOLD_CLOCKS } from "../hold/state.ts";
import { type ClockRaised, endClocks, foldClockRaised, withClocks } from "../kernel/clock.ts";
import { type Conflict, withConflict } from "../kernel/conflict.ts";
import type { DomainEvent, EventMeta } from "../kernel/event.ts";
import { newRecord } from "../kernel/new-record.ts";
import type { TextRef } from "../kernel/record.ts";
import { ASSIST_CLOCK } from "./assist.ts";
import { ACK_CLOCK, climb, toldByClimbing, toldByLevel, toldDesks } from "./climb.ts";
import type { AssistEvent, Hand, IncidentEvent } from "./events.ts";
import { assistAnswered, foldAssist } from "./fold-assist.ts";
import { higherLevel, isOpen } from "./level.ts";
import type { Incident, IncidentState } from "./state.ts";

type Opening = Extract<IncidentEvent, { type: "SosRaised" | "IncidentReported" }>;

type Later = Exclude<IncidentEvent, Opening | HoldEvent | AssistEvent> | ClockRaised;

export function evolveIncident(
  incident: Incident | undefined,
  raw: DomainEvent,
  meta: EventMeta,
): Incident {
  const event = raw as IncidentEvent | ClockRaised;
  if (event.type === "SosRaised" || event.type === "IncidentReported") return open(event, meta);
  if (!incident) throw new Error(`${event.type} before SosRaised or IncidentReported`);
  if (isHoldEvent(event)) return moved(incident, event, meta);
  if (isAssistEvent(event)) return helped(incident, event, meta);
  return changed(incident, event, meta);
}

const isAssistEvent = (event: { readonly type: string }): event is AssistEvent =>
  event.type.startsWith("Assist");

/** Whoever decides who holds it has taken it; both desks are told. */
function moved(incident: Incident, event: HoldEvent, meta: EventMeta): Incident {
  const { courtId } = event.data;
  const to = "toCourtId" in event.data ? event.data.toCourtId : undefined;
  const known =
    event.type === "HoldDeadlineSet" ? incident : acknowledged(incident, event.data, meta);
  return {
    ...foldHold(known, event, meta),
    told: toldDesks(incident.told, [courtId, to], meta.at),
  };
}

function helped(incident: Incident, event: AssistEvent, meta: EventMeta): Incident {
  const next = foldAssist(incident, event, meta);
  if (event.type !== "AssistNamed") return next;
  const { courtId, toCourtId } = event.data;
  return {
    ...acknowledged(next, event.data, meta),
    told: toldDesks(incident.told, [courtId, toCourtId], meta.at),
  };
}

function changed(incident: Incident, event: Later, meta: EventMeta): Incident {
  switch (event.type) {
    case "ClockRaised":
      return climbOn(incident, event, meta);
    case "SosRepeated":
      return rungAnew(repeated(incident, event.data), event.data, meta);
    case "IncidentSeen":
      return seen(incident, event.data, meta.at);
    case "IncidentAcknowledged":
      return acknowledged(seen(incident, event.data, meta.at), event.data, meta);
    case "IncidentCancelRequested":
      return cancelRequested(incident, event.data.reason, meta);
    case "IncidentLevelSet":
      return levelSet(incident, event.data, meta);
    case "IncidentConfirmed":
      return taken(incident, "CONFIRMED", event.data, meta);
    case "IncidentResponding":
      return taken(incident, "RESPONDING", event.data, meta);
    case "IncidentControlled":
      return taken(incident, "CONTROLLED", event.data, meta);
    case "IncidentResolved":
      return ended(incident, "RESOLVED", event.data, meta);
    case "IncidentFalseAlarm":
      return ended(incident, "FALSE_ALARM", event.data, meta);
    case "IncidentReviewed":
      return { ...incident, state: "REVIEWED", review: { ...event.data, at: meta.at } };
  }
}

function open(event: Opening, meta: EventMeta): Incident {
  const { belongs, ...content } = event.data;
  const sos = event.type === "SosRaised";
  const started = event.type === "SosRaised" ? event.data.clocks : [];
  const level = event.type === "SosRaised" ? "LARGER" : event.data.level;
  return {
    ...newRecord("incident", event.ref.id, belongs, meta),
    kind: "SOS",
    casualties: { dead: 0, injured: 0 },
    ...content,
    sos,
    level,
    climbedTo: level,
    state: "REPORTED",
    reportedAt: meta.occurred.earliest,
    commandIds: [meta.commandId],
    repeats: 0,
    seenBy: [],
    told: toldDesks(
      toldByLevel([], belongs, level, meta.at),
      [content.servesCourtId, content.hostCourtId],
      meta.at,
    ),
    conflicts: [],
    clocks: withClocks({}, started, meta),
  };
}

function climbOn(incident: Incident, event: ClockRaised, meta: EventMeta): Incident {
  return {
    ...incident,
    clocks: foldClockRaised(incident.clocks, event),
    told: toldByClock(incident, event.data, meta.at),
  };
}

function toldByClock(
  incident: Incident,
  { clock, level }: ClockRaised["data"],
  at: number,
): Incident["told"] {
  const { told, held, deadline, assist, tierPath } = incident;
  switch (clock) {
    case ACK_CLOCK:
      return toldByClimbing(told, incident, level, at);
    case HANDOVER_CLOCK:
      return toldDesks(told, [level === 1 ? held?.backToCourtId : tierPath[0]], at);
    case DEADLINE_CLOCK:
      return toldDesks(told, [deadline?.byCourtId], at);
    case ASSIST_CLOCK:
      return toldDesks(told, [assist?.byCourtId], at);
    default:
      return told;
  }
}

type Repeated = Extract<IncidentEvent, { type: "SosRepeated" }>["data"];

/** Besides the first: a stolen key that calls without end must not make the record grow without end. */
const LAST_IDS_KEPT = 63;

/** A fix is newer unless both say when they were taken and this one is the older. */
function repeated(
  { unverified, ...incident }: Incident,
  { commandId, place, battery, verified }: Repeated,
): Incident {
  const known = incident.place?.fixAt;
  const newer = place && !(known !== undefined && (place.fixAt ?? known) < known);
  const [first = commandId, ...later] = incident.commandIds;
  return {
    ...incident,
    ...(unverified && !verified ? { unverified } : {}),
    commandIds: [first, ...[...later, commandId].slice(-LAST_IDS_KEPT)],
    repeats: incident.repeats + 1,
    ...(newer ? { place } : {}),
    ...(battery === undefined ? {} : { battery }),
  };
}

/** Who acknowledged the call before has not acknowledged this one. */
function rungAnew(
  incident: Incident,
  { clocks, policeRequestId }: Repeated,
  meta: EventMeta,
): Incident {
  if (!clocks) return incident;
  const { acknowledged: _before, ...open } = incident;
  return {
    ...open,
    ...(policeRequestId ? { policeRequestId } : {}),
    // The clock begins at its first level; whoever saw the alarm by climbing goes on seeing it.
    climbedTo:
      climb(incident) === 2 ? higherLevel(incident.climbedTo, "MAJOR") : incident.climbedTo,
    clocks: withClocks(incident.clocks, clocks, meta),
  };
}

function seen(incident: Incident, { officerId, courtId }: Hand, at: number): Incident {
  if (incident.seenBy.some((each) => each.officerId === officerId)) return incident;
  return { ...incident, seenBy: [...incident.seenBy, { officerId, courtId, at }] };
}

/** The first owner stays; for a court that was handed it, or asked to help, it is the answer. */
function acknowledged(incident: Incident, hand: Hand, meta: EventMeta): Incident {
  const answered = assistAnswered(signed(incident, hand, meta), hand, meta);
  if (answered.acknowledged) return answered;
  const { officerId, courtId } = hand;
  return {
    ...answered,
    acknowledged: { officerId, courtId, at: meta.at },
    clocks: endClocks(answered.clocks, [ACK_CLOCK], meta.at),
  };
}

/** The record and its alarm stay; after the end it is one for the duty desk to look at. */
function cancelRequested(incident: Incident, reason: TextRef, meta: EventMeta): Incident {
  const conflict: Conflict = {
    commandId: meta.commandId,
    event: "IncidentCancelRequested",
    at: meta.at,
    occurredAt: meta.occurred.earliest,
    note: "AFTER_END",
  };
  return {
    ...incident,
    cancelRequested: { at: meta.at, reason },
    conflicts: isOpen(incident) ? incident.conflicts : withConflict(incident.conflicts, conflict),
  };
}

type LevelSet = Extract<IncidentEvent, { type: "IncidentLevelSet" }>["data"];

function levelSet(
  incident: Incident,
  { level, casualties, reason }: LevelSet,
  meta: EventMeta,
): Incident {
  return {
    ...incident,
    level,
    climbedTo: higherLevel(incident.climbedTo, level),
    casualties,
    ...(reason ? { levelReason: reason } : {}),
    told: toldByLevel(incident.told, incident, level, meta.at),
  };
}

/** Whoever acts on it has taken it: an SOS does not go on climbing while somebody responds. */
const taken = (
  incident: Incident,
  state: IncidentState,
  hand: Hand,
  meta: EventMeta,
): Incident => ({ ...acknowledged(incident, hand, meta), state });

function ended(
  incident: Incident,
  state: "RESOLVED" | "FALSE_ALARM",
  { reason, ...hand }: Hand & { readonly reason?: Incident["endReason"] },
  meta: EventMeta,
): Incident {
  const over = taken(incident, state, hand, meta);
  return {
    ...over,
    clocks: endClocks(over.clocks, [...HOLD_CLOCKS, ASSIST_CLOCK], meta.at),
    ...(reason ? { endReason: reason } : {}),
  };
}
