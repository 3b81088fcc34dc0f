import { seatOf } from "../authority/audience.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { EntityModule } from "../kernel/module.ts";
import type { Ref } from "../kernel/ref.ts";
import type { Bilingual } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { officerAudiences } from "./audiences.ts";
import { OFFICER_COMMANDS, OFFICER_REFUSALS } from "./commands.ts";
import { OFFICER_EVENT_TYPES, type OfficerEvent } from "./events.ts";
import { evolveOfficer } from "./evolve.ts";
import { actsLentIn } from "./lent.ts";
import { projectOfficer } from "./project.ts";
import { rolesOf } from "./roles-of.ts";
import type { Duty } from "./state.ts";

const DUTY_LINES: Readonly<Record<Duty, Bilingual>> = {
  OFF_DUTY: { zh: "人员休班", en: "Officer off duty" },
  ON_DUTY: { zh: "人员在岗", en: "Officer on duty" },
  STANDBY: { zh: "人员备勤", en: "Officer on standby" },
  DEPLOYED: { zh: "人员出勤", en: "Officer deployed" },
};

function line(raw: DomainEvent): Bilingual | undefined {
  const event = raw as OfficerEvent;
  if (event.type === "OfficerLent") return { zh: "奉令调往他院", en: "Ordered to another court" };
  if (event.type === "OfficerOrderedHome") return { zh: "奉令归建", en: "Ordered home" };
  return event.type === "DutySet" ? DUTY_LINES[event.data.duty] : undefined;
}

const operationsUnder = (link: string, state: StateReader): readonly Ref[] =>
  state.linked("operation", link).map(({ id }) => ({ type: "operation", id }));

export const officerModule: EntityModule<"officer"> = {
  type: "officer",
  eventTypes: OFFICER_EVENT_TYPES,
  commands: OFFICER_COMMANDS,
  refusals: OFFICER_REFUSALS,
  evolve: evolveOfficer,
  standing: (officer) => `${officer.disabled}|${rolesOf(officer).join(",")}`,
  parts: (officer) => ({ self: [officer.id] }),
  links: (officer) => [
    `court:${officer.courtId}`,
    ...(officer.teamId ? [`team:${officer.teamId}`] : []),
    ...(officer.unitId ? [`unit:${officer.unitId}`] : []),
    ...(officer.lent?.operationId ? [`operation:${officer.lent.operationId}`] : []),
  ],
  live: () => true,
  dependents: (before, after, state) => [
    ...(after.teamId && before?.teamId !== after.teamId
      ? [{ type: "team" as const, id: after.teamId }]
      : []),
    ...(before && rolesOf(before).join() !== rolesOf(after).join()
      ? operationsUnder(`named:${after.id}`, state)
      : []),
    ...(before && before.lent !== after.lent ? actsLentIn(after.id, state) : []),
  ],
  deadlines: () => [],
  audiences: officerAudiences,
  project: projectOfficer,
  line: (event, _officer, audience) => (seatOf(audience) === "console" ? line(event) : undefined),
};
