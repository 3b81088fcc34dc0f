import {
  type AudienceEntry,
  courtViews,
  fieldViews,
  seatOf,
  tierViews,
  uniqueViews,
} from "../authority/audience.ts";
import { clockDeadlines } from "../kernel/clock.ts";
import type { EntityModule } from "../kernel/module.ts";
import type { Ref } from "../kernel/ref.ts";
import type { Bilingual } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { rosterOf } from "../operation/roster.ts";
import { climb } from "./climb.ts";
import { INCIDENT_COMMANDS } from "./commands.ts";
import { INCIDENT_EVENT_TYPES, type IncidentEvent } from "./events.ts";
import { evolveIncident } from "./evolve.ts";
import { isOpen } from "./level.ts";
import { projectIncident } from "./project.ts";
import { INCIDENT_REFUSALS } from "./refusals.ts";
import type { Incident } from "./state.ts";

/** As high as it has climbed, the host court, the reporter and the members of its operation. */
function audiences(incident: Incident, state: StateReader): readonly AudienceEntry[] {
  const operation = state.get("operation", incident.operationId ?? "");
  const detention = state.get("detention", incident.detentionId ?? "");
  const hosts = [incident.hostCourtId, operation?.hostCourtId, detention?.hostCourtId];
  return uniqueViews([
    ...tierViews(state, incident.courtId, climb(incident)),
    ...hosts.flatMap((host) => (host ? courtViews(host, "host") : [])),
    ...fieldViews([incident.reporterId, ...(operation ? rosterOf(operation) : [])]),
  ]);
}

const standing = (incident: Incident): string => incident.state;

/** Its operation may not close over it; its police request and its reporter are seen through it. */
function dependents(before: Incident | undefined, after: Incident): readonly Ref[] {
  const same = before && standing(before) === standing(after) && before.level === after.level;
  if (same) return [];
  return [
    { type: "officer", id: after.reporterId },
    ...(after.operationId ? [{ type: "operation", id: after.operationId } as const] : []),
    ...(after.policeRequestId ? [{ type: "police", id: after.policeRequestId } as const] : []),
  ];
}

const LINES: Readonly<Record<IncidentEvent["type"] | "ClockRaised", Bilingual>> = {
  SosRaised: { zh: "紧急求助", en: "SOS" },
  SosRepeated: { zh: "再次求助", en: "SOS repeated" },
  IncidentReported: { zh: "突发事件上报", en: "Incident reported" },
  IncidentSeen: { zh: "值班室已看到", en: "Seen by a desk" },
  IncidentAcknowledged: { zh: "突发事件已签收", en: "Incident acknowledged" },
  IncidentCancelRequested: { zh: "求助人申请撤销", en: "Sender asks to cancel" },
  IncidentLevelSet: { zh: "突发事件等级调整", en: "Incident level changed" },
  IncidentConfirmed: { zh: "突发事件核实", en: "Incident confirmed" },
  IncidentResponding: { zh: "突发事件处置中", en: "Incident responding" },
  IncidentControlled: { zh: "突发事件受控", en: "Incident controlled" },
  IncidentResolved: { zh: "突发事件平息", en: "Incident resolved" },
  IncidentFalseAlarm: { zh: "确认为误报", en: "False alarm" },
  ClockRaised: { zh: "求助未签收，升级", en: "SOS not acknowledged, climbing" },
};

export const incidentModule: EntityModule<"incident"> = {
  type: "incident",
  eventTypes: INCIDENT_EVENT_TYPES,
  commands: INCIDENT_COMMANDS,
  refusals: INCIDENT_REFUSALS,
  evolve: evolveIncident,
  standing,
  parts: (incident) => ({ reporter: [incident.reporterId] }),
  links: (incident) => [
    `officer:${incident.reporterId}`,
    ...(incident.operationId ? [`operation:${incident.operationId}`] : []),
    ...(incident.detentionId ? [`detention:${incident.detentionId}`] : []),
  ],
  live: isOpen,
  dependents,
  deadlines: (incident) => clockDeadlines({ type: "incident", id: incident.id }, incident.clocks),
  audiences,
  project: projectIncident,
  line: (event, _incident, audience) =>
    seatOf(audience) === "field" ? undefined : LINES[event.type as keyof typeof LINES],
};
