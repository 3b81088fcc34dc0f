import { endClocks, foldClockRaised, withClocks } from "../kernel/clock.ts";
import { type Conflict, type ConflictNote, withConflict } from "../kernel/conflict.ts";
import type { DomainEvent, EventMeta } from "../kernel/event.ts";
import { newRecord } from "../kernel/new-record.ts";
import type { FoldedEvent } from "./events.ts";
import { FACT_FOLDS } from "./evolve-facts.ts";
import { drafted, PLAN_FOLDS, toldHost } from "./evolve-plan.ts";
import { NO_FACTS } from "./facts.ts";
import { decidedBy, type Folds, firstTime } from "./folds.ts";
import { HOST_CLOCK, MUSTER_CLOCK, SCENE_CLOCK } from "./operation-clock.ts";
import type { Operation } from "./state.ts";
import { contradictsOrder, type ForwardStep, furthest, isEnded, isOrdered } from "./steps.ts";

type Birth = "OperationOpened" | "OperationDrafted";
type Later = Exclude<FoldedEvent, { type: Birth }>;

export function evolveOperation(
  operation: Operation | undefined,
  raw: DomainEvent,
  meta: EventMeta,
): Operation {
  const event = raw as FoldedEvent;
  if (event.type === "OperationDrafted") return drafted(event, meta);
  if (event.type === "OperationOpened") return opened(event, meta);
  if (!operation) throw new Error(`${event.type} before OperationOpened`);
  const fold = FOLDS[event.type] as (
    operation: Operation,
    event: Later,
    meta: EventMeta,
  ) => Operation;
  return fold(operation, event, meta);
}

function opened(
  event: Extract<FoldedEvent, { type: "OperationOpened" }>,
  meta: EventMeta,
): Operation {
  const { belongs, clocks = [], ...content } = event.data;
  return {
    ...newRecord("operation", event.ref.id, belongs, meta),
    ...content,
    ...toldHost(content.hostCourtId, meta.at),
    state: "APPROVED",
    approvedBy: meta.by,
    milestones: { APPROVED: meta.at },
    facts: NO_FACTS,
    clocks: withClocks({}, clocks, meta),
    conflicts: [],
  };
}

const WAY_FOLDS: Folds<Exclude<Later["type"], keyof typeof PLAN_FOLDS | keyof typeof FACT_FOLDS>> =
  {
    ClockRaised: (operation, event) => ({
      ...operation,
      clocks: foldClockRaised(operation.clocks, event),
    }),
    OperationDeparted: (operation, event, meta) => reach(operation, "EN_ROUTE", event.type, meta),
    OperationArrived: (operation, event, meta) => arrived(operation, event, meta),
    OperationStarted: (operation, _event, meta) => ({
      ...operation,
      state: "EXECUTING",
      started: decidedBy(meta),
      ...firstTime(operation, "EXECUTING", meta.at),
    }),
    OperationPaused: (operation, _event, meta) => pause(operation, meta),
    OperationPauseOrdered: (operation, { data }, meta) => ({
      ...operation,
      pauseOrder: { ...data, at: meta.at },
    }),
    OperationPauseConfirmed: (operation, _event, meta) => confirmPause(operation, meta),
    OperationPauseLifted: (operation) => withoutPauseOrder(operation),
    OperationResumed: (operation) => resume(operation),
    OperationAborted: (operation, { data: { reason, withdrawal } }, meta) => ({
      // A pause ordered from above outlives it: only who may lift it ends it.
      ...ended(operation, meta),
      state: "ABORTED",
      endReason: reason,
      ...(withdrawal ? { withdrawal } : {}),
      ...firstTime(operation, "ABORTED", meta.at),
    }),
    OperationClosed: (operation, _event, meta) => ({
      ...ended(operation, meta),
      state: "CLOSED",
      ...firstTime(operation, "CLOSED", meta.at),
    }),
  };

const FOLDS: Folds<Later["type"]> = { ...PLAN_FOLDS, ...FACT_FOLDS, ...WAY_FOLDS };

const ended = (operation: Operation, meta: EventMeta): Operation => ({
  ...operation,
  clocks: endClocks(operation.clocks, [HOST_CLOCK, MUSTER_CLOCK, SCENE_CLOCK], meta.at),
});

function arrived(
  operation: Operation,
  { type, data }: Extract<FoldedEvent, { type: "OperationArrived" }>,
  meta: EventMeta,
): Operation {
  const next = reach(operation, "ON_SCENE", type, meta);
  const clocks = isEnded(operation) ? [] : (data.clocks ?? []);
  return { ...next, clocks: withClocks(next.clocks, clocks, meta) };
}

/**
 * A report from the field. The milestone is filled whatever the state; the state is the furthest
 * milestone, an ended operation stays ended, a paused one moves on underneath its pause, and one
 * whose departure nobody ordered stays where it is.
 */
function reach(operation: Operation, step: ForwardStep, event: string, meta: EventMeta): Operation {
  const at = meta.occurred.earliest;
  const note = misfit(operation, step, at);
  const conflict: Omit<Conflict, "note"> = {
    commandId: meta.commandId,
    event,
    at: meta.at,
    occurredAt: at,
  };
  const next = {
    ...operation,
    ...firstTime(operation, step, at),
    reported: {
      ...operation.reported,
      [step]: Math.min(operation.reported?.[step] ?? at, at),
    },
    conflicts: note
      ? withConflict(operation.conflicts, { ...conflict, note })
      : operation.conflicts,
  };
  if (isEnded(operation) || !isOrdered(operation)) return next;
  if (operation.state === "PAUSED") {
    return { ...next, pausedFrom: furthest(operation.pausedFrom ?? "APPROVED", step) };
  }
  return { ...next, state: furthest(operation.state, step) };
}

/** Why a report does not fit what is known, for the duty desk; it is kept all the same. */
function misfit(operation: Operation, step: ForwardStep, at: number): ConflictNote | undefined {
  const endedAt = operation.milestones.CLOSED ?? operation.milestones.ABORTED;
  if (endedAt !== undefined && at > endedAt) return "AFTER_END";
  if (!isOrdered(operation)) return "NOT_ORDERED";
  if (operation.pauseOrder && at > operation.pauseOrder.at) return "PAUSE_ORDERED";
  return contradictsOrder(operation, step, at) ? "OUT_OF_ORDER" : undefined;
}

function pause(operation: Operation, meta: EventMeta): Operation {
  if (operation.state === "PAUSED") return operation;
  return {
    ...operation,
    state: "PAUSED",
    pausedFrom: operation.state,
    ...firstTime(operation, "PAUSED", meta.at),
  };
}

function confirmPause(operation: Operation, meta: EventMeta): Operation {
  const { pauseOrder } = operation;
  if (!pauseOrder) return operation;
  const confirmed = { at: meta.at, by: meta.by };
  return { ...pause(operation, meta), pauseOrder: { ...pauseOrder, confirmed } };
}

function withoutPauseOrder(operation: Operation): Operation {
  const { pauseOrder: _lifted, ...rest } = operation;
  return rest;
}

function resume(operation: Operation): Operation {
  const { pausedFrom, ...rest } = operation;
  return { ...rest, state: pausedFrom ?? operation.state };
}
