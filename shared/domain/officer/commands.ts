import type { Role } from "../authority/roles.ts";
import { belongsTo } from "../court/belongs.ts";
import { type CommandSpecs, command, type DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import { accept, type Decision, type RefusalText, refusal, refuse } from "../kernel/refusal.ts";
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
  if (content.teamId !== undefined && state.get("team", content.teamId)?.courtId !== courtId) {
    return refuse("NO_SUCH_TEAM", { ruleId: "REG-4" });
  }
  return about(id, "OfficerRegistered", {
    belongs: belongsTo(state, courtId),
    trackIndex: state.count("officer"),
    ...content,
  });
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
