import {
  type AudienceEntry,
  courtViews,
  fieldViews,
  seatOf,
  tierViews,
  uniqueViews,
} from "../authority/audience.ts";
import type { EntityModule } from "../kernel/module.ts";
import type { Ref } from "../kernel/ref.ts";
import type { Bilingual } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { OPERATION_COMMANDS } from "./commands.ts";
import { OPERATION_EVENT_TYPES, type OperationEvent } from "./events.ts";
import { evolveOperation } from "./evolve.ts";
import { projectOperation } from "./project.ts";
import { OPERATION_REFUSALS } from "./refusals.ts";
import { rosterOf } from "./roster.ts";
import type { Operation } from "./state.ts";
import { isEnded } from "./steps.ts";

/** Own line of courts, the host court while it lasts, and the phones of those named in it. */
function audiences(operation: Operation, state: StateReader): readonly AudienceEntry[] {
  const { hostCourtId } = operation;
  return uniqueViews([
    ...tierViews(state, operation.courtId),
    ...(hostCourtId && !isEnded(operation) ? courtViews(hostCourtId, "host") : []),
    ...fieldViews(rosterOf(operation)),
  ]);
}

/** State, pause order and who is who: what a request was made on. */
const standing = (operation: Operation): string =>
  [
    operation.state,
    operation.pausedFrom,
    operation.pauseOrder?.orderId,
    operation.pauseOrder?.confirmed?.at,
    operation.hostCourtId,
    ...rosterOf(operation),
  ].join("|");

/**
 * Its officers, and those who escort its detentions, are seen through it; what is linked to it
 * takes its host, its guards and its pause.
 */
function dependents(
  before: Operation | undefined,
  after: Operation,
  state: StateReader,
): readonly Ref[] {
  if (before && standing(before) === standing(after)) return [];
  const link = `operation:${after.id}`;
  const officers = new Set([
    ...(before ? rosterOf(before) : []),
    ...rosterOf(after),
    ...state.linked("detention", link).flatMap((detention) => detention.escortIds),
  ]);
  const linked = (["detention", "incident", "police", "order"] as const).flatMap((type) =>
    state.linked(type, link).map(({ id }): Ref => ({ type, id })),
  );
  return [...[...officers].map((id): Ref => ({ type: "officer", id })), ...linked];
}

const LINES: Readonly<Record<OperationEvent["type"], Bilingual>> = {
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

export const operationModule: EntityModule<"operation"> = {
  type: "operation",
  eventTypes: OPERATION_EVENT_TYPES,
  commands: OPERATION_COMMANDS,
  refusals: OPERATION_REFUSALS,
  evolve: evolveOperation,
  standing,
  parts: (operation) => ({
    approver: [operation.approvedBy],
    chiefCommander: [operation.chiefCommanderId],
    sceneCommander: [operation.sceneCommanderId],
    member: operation.memberIds,
    ...(operation.pauseOrder ? { pauserCourt: [operation.pauseOrder.byCourtId] } : {}),
  }),
  links: (operation) => [
    `case:${operation.caseNo}`,
    ...(operation.hostCourtId ? [`host:${operation.hostCourtId}`] : []),
    ...(isEnded(operation) ? [] : rosterOf(operation).map((id) => `officer:${id}`)),
  ],
  live: (operation) => !isEnded(operation),
  dependents,
  deadlines: () => [],
  audiences,
  project: projectOperation,
  line: (event, _operation, audience) =>
    seatOf(audience) === "field" ? undefined : LINES[event.type as OperationEvent["type"]],
};
