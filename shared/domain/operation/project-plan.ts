import type { StateReader } from "../kernel/state.ts";
import { shortNameOf } from "../officer/short-name.ts";
import { goingOf, musterOf, notBack, type Stamp } from "./facts.ts";
import { nextSteps } from "./next-steps.ts";
import { type OperationPlan, requiresRemoteCommand } from "./plan.ts";
import type { Operation } from "./state.ts";

/** That the host court was told, and whether it answered: the host sees it too. */
export const hostNoticeOf = ({ hostNotice }: Operation) =>
  hostNotice
    ? {
        hostNotice: {
          at: hostNotice.at,
          ...(hostNotice.acknowledged ? { acknowledgedAt: hostNotice.acknowledged.at } : {}),
        },
      }
    : {};

/** Of plan and muster what a wall of the own line may show: figures, no text, no documents. */
export function planOutline(operation: Operation) {
  const { plan, filing } = operation;
  if (!plan) return {};
  return {
    risk: plan.risk,
    isMajor: plan.isMajor,
    requiresRemoteCommand: requiresRemoteCommand(operation),
    musterAt: plan.musterAt,
    ...(filing
      ? {
          filing: {
            courtId: filing.courtId,
            at: filing.at,
            ...(filing.acknowledged ? { acknowledgedAt: filing.acknowledged.at } : {}),
          },
        }
      : {}),
    going: goingOf(operation).length,
    mustered: musterOf(operation).filter(({ presence }) => presence === "PRESENT").length,
    back: goingOf(operation).length - notBack(operation).length,
  };
}

/** Surname and title beside the id: the registry of another court may not be in the store. */
function named(stamp: Stamp, state: StateReader) {
  const name = shortNameOf(state, stamp.by);
  return { at: stamp.at, by: stamp.by, ...(name ? { name } : {}) };
}

const decision = (key: string, stamp: Stamp | undefined, state: StateReader) =>
  stamp ? { [key]: named(stamp, state) } : {};

/** Whether somebody is a deputy is a flag; of which congress is the president's business (5.3). */
function shownPlan({ deputy, ...plan }: OperationPlan) {
  return { ...plan, ...(deputy ? { deputyPermitted: deputy.permissionNo !== undefined } : {}) };
}

/** Consoles of the own line and the phones of those in it: the plan, its papers and its course. */
export function planInFull(operation: Operation, state: StateReader) {
  const { plan, rejected, facts } = operation;
  return {
    ...(plan ? { plan: shownPlan(plan) } : {}),
    ...decision("submitted", operation.submitted, state),
    ...(rejected ? { rejected: { ...named(rejected, state), reason: rejected.reason } } : {}),
    ...decision("filingAcknowledged", operation.filing?.acknowledged, state),
    ...decision("hostAcknowledged", operation.hostNotice?.acknowledged, state),
    ...decision("departureOrdered", operation.departureOrdered, state),
    ...decision("started", operation.started, state),
    facts,
    next: nextSteps(operation, state),
  };
}
