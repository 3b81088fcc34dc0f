import type { Actor } from "./authority/actor.ts";
import { can } from "./authority/can.ts";
import { isLentMember } from "./authority/parts.ts";
import {
  hostSeenFrom,
  type Related,
  type Relation,
  relationOf,
  unitRelation,
} from "./authority/relation.ts";
import type { Command, CommandSpec, DecideContext } from "./kernel/command.ts";
import type { DomainEvent } from "./kernel/event.ts";
import type { RecordBase } from "./kernel/record.ts";
import { type Decision, type RefusalText, refuse } from "./kernel/refusal.ts";
import { getRef, type StateReader } from "./kernel/state.ts";
import { commandEntry, moduleOf } from "./modules.ts";
import { decideRaiseClock, RAISE_CLOCK } from "./raise-clock.ts";

/**
 * The whole decision on one command: target, authority, staleness, law, events. Pure: time comes
 * in the context. Facts pass staleness and guards untouched; only authority can refuse them.
 */
export function decide(
  state: StateReader,
  cmd: Command,
  ctx: DecideContext,
): Decision<DomainEvent> {
  if (cmd.kind === RAISE_CLOCK) return decideRaiseClock(state, cmd, ctx);
  const entry = commandEntry(cmd.kind);
  if (!entry || entry.type !== cmd.ref.type)
    return refuse("UNKNOWN_COMMAND", { params: { kind: cmd.kind } });
  const { spec } = entry;
  const record = getRef(state, cmd.ref);
  const wrong =
    targetRefusal(spec, record) ??
    // Who has no say in a record does not learn from a refusal how far it has come.
    authorityRefusal(state, cmd, spec, record, ctx.actor) ??
    staleRefusal(spec, record, cmd);
  if (wrong) return wrong;
  if (spec.nature !== "FACT" && record) {
    const law = spec.guard?.(record, state, courtOf(ctx.actor));
    if (law && holds(law, ctx.now)) return { ok: false, refusal: law };
  }
  const input = {
    actor: ctx.actor,
    now: ctx.now,
    occurred: ctx.occurred,
    commandId: cmd.id,
    id: cmd.ref.id,
    entity: record,
    payload: cmd.payload as never,
    state,
  };
  return spec.decide(cmd.unverified ? { ...input, unverified: true } : input);
}

const courtOf = (actor: Actor): string | undefined =>
  actor.kind === "person" ? actor.courtId : undefined;

const holds = (law: { from?: number; until?: number }, now: number): boolean =>
  (law.from === undefined || now >= law.from) && (law.until === undefined || now < law.until);

type Spec = CommandSpec<RecordBase, never>;

function targetRefusal(spec: Spec, record: RecordBase | undefined) {
  if (spec.target === "NEW" && record) return refuse("ALREADY_EXISTS");
  if (spec.target === "EXISTING" && !record) return refuse("NO_SUCH_RECORD");
  return undefined;
}

function staleRefusal(spec: Spec, record: RecordBase | undefined, cmd: Command) {
  if (spec.nature !== "REQUEST" || !record || cmd.rev === undefined) return undefined;
  return cmd.rev < record.stateRev ? refuse("STALE", { params: { rev: record.rev } }) : undefined;
}

function authorityRefusal(
  state: StateReader,
  cmd: Command,
  spec: Spec,
  record: RecordBase | undefined,
  actor: Actor,
) {
  if (spec.nature === "SYSTEM") return actor.kind === "system" ? undefined : refuse("ONLY_SYSTEM");
  if (actor.kind === "system") return spec.bySystem ? undefined : refuse("NOT_FOR_SYSTEM");
  if (spec.byAnybody && actor.unitId === undefined) return undefined;
  const parts = record ? moduleOf(cmd.ref.type).parts(record as never, state) : {};
  const relation = isLentMember(parts, actor.officerId)
    ? "own"
    : relationTo(state, cmd, spec, record, actor);
  const no = can(actor, cmd.kind, relation, parts);
  return no ? ({ ok: false, refusal: no } as const) : undefined;
}

function relationTo(
  state: StateReader,
  cmd: Command,
  spec: Spec,
  record: RecordBase | undefined,
  actor: Actor & { kind: "person" },
): Relation {
  const related = record as Related | undefined;
  if (actor.unitId !== undefined)
    return unitRelation(actor.unitId, related, spec.nature === "FACT" ? cmd.knownSeq : 0);
  const courtId = related?.courtId ?? spec.courtOf?.(cmd.payload as never, state) ?? actor.courtId;
  if (courtId === actor.courtId) return "own";
  const hostCourtId = hostSeenFrom(actor.courtId, related);
  return relationOf(actor.courtId, { courtId, hostCourtId }, state);
}

export const DECIDE_REFUSALS: Readonly<Record<string, RefusalText>> = {
  UNKNOWN_COMMAND: {
    what: { zh: "不认识的指令：{kind}", en: "Unknown command {kind}" },
    fix: { zh: "请更新客户端", en: "Update the client" },
  },
  ALREADY_EXISTS: {
    what: { zh: "同编号的记录已存在", en: "A record with this id exists already" },
    fix: { zh: "请刷新后查看该记录", en: "Look at that record" },
  },
  NO_SUCH_RECORD: {
    what: { zh: "没有此记录", en: "There is no such record" },
    fix: { zh: "请刷新后重试", en: "Refresh and try again" },
  },
  STALE: {
    what: { zh: "记录已变化，您看到的不是最新状态", en: "The record has changed since you saw it" },
    fix: { zh: "请核对最新状态后重新操作", en: "Check its present state and decide again" },
  },
  MALFORMED: {
    what: {
      zh: "内容无法识别：{field}（{problem}）",
      en: "The content cannot be read: {field} ({problem})",
    },
    fix: { zh: "请改正该项后重新提交", en: "Correct this field and send again" },
  },
  ID_REUSED: {
    what: { zh: "同一编号的操作已用于其他内容", en: "This command id was used for something else" },
    fix: {
      zh: "请重新操作，已记入安全日志",
      en: "Make the command anew; this was recorded as a security event",
    },
  },
  CANNOT_FOLD: {
    what: {
      zh: "该操作与记录不符，未入库",
      en: "The command does not fit the record and was not stored",
    },
    fix: {
      zh: "请刷新后重试；仍失败请联系技术人员",
      en: "Refresh and try again; if it fails again, call your technician",
    },
  },
  CLOCK_NOT_DUE: {
    what: { zh: "该时钟未到此级", en: "The clock has not reached this level" },
    fix: { zh: "无需人工操作", en: "Nothing to do by hand" },
  },
  ONLY_SYSTEM: {
    what: { zh: "此操作仅由系统执行", en: "Only the system does this" },
    fix: { zh: "无需人工操作", en: "Nothing to do by hand" },
  },
};
