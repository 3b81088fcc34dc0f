import {
  type AudienceEntry,
  courtViews,
  fieldViews,
  type Standing,
  seatOf,
  standingOf,
  tierViews,
  uniqueViews,
} from "../authority/audience.ts";
import { tierPathOf } from "../authority/relation.ts";
import { clockDeadlines, type RunningClock } from "../kernel/clock.ts";
import type { EntityModule } from "../kernel/module.ts";
import { openLinks } from "../kernel/open-at.ts";
import type { Bilingual } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { clockRule } from "../rules/clock-rules.ts";
import { DELEGATION_COMMANDS } from "./commands.ts";
import { DELEGATION_EVENT_TYPES, type DelegationEvent, delegationEvent } from "./events.ts";
import { evolveDelegation } from "./evolve.ts";
import { projectDelegation } from "./project.ts";
import { DELEGATION_REFUSALS } from "./refusals.ts";
import type { Delegation } from "./state.ts";
import { awaitsPapers, isEnded, isOutside, turn } from "./turn.ts";

/**
 * The own court always; from the first sending those above it; the entrusted court, with those
 * between it and the common superior, whenever the delegation is outside. No other court, no wall.
 */
function audiences(delegation: Delegation, state: StateReader): readonly AudienceEntry[] {
  const { courtId, toCourtId, assigneeId, sentAt, proposedBy } = delegation;
  const own = tierViews(state, courtId, sentAt === undefined ? 0 : 2);
  const outside = isOutside(delegation) ? [toCourtId] : [];
  const path = tierPathOf(state, toCourtId);
  const between = path.slice(path.indexOf(delegation.superiorCourtId) + 1, -1);
  const consoles = [
    ...own,
    ...outside.flatMap((each) => courtViews(each, "entrusted")),
    ...outside.flatMap(() => between.flatMap((each) => courtViews(each, "copied"))),
  ].filter((entry) => seatOf(entry.audience) === "console");
  const assignee: AudienceEntry[] =
    assigneeId && outside.length > 0
      ? [{ view: `field:${assigneeId}`, audience: "entrusted.field" }]
      : [];
  return uniqueViews([...consoles, ...fieldViews([proposedBy]), ...assignee]);
}

/** An overrun limit is put before the common superior, by an event of its own. */
function raised(delegation: Delegation, { name, ruleId }: RunningClock, level: number) {
  const step = clockRule(ruleId).levels.find((each) => each.level === level);
  if (step?.severity !== "ALARM") return [];
  const told = { clock: name, toldCourtId: delegation.superiorCourtId };
  return [delegationEvent(delegation.id, "DelegationOverdue", told)];
}

const LINES: Readonly<Record<DelegationEvent["type"] | "ClockRaised", Bilingual | undefined>> = {
  DelegationDrafted: { zh: "草拟委托", en: "Delegation drafted" },
  DelegationRevised: { zh: "修改委托", en: "Delegation revised" },
  DelegationSubmitted: { zh: "提交指挥中心审核", en: "Submitted to the own centre" },
  DelegationSentBack: { zh: "指挥中心退回修改", en: "Given back by the own centre" },
  DelegationSent: { zh: "发出委托", en: "Delegation sent" },
  DelegationAccepted: { zh: "接收委托", en: "Delegation accepted" },
  DelegationPapersAsked: { zh: "要求补充材料", en: "Missing papers asked for" },
  DelegationPapersCompleted: { zh: "材料补齐", en: "Papers completed" },
  DelegationReturned: { zh: "退回委托", en: "Delegation returned" },
  DelegationAssigned: { zh: "分办", en: "Assigned" },
  DelegationStarted: { zh: "开始办理", en: "Started" },
  DelegationProgressed: { zh: "函告进展", en: "Progress reported" },
  DelegationFedBack: { zh: "反馈结果", en: "Result fed back" },
  DelegationConfirmed: { zh: "确认办结", en: "Confirmed" },
  DelegationRedoAsked: { zh: "要求补办", en: "To be done again" },
  DelegationWithdrawn: { zh: "撤回委托", en: "Delegation withdrawn" },
  DelegationDirected: { zh: "共同上级法院指令", en: "Order of the common superior" },
  DelegationOverdue: { zh: "逾期，已报共同上级法院", en: "Overdue, the common superior was told" },
  ClockRaised: undefined,
};

/** What happened before it was sent is the delegating court's own business. */
const INSIDE: ReadonlySet<string> = new Set([
  "DelegationDrafted",
  "DelegationRevised",
  "DelegationSubmitted",
  "DelegationSentBack",
]);

const BESIDE: ReadonlySet<Standing> = new Set(["entrusted", "copied"]);

export const delegationModule: EntityModule<"delegation"> = {
  type: "delegation",
  eventTypes: DELEGATION_EVENT_TYPES,
  commands: DELEGATION_COMMANDS,
  refusals: DELEGATION_REFUSALS,
  evolve: evolveDelegation,
  standing: (each) => [each.state, awaitsPapers(each), each.assigneeId ?? ""].join("|"),
  parts: (each) => ({
    proposer: [each.proposedBy],
    superiorCourt: [each.superiorCourtId],
    ...(isOutside(each) ? { recipientCourt: [each.toCourtId] } : {}),
    ...(each.assigneeId ? { assignee: [each.assigneeId] } : {}),
  }),
  links: (each) => openLinks(true, [turn(each)]),
  live: (each) => !isEnded(each),
  dependents: () => [],
  deadlines: (each) => clockDeadlines({ type: "delegation", id: each.id }, each.clocks),
  raised,
  audiences,
  project: projectDelegation,
  line: (event, _entity, audience) =>
    INSIDE.has(event.type) && BESIDE.has(standingOf(audience))
      ? undefined
      : LINES[event.type as keyof typeof LINES],
};
