import { type Refusal, type RefusalText, refusal } from "../kernel/refusal.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import type { Relation } from "./relation.ts";
import { AUTHORITY, type Cell } from "./table.ts";

/**
 * Authority alone: may this actor do this to a record whose court stands so to his own? Law and
 * state are the guards' business. The client calls it with the same inputs as the server.
 */
export function can(
  actor: Actor,
  kind: string,
  relation: Relation,
  parts: Parts,
): Refusal | undefined {
  if (actor.kind === "system") return refusal("NOT_FOR_SYSTEM");
  const row = AUTHORITY[kind];
  if (!row) return refusal("NO_SUCH_ACTION", { params: { kind } });
  const cell = row[relation];
  if (!cell && actor.unitId !== undefined) return refusal("NOT_FOR_UNIT", { ruleId: "UNIT-4" });
  if (!cell) return refusal("WRONG_COURT", { params: { relation } });
  if (cell.inCourt && !parts[cell.inCourt]?.includes(actor.courtId)) {
    return refusal("WRONG_COURT", { params: { relation } });
  }
  if (cell.except?.some((part) => parts[part]?.includes(actor.officerId))) {
    return refusal("DIFFERENT_PERSON_REQUIRED");
  }
  return allowedBy(cell, actor, parts)
    ? undefined
    : refusal("ROLE_REQUIRED", { params: { roles: rolesNeeded(cell) } });
}

function allowedBy(cell: Cell, actor: Actor & { kind: "person" }, parts: Parts): boolean {
  if (cell.roles === "ANY") return true;
  if (cell.roles?.some((role) => actor.roles.includes(role))) return true;
  return cell.parts?.some((part) => parts[part]?.includes(actor.officerId)) ?? false;
}

const rolesNeeded = (cell: Cell): string =>
  [...(cell.roles === "ANY" ? [] : (cell.roles ?? [])), ...(cell.parts ?? [])].join(",");

export const AUTHORITY_REFUSALS: Readonly<Record<string, RefusalText>> = {
  NOT_FOR_SYSTEM: {
    what: { zh: "系统不得执行此操作", en: "The system itself may not do this" },
    fix: { zh: "须由有权人员操作", en: "A person with the right must do it" },
  },
  NO_SUCH_ACTION: {
    what: { zh: "没有此操作：{kind}", en: "There is no action {kind}" },
    fix: { zh: "请更新客户端", en: "Update the client" },
  },
  WRONG_COURT: {
    what: { zh: "本院对该记录无此权限", en: "Your court has no such power over this record" },
    fix: { zh: "请由有权法院办理", en: "Ask the court that has it" },
  },
  NOT_FOR_UNIT: {
    what: {
      zh: "联动单位只能答复发给本单位的请求",
      en: "A linked unit only answers the requests addressed to it",
    },
    fix: { zh: "请与发出请求的法院联系", en: "Speak to the court that sent the request" },
  },
  DIFFERENT_PERSON_REQUIRED: {
    what: { zh: "提请人不得自行批准", en: "Whoever proposed may not approve" },
    fix: { zh: "请由另一名有权人员批准", en: "Another person with the right must approve" },
  },
  ROLE_REQUIRED: {
    what: { zh: "您的职务无此权限", en: "Your role has no such right" },
    fix: { zh: "需要：{roles}", en: "Needed: {roles}" },
  },
};
