import { type ClockRaised, endClocks, foldClockRaised, withClocks } from "../kernel/clock.ts";
import type { Conflict } from "../kernel/conflict.ts";
import type { DomainEvent, EventMeta } from "../kernel/event.ts";
import { newRecord } from "../kernel/new-record.ts";
import type { TextRef } from "../kernel/record.ts";
import { ACK_CLOCK, climb, toldByClimbing, toldByLevel, toldHost } from "./climb.ts";
import type { Hand, IncidentEvent } from "./events.ts";
import { higherLevel, isOpen } from "./level.ts";
import type { Incident, IncidentState } from "./state.ts";

type Opening = Extract<IncidentEvent, { type: "SosRaised" | "IncidentReported" }>;

type Later = Exclude<IncidentEvent, Opening> | ClockRaised;

export function evolveIncident(
  incident: Incident | undefined,
  raw: DomainEvent,
  meta: EventMeta,
): Incident {
  const event = raw as IncidentEvent | ClockRaised;
  if (event.type === "SosRaised" || event.type === "IncidentReported") return open(event, meta);
  if (!incident) throw new Error(`${event.type} before SosRaised or IncidentReported`);
  return changed(incident, event, meta);
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
    told: toldHost(toldByLevel([], belongs, level, meta.at), content.hostCourtId, meta.at),
    conflicts: [],
    clocks: withClocks({}, started, meta),
  };
}

function climbOn(incident: Incident, event: ClockRaised, meta: EventMeta): Incident {
  return {
    ...incident,
    clocks: foldClockRaised(incident.clocks, event),
    told: toldByClimbing(incident.told, incident, event.data.level, meta.at),
  };
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

/** The first owner stays. */
function acknowledged(incident: Incident, { officerId, courtId }: Hand, meta: EventMeta): Incident {
  if (incident.acknowledged) return incident;
  return {
    ...incident,
    acknowledged: { officerId, courtId, at: meta.at },
    clocks: endClocks(incident.clocks, [ACK_CLOCK], meta.at),
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
    conflicts: isOpen(incident) ? incident.conflicts : [...incident.conflicts, conflict],
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
  return { ...taken(incident, state, hand, meta), ...(reason ? { endReason: reason } : {}) };
}
