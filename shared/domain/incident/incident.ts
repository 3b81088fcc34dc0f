import {
  type AudienceEntry,
  courtViews,
  fieldViews,
  seatOf,
  tierViews,
  uniqueViews,
} from "../authority/audience.ts";
import type { Parts } from "../authority/parts.ts";
import { desksOf } from "../hold/desks.ts";
import { holderOf } from "../hold/holder.ts";
import { clockDeadlines } from "../kernel/clock.ts";
import type { EntityModule } from "../kernel/module.ts";
import { openLinks } from "../kernel/open-at.ts";
import type { Ref } from "../kernel/ref.ts";
import type { StateReader } from "../kernel/state.ts";
import { rosterOf } from "../operation/roster.ts";
import { liveAssist } from "./assist.ts";
import { climb } from "./climb.ts";
import { INCIDENT_COMMANDS } from "./commands.ts";
import { INCIDENT_EVENT_TYPES } from "./events.ts";
import { evolveIncident } from "./evolve.ts";
import { isOpen } from "./level.ts";
import { incidentLine } from "./lines.ts";
import { projectIncident } from "./project.ts";
import { INCIDENT_REFUSALS } from "./refusals.ts";
import type { Incident } from "./state.ts";

/**
 * As high as it has climbed, in full the court that its reporter was lent to, the host court, the
 * courts that hold it or help, the reporter, the members of its operation and the officers who were
 * named to help.
 */
function audiences(incident: Incident, state: StateReader): readonly AudienceEntry[] {
  const operation = state.get("operation", incident.operationId ?? "");
  const detention = state.get("detention", incident.detentionId ?? "");
  const assist = liveAssist(incident);
  const hosts = [
    incident.hostCourtId,
    operation?.hostCourtId,
    detention?.hostCourtId,
    incident.held?.courtId,
    assist?.courtId,
  ];
  return uniqueViews([
    ...tierViews(state, incident.courtId, climb(incident)),
    ...(incident.servesCourtId ? courtViews(incident.servesCourtId, "own") : []),
    ...hosts.flatMap((host) => (host ? courtViews(host, "host") : [])),
    ...fieldViews([incident.reporterId, ...(operation ? rosterOf(operation) : [])]),
    ...(assist?.officerIds ?? []).map(
      (id): AudienceEntry => ({ view: `field:${id}`, audience: "host.field" }),
    ),
  ]);
}

/** State, and the courts that may act on it. */
const standing = ({ state, held, assist }: Incident): string =>
  [
    state,
    held?.courtId ?? "",
    held?.officerId ?? "",
    assist?.courtId ?? "",
    assist?.state ?? "",
  ].join("|");

/** Courts by what they are to it, for the cells that ask for one of them. */
function parts(incident: Incident, state: StateReader): Parts {
  const assist = liveAssist(incident);
  const { held } = incident;
  return {
    reporter: [incident.reporterId],
    holderCourt: [holderOf(incident, state).courtId],
    ...(held ? { handedCourt: [held.courtId] } : {}),
    ...(assist ? { assistCourt: [assist.courtId] } : {}),
  };
}

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

export const incidentModule: EntityModule<"incident"> = {
  type: "incident",
  eventTypes: INCIDENT_EVENT_TYPES,
  commands: INCIDENT_COMMANDS,
  refusals: INCIDENT_REFUSALS,
  evolve: evolveIncident,
  standing,
  parts,
  links: (incident) => [
    ...openLinks(isOpen(incident), desksOf(incident)),
    `officer:${incident.reporterId}`,
    ...(incident.operationId ? [`operation:${incident.operationId}`] : []),
    ...(incident.detentionId ? [`detention:${incident.detentionId}`] : []),
  ],
  live: isOpen,
  dependents,
  deadlines: (incident) => clockDeadlines({ type: "incident", id: incident.id }, incident.clocks),
  audiences,
  project: projectIncident,
  line: (event, incident, audience) =>
    seatOf(audience) === "field" ? undefined : incidentLine(event, incident),
};
