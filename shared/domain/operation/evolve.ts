import type { Conflict } from "../kernel/conflict.ts";
import type { DomainEvent, EventMeta } from "../kernel/event.ts";
import { newRecord } from "../kernel/new-record.ts";
import type { OperationEvent } from "./events.ts";
import type { Operation, OperationState } from "./state.ts";
import { contradictsOrder, type ForwardStep, furthest, isEnded } from "./steps.ts";

type Later = Exclude<OperationEvent, { type: "OperationOpened" }>;

export function evolveOperation(
  operation: Operation | undefined,
  raw: DomainEvent,
  meta: EventMeta,
): Operation {
  const event = raw as OperationEvent;
  if (event.type === "OperationOpened") {
    const { belongs, ...content } = event.data;
    return {
      ...newRecord("operation", event.ref.id, belongs, meta),
      ...content,
      state: "APPROVED",
      approvedBy: meta.by,
      milestones: { APPROVED: meta.at },
      conflicts: [],
    };
  }
  if (!operation) throw new Error(`${event.type} before OperationOpened`);
  return changed(operation, event, meta);
}

function changed(operation: Operation, event: Later, meta: EventMeta): Operation {
  switch (event.type) {
    case "OperationDeparted":
      return reach(operation, "EN_ROUTE", event.type, meta);
    case "OperationArrived":
      return reach(operation, "ON_SCENE", event.type, meta);
    case "OperationStarted":
      return { ...operation, state: "EXECUTING", ...firstTime(operation, "EXECUTING", meta.at) };
    case "OperationPaused":
      return pause(operation, meta);
    case "OperationPauseOrdered":
      return { ...operation, pauseOrder: { ...event.data, at: meta.at } };
    case "OperationPauseConfirmed":
      return confirmPause(operation, meta);
    case "OperationPauseLifted":
      return withoutPauseOrder(operation);
    case "OperationResumed":
      return resume(operation);
    case "OperationAborted": {
      const ended = withoutPauseOrder(operation);
      const { reason } = event.data;
      return {
        ...ended,
        state: "ABORTED",
        endReason: reason,
        ...firstTime(operation, "ABORTED", meta.at),
      };
    }
    case "OperationClosed":
      return { ...operation, state: "CLOSED", ...firstTime(operation, "CLOSED", meta.at) };
  }
}

const firstTime = (operation: Operation, state: OperationState, at: number) => ({
  milestones: {
    ...operation.milestones,
    [state]: Math.min(operation.milestones[state] ?? at, at),
  },
});

/**
 * A report from the field. The milestone is filled whatever the state; the state is the furthest
 * milestone, an ended operation stays ended, a paused one moves on underneath its pause.
 */
function reach(operation: Operation, step: ForwardStep, event: string, meta: EventMeta): Operation {
  const at = meta.occurred.earliest;
  const note = misfit(operation, step, at);
  const conflict: Conflict = {
    commandId: meta.commandId,
    event,
    at: meta.at,
    occurredAt: at,
    note: note ?? "",
  };
  const next = {
    ...operation,
    ...firstTime(operation, step, at),
    conflicts: note ? [...operation.conflicts, conflict] : operation.conflicts,
  };
  if (isEnded(operation)) return next;
  if (operation.state === "PAUSED") {
    return { ...next, pausedFrom: furthest(operation.pausedFrom ?? "APPROVED", step) };
  }
  return { ...next, state: furthest(operation.state, step) };
}

/** Why a report does not fit what is known, for the duty desk; it is kept all the same. */
function misfit(operation: Operation, step: ForwardStep, at: number): string | undefined {
  const endedAt = operation.milestones.CLOSED ?? operation.milestones.ABORTED;
  if (endedAt !== undefined && at > endedAt) return "AFTER_END";
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
