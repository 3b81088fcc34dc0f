import {
  type Audience,
  type AudienceEntry,
  courtViews,
  fieldViews,
  seatOf,
  standingOf,
  tierViews,
  uniqueViews,
} from "../authority/audience.ts";
import { clockDeadlines } from "../kernel/clock.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { EntityModule } from "../kernel/module.ts";
import { openLinks } from "../kernel/open-at.ts";
import type { Ref } from "../kernel/ref.ts";
import type { Bilingual } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { actsLentIn, lentMembers } from "../officer/lent.ts";
import { clockRule } from "../rules/clock-rules.ts";
import { casesOf, pausedCase } from "./case-pause.ts";
import { OPERATION_COMMANDS } from "./commands.ts";
import { OPERATION_EVENT_TYPES, type OperationEvent } from "./events.ts";
import { evolveOperation } from "./evolve.ts";
import { projectOperation } from "./project.ts";
import { OPERATION_REFUSALS } from "./refusals.ts";
import { namedIn, rosterOf } from "./roster.ts";
import type { Operation } from "./state.ts";
import { isEnded, isUnderWay } from "./steps.ts";

/**
 * Own line of courts, the host court while it lasts, and the phones of those named in it and of
 * those who wrote its plan. A plan has no host before it is approved.
 */
function audiences(operation: Operation, state: StateReader): readonly AudienceEntry[] {
  const { hostCourtId } = operation;
  return uniqueViews([
    ...tierViews(state, operation.courtId),
    ...(hostCourtId && !isEnded(operation) ? courtViews(hostCourtId, "host") : []),
    ...fieldViews([...rosterOf(operation), ...(operation.plan?.authors ?? [])]),
  ]);
}

/** State, plan, pause order and who is who: what a request was made on. */
const standing = (operation: Operation): string =>
  [
    operation.state,
    operation.pausedFrom,
    operation.pauseOrder?.orderId,
    operation.pauseOrder?.confirmed?.at,
    operation.hostCourtId,
    operation.plan?.revision,
    ...rosterOf(operation),
    ...(operation.plan?.authors ?? []),
  ].join("|");

/**
 * Its officers, and those who escort its detentions, are seen through it; what is linked to it
 * takes its host, its guards and its pause. A pause binds the other operations of the case.
 */
function dependents(
  before: Operation | undefined,
  after: Operation,
  state: StateReader,
): readonly Ref[] {
  if (before && standing(before) === standing(after)) return [];
  const link = `operation:${after.id}`;
  const sentForIt = state.linked("officer", link);
  const officers = new Set([
    ...(before ? rosterOf(before) : []),
    ...rosterOf(after),
    ...state.linked("detention", link).flatMap((detention) => detention.escortIds),
    // Forces that were sent for it are home when it ends.
    ...sentForIt.map(({ id }) => id),
  ]);
  const linked = (["detention", "incident", "police", "order"] as const).flatMap((type) =>
    state.linked(type, link).map(({ id }): Ref => ({ type, id })),
  );
  return [
    ...ofItsCase(before, after, state),
    ...[...officers].map((id): Ref => ({ type: "officer", id })),
    ...linked,
    ...(isEnded(after) ? sentForIt.flatMap(({ id }) => actsLentIn(id, state)) : []),
  ];
}

/** The other operations of the case that a pause binds, or did. */
const ofItsCase = (
  before: Operation | undefined,
  after: Operation,
  state: StateReader,
): readonly Ref[] =>
  [before, after]
    .filter((each) => each?.pauseOrder !== undefined)
    .flatMap((each) => (each ? casesOf(each) : []))
    .flatMap((caseNo) => state.linked("operation", `case:${caseNo}`))
    .filter(({ id }) => id !== after.id)
    .map(({ id }): Ref => ({ type: "operation", id }));

const LINES: Readonly<Record<OperationEvent["type"], Bilingual>> = {
  OperationDrafted: { zh: "行动草拟", en: "Operation drafted" },
  OperationRevised: { zh: "行动方案修改", en: "Plan revised" },
  OperationSubmitted: { zh: "行动报批", en: "Submitted for approval" },
  OperationApproved: { zh: "行动批准", en: "Operation approved" },
  OperationRejected: { zh: "行动退回", en: "Sent back" },
  OperationFilingAcknowledged: { zh: "上级法院已收到报备", en: "Filing acknowledged above" },
  OperationHostAcknowledged: { zh: "属地法院已签收", en: "Host court acknowledged" },
  OperationMusterBegun: { zh: "行动集结", en: "Mustering" },
  OperationDepartureOrdered: { zh: "总指挥下令出发", en: "Departure ordered" },
  OperationClosingBegun: { zh: "行动收尾", en: "Closing" },
  OperationCommandTaken: { zh: "上级法院接任总指挥", en: "Chief command taken by a court above" },
  OperationCommandReturned: { zh: "总指挥交还本院", en: "Chief command handed back" },
  OperationMemberChecked: { zh: "人员集结检查", en: "Member checked at muster" },
  OperationCredentialsShown: { zh: "已出示证件", en: "Credentials shown" },
  OperationAttendeeRecorded: { zh: "在场人员登记", en: "Attendee recorded" },
  OperationAttendeeLeft: { zh: "在场人员离开", en: "Attendee left" },
  OperationSceneFactRecorded: { zh: "现场事项记录", en: "Scene fact recorded" },
  OperationMemberSafe: { zh: "人员平安归队", en: "Member back safely" },
  OperationEvidenceAttested: { zh: "执行记录完整性签认", en: "Evidence attested" },
  OperationOpened: { zh: "行动批准", en: "Operation approved" },
  OperationDeparted: { zh: "行动出发", en: "Operation en route" },
  OperationArrived: { zh: "行动到场", en: "Operation on scene" },
  OperationStarted: { zh: "行动开始实施", en: "Operation executing" },
  OperationPaused: { zh: "行动暂停", en: "Operation paused" },
  OperationPauseOrdered: { zh: "上级下令暂停", en: "Pause ordered from above" },
  OperationPauseConfirmed: { zh: "暂停指令已执行", en: "Ordered pause confirmed" },
  OperationPauseLifted: { zh: "暂停指令解除", en: "Ordered pause lifted" },
  OperationResumed: { zh: "行动恢复", en: "Operation resumed" },
  OperationAborted: { zh: "行动终止", en: "Operation aborted" },
  OperationClosed: { zh: "行动结束", en: "Operation closed" },
};

/** The host reads a notice, the court above what was filed with it. */
function approvedLine(event: DomainEvent, audience: Audience): Bilingual {
  const { filedCourtId } = event.data as { readonly filedCourtId?: string };
  const standing = standingOf(audience);
  if (standing === "host") return { zh: "异地执行通知，请签收", en: "Notice to the host court" };
  return standing === "parent" && filedCourtId !== undefined
    ? { zh: "下级法院行动报备", en: "Operation filed by the court below" }
    : LINES.OperationApproved;
}

/** A clock says itself what its level means. */
function raisedLine(event: DomainEvent, operation: Operation): Bilingual | undefined {
  const { clock, level } = event.data as { readonly clock: string; readonly level: number };
  const running = operation.clocks[clock];
  return running && clockRule(running.ruleId).levels.find((each) => each.level === level)?.say;
}

export const operationModule: EntityModule<"operation"> = {
  type: "operation",
  eventTypes: OPERATION_EVENT_TYPES,
  commands: OPERATION_COMMANDS,
  refusals: OPERATION_REFUSALS,
  evolve: evolveOperation,
  standing,
  parts: (operation, state) => ({
    ...(operation.plan ? { proposer: operation.plan.authors } : {}),
    ...(operation.approvedBy ? { approver: [operation.approvedBy] } : {}),
    chiefCommander: [operation.chiefCommanderId],
    sceneCommander: [operation.sceneCommanderId],
    member: operation.memberIds,
    ...(operation.pauseOrder ? { pauserCourt: [operation.pauseOrder.byCourtId] } : {}),
    ...(operation.filing ? { filedCourt: [operation.filing.courtId] } : {}),
    ...(operation.commandFromAbove ? { commandCourt: [operation.commandFromAbove.courtId] } : {}),
    ...lentMembers(rosterOf(operation), operation.courtId, state),
  }),
  links: (operation) => [
    ...openLinks(!isEnded(operation), [operation.courtId]),
    ...casesOf(operation).map((caseNo) => `case:${caseNo}`),
    ...(operation.pauseOrder ? casesOf(operation).map(pausedCase) : []),
    ...(operation.hostCourtId ? [`host:${operation.hostCourtId}`] : []),
    ...(isUnderWay(operation) ? rosterOf(operation).map((id) => `officer:${id}`) : []),
    ...(operation.plan && !isEnded(operation) ? namedIn(operation).map((id) => `named:${id}`) : []),
  ],
  // A pause that outlived its operation binds the next one, and somebody has to lift it.
  live: (operation) => !isEnded(operation) || operation.pauseOrder !== undefined,
  dependents,
  deadlines: (operation) =>
    clockDeadlines({ type: "operation", id: operation.id }, operation.clocks),
  audiences,
  project: projectOperation,
  line: (event, operation, audience) => {
    if (seatOf(audience) === "field") return undefined;
    if (event.type === "OperationApproved") return approvedLine(event, audience);
    return event.type === "ClockRaised"
      ? raisedLine(event, operation)
      : LINES[event.type as OperationEvent["type"]];
  },
};
