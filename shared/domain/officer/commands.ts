import type { Role } from "../authority/roles.ts";
import { belongsTo } from "../court/belongs.ts";
import { type CommandSpecs, command, type DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import {
  accept,
  type Decision,
  type Refusal,
  type RefusalText,
  refusal,
  refuse,
} from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import type { OfficerEvent } from "./events.ts";
import { rolesOf } from "./roles-of.ts";
import type { Duty, Officer } from "./state.ts";

interface RegisterOfficer {
  readonly courtId: string;
  readonly name: string;
  readonly title: string;
  readonly badgeNo: string;
  readonly execCertNo?: string;
  readonly gender: "M" | "F";
  readonly teamId?: string;
  readonly unitId?: string;
}

const about = <T extends OfficerEvent["type"]>(
  id: string,
  type: T,
  data: Extract<OfficerEvent, { type: T }>["data"],
) => accept<DomainEvent>({ type, ref: { type: "officer", id }, data });

function register({
  id,
  payload,
  state,
}: DecideInput<Officer, RegisterOfficer>): Decision<DomainEvent> {
  const { courtId, ...content } = payload;
  if (!state.get("court", courtId)) return refuse("NO_SUCH_COURT");
  // Else whoever holds the account of that seat would be this officer.
  if (state.get("observer", id)) return refuse("ALREADY_EXISTS", { ruleId: "OBS-9" });
  if (content.teamId !== undefined && state.get("team", content.teamId)?.courtId !== courtId) {
    return refuse("NO_SUCH_TEAM", { ruleId: "REG-4" });
  }
  const wrong = unitRefusal(payload, state);
  if (wrong) return { ok: false, refusal: wrong };
  return about(id, "OfficerRegistered", {
    belongs: belongsTo(state, courtId),
    trackIndex: state.count("officer"),
    ...content,
  });
}

/** A person of a unit is registered by the unit's own court and is of no team. */
function unitRefusal(
  { courtId, teamId, unitId }: RegisterOfficer,
  state: StateReader,
): Refusal | undefined {
  if (unitId === undefined) return undefined;
  if (state.get("unit", unitId)?.courtId !== courtId) {
    return refusal("NOT_A_UNIT_OF_THE_COURT", { ruleId: "UNIT-1" });
  }
  return teamId === undefined ? undefined : refusal("UNIT_PERSON_IN_TEAM", { ruleId: "UNIT-1" });
}

/** A grant by the only security administrator there is, which a second one has to look at. */
function aloneInOffice(state: StateReader, officerId: string): boolean {
  for (const other of state.all("officer")) {
    if (other.id !== officerId && !other.disabled && rolesOf(other).includes("SECURITY_ADMIN")) {
      return false;
    }
  }
  return true;
}

interface GrantRole {
  readonly role: Role;
  readonly bootstrap?: boolean;
}

function grant({
  id,
  entity,
  payload,
  actor,
  state,
}: DecideInput<Officer, GrantRole>): Decision<DomainEvent> {
  if (entity && rolesOf(entity).includes(payload.role)) {
    return refuse("ROLE_HELD", { ruleId: "REG-6", params: { roles: payload.role } });
  }
  if (entity && (payload.role === "LIAISON_USER") !== (entity.unitId !== undefined)) {
    return refuse("ROLE_OF_OTHER_PEOPLE", { ruleId: "UNIT-2", params: { roles: payload.role } });
  }
  const bootstrap =
    actor.kind === "person" ? aloneInOffice(state, actor.officerId) : (payload.bootstrap ?? false);
  return about(id, "RoleGranted", { role: payload.role, bootstrap });
}

function revokeGrant({
  id,
  entity,
  payload,
}: DecideInput<Officer, { readonly role: Role }>): Decision<DomainEvent> {
  if (!entity || !rolesOf(entity).includes(payload.role)) {
    return refuse("ROLE_NOT_HELD", { ruleId: "REG-6", params: { roles: payload.role } });
  }
  return about(id, "RoleRevoked", { role: payload.role });
}

export const OFFICER_COMMANDS: CommandSpecs<Officer> = {
  "officer.register": command<Officer, RegisterOfficer>({
    nature: "REQUEST",
    target: "NEW",
    bySystem: true,
    courtOf: (payload) => payload.courtId,
    decide: register,
  }),
  "officer.grant": command<Officer, GrantRole>({
    nature: "REQUEST",
    target: "EXISTING",
    bySystem: true,
    decide: grant,
  }),
  "officer.revokeGrant": command<Officer, { readonly role: Role }>({
    nature: "REQUEST",
    target: "EXISTING",
    decide: revokeGrant,
  }),
  "officer.disable": command<Officer, Record<string, never>>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: (officer) => (officer.disabled ? refusal("ACCOUNT_DISABLED") : undefined),
    decide: ({ id }) => about(id, "OfficerDisabled", {}),
  }),
  "officer.enable": command<Officer, Record<string, never>>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: (officer) => (officer.disabled ? undefined : refusal("ACCOUNT_ENABLED")),
    decide: ({ id }) => about(id, "OfficerEnabled", {}),
  }),
  "officer.revokeSession": command<Officer, { readonly sessionId: string }>({
    nature: "REQUEST",
    target: "EXISTING",
    decide: ({ id, payload }) => about(id, "SessionRevoked", { sessionId: payload.sessionId }),
  }),
  "officer.setDuty": command<Officer, { readonly duty: Duty }>({
    nature: "FACT",
    target: "EXISTING",
    decide: ({ id, payload }) => about(id, "DutySet", { duty: payload.duty }),
  }),
};

export const OFFICER_REFUSALS: Readonly<Record<string, RefusalText>> = {
  NO_SUCH_OFFICER: {
    what: { zh: "没有此人员", en: "There is no such officer" },
    fix: { zh: "请先登记该人员", en: "Register that officer first" },
  },
  NO_SUCH_TEAM: {
    what: { zh: "本院没有此团队", en: "The court has no such team" },
    fix: { zh: "请先登记团队，或选择本院团队", en: "Register the team first, or choose another" },
  },
  NOT_A_UNIT_OF_THE_COURT: {
    what: { zh: "该联动单位不是本院登记的", en: "The court has registered no such unit" },
    fix: {
      zh: "联络员由登记该单位的法院登记",
      en: "The court that registered the unit registers its people",
    },
  },
  UNIT_PERSON_IN_TEAM: {
    what: { zh: "联动单位人员不编入执行团队", en: "A person of a linked unit is of no team" },
    fix: { zh: "请去掉团队", en: "Leave the team out" },
  },
  ROLE_OF_OTHER_PEOPLE: {
    what: {
      zh: "{roles}：联动单位人员只能任联动单位联络员，法院人员不得任",
      en: "{roles}: people of a linked unit are liaison officers only, people of a court never",
    },
    fix: { zh: "请选择其他职务或人员", en: "Choose another role or another person" },
  },
  ROLE_HELD: {
    what: { zh: "该人员已有此职务：{roles}", en: "The officer holds this role already: {roles}" },
    fix: { zh: "无需重复授予", en: "Nothing to grant" },
  },
  ROLE_NOT_HELD: {
    what: { zh: "该人员没有此职务：{roles}", en: "The officer does not hold this role: {roles}" },
    fix: { zh: "请核对现有职务", en: "Check the roles held now" },
  },
  ACCOUNT_DISABLED: {
    what: { zh: "账号已停用", en: "The account is disabled already" },
    fix: { zh: "无需重复停用", en: "Nothing to disable" },
  },
  ACCOUNT_ENABLED: {
    what: { zh: "账号未停用", en: "The account is not disabled" },
    fix: { zh: "无需启用", en: "Nothing to enable" },
  },
};
