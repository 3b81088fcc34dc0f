import { type Audience, standingOf } from "../authority/audience.ts";
import type { Parts } from "../authority/parts.ts";
import { desksOf } from "../hold/desks.ts";
import { holderOf } from "../hold/holder.ts";
import { type ClockRaised, clockDeadlines } from "../kernel/clock.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { EntityModule } from "../kernel/module.ts";
import { openLinks } from "../kernel/open-at.ts";
import type { Bilingual } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { clockRule } from "../rules/clock-rules.ts";
import { POLICE_COMMANDS } from "./commands.ts";
import { POLICE_EVENT_TYPES, type PoliceEvent } from "./events.ts";
import { evolvePolice } from "./evolve.ts";
import { holdsPerson, isEnded } from "./lifecycle.ts";
import { POLICE_EVENT_NAMES, POLICE_STATE_NAMES } from "./notes.ts";
import { policeAudiences, projectPolice } from "./project.ts";
import { POLICE_REFUSALS } from "./refusals.ts";
import type { PoliceRequest } from "./state.ts";

/** Keys of the secondary index: what the request belongs to. */
function links(request: PoliceRequest): readonly string[] {
  const { operationId, detentionId, incidentId, unitId } = request;
  return [
    ...openLinks(!isEnded(request), desksOf(request)),
    ...(operationId ? [`operation:${operationId}`] : []),
    ...(detentionId ? [`detention:${detentionId}`] : []),
    ...(incidentId ? [`incident:${incidentId}`] : []),
    ...(unitId ? [`unit:${unitId}`] : []),
  ];
}

/** Courts that hold it or are asked to sign, for the cells that ask for one of them. */
function parts(request: PoliceRequest, state: StateReader): Parts {
  const { held } = request;
  return {
    sender: [request.sentBy],
    holderCourt: [holderOf(request, state).courtId],
    ...(held ? { handedCourt: [held.courtId] } : {}),
  };
}

function line(raw: DomainEvent, request: PoliceRequest, audience: Audience): Bilingual | undefined {
  // What went before at another unit or within the court is not the asked unit's to read.
  if (standingOf(audience) === "unit") return undefined;
  const event = raw as PoliceEvent | ClockRaised;
  switch (event.type) {
    case "ClockRaised": {
      const ruleId = request.clocks[event.data.clock]?.ruleId;
      if (!ruleId) return undefined;
      return clockRule(ruleId).levels.find((l) => l.level === event.data.level)?.say;
    }
    case "PoliceAnswered":
    case "PoliceResponded":
      return POLICE_STATE_NAMES[event.data.state];
    default:
      return POLICE_EVENT_NAMES[event.type];
  }
}

export const policeModule: EntityModule<"police"> = {
  type: "police",
  eventTypes: POLICE_EVENT_TYPES,
  commands: POLICE_COMMANDS,
  refusals: POLICE_REFUSALS,
  evolve: evolvePolice,
  standing: (request) =>
    [
      request.state,
      request.unitId ?? "",
      request.takenBy?.officerId ?? "",
      request.held?.courtId ?? "",
      request.held?.officerId ?? "",
    ].join("|"),
  parts,
  links,
  live: (request) => !isEnded(request) || holdsPerson(request),
  dependents: () => [],
  deadlines: (request) => clockDeadlines({ type: "police", id: request.id }, request.clocks),
  audiences: policeAudiences,
  project: projectPolice,
  line,
};
