import { endClocks, withClocks } from "../kernel/clock.ts";
import type { EventMeta } from "../kernel/event.ts";
import { newRecord } from "../kernel/new-record.ts";
import type { FoldedEvent } from "./events.ts";
import { NO_FACTS } from "./facts.ts";
import { decidedBy, type Folds, firstTime } from "./folds.ts";
import { HOST_CLOCK, MUSTER_CLOCK } from "./operation-clock.ts";
import type { OperationPlan, PlanContent } from "./plan.ts";
import type { Operation } from "./state.ts";

type Of<T extends FoldedEvent["type"]> = Extract<FoldedEvent, { type: T }>;

export function drafted(event: Of<"OperationDrafted">, meta: EventMeta): Operation {
  const { belongs, author, plan, ...content } = event.data;
  return {
    ...newRecord("operation", event.ref.id, belongs, meta),
    ...content,
    plan: { ...plan, authors: [author], revision: 1 },
    state: "DRAFT",
    milestones: { DRAFT: meta.at },
    facts: NO_FACTS,
    clocks: {},
    conflicts: [],
  };
}

const withAuthor = (plan: OperationPlan, author: string): readonly string[] => [
  ...new Set([...plan.authors, author]),
];

/** The author of an operation that has no plan is nobody's. */
function rewritten(plan: OperationPlan | undefined, content: PlanContent, author: string) {
  if (!plan) throw new Error("OperationRevised without a plan");
  return { ...content, authors: withAuthor(plan, author), revision: plan.revision + 1 };
}

/** The host court is told from the approval on, and not before. */
export const toldHost = (hostCourtId: string | undefined, at: number) =>
  hostCourtId === undefined ? {} : { hostCourtId, hostNotice: { at } };

type PlanFolds = Folds<
  | "OperationRevised"
  | "OperationSubmitted"
  | "OperationApproved"
  | "OperationRejected"
  | "OperationFilingAcknowledged"
  | "OperationHostAcknowledged"
  | "OperationMusterBegun"
  | "OperationDepartureOrdered"
  | "OperationClosingBegun"
  | "OperationCommandTaken"
  | "OperationCommandReturned"
>;

export const PLAN_FOLDS: PlanFolds = {
  OperationRevised: (operation, { data: { author, plan, ...content } }) => ({
    ...operation,
    ...content,
    plan: rewritten(operation.plan, plan, author),
  }),
  OperationSubmitted: (operation, { data }, meta) => ({
    ...operation,
    ...(operation.plan
      ? { plan: { ...operation.plan, authors: withAuthor(operation.plan, data.author) } }
      : {}),
    state: "SUBMITTED",
    submitted: decidedBy(meta),
    ...firstTime(operation, "SUBMITTED", meta.at),
  }),
  OperationApproved: (operation, { data }, meta) => ({
    ...operation,
    state: "APPROVED",
    approvedBy: meta.by,
    approvalNo: data.approvalNo,
    ...toldHost(data.hostCourtId, meta.at),
    ...(data.filedCourtId ? { filing: { courtId: data.filedCourtId, at: meta.at } } : {}),
    clocks: withClocks(operation.clocks, data.clocks, meta),
    ...firstTime(operation, "APPROVED", meta.at),
  }),
  OperationRejected: (operation, { data }, meta) => ({
    ...operation,
    state: "REJECTED",
    rejected: { ...decidedBy(meta), reason: data.reason },
    ...firstTime(operation, "REJECTED", meta.at),
  }),
  OperationFilingAcknowledged: (operation, _event, meta) =>
    operation.filing
      ? { ...operation, filing: { ...operation.filing, acknowledged: decidedBy(meta) } }
      : operation,
  OperationHostAcknowledged: (operation, _event, meta) =>
    operation.hostNotice
      ? {
          ...operation,
          hostNotice: { ...operation.hostNotice, acknowledged: decidedBy(meta) },
          clocks: endClocks(operation.clocks, [HOST_CLOCK], meta.at),
        }
      : operation,
  OperationMusterBegun: (operation, _event, meta) => ({
    ...operation,
    state: "MUSTERING",
    clocks: endClocks(operation.clocks, [MUSTER_CLOCK], meta.at),
    ...firstTime(operation, "MUSTERING", meta.at),
  }),
  /** Whoever arrived before the order reached the server is on the scene with it. */
  OperationDepartureOrdered: (operation, _event, meta) => ({
    ...operation,
    state: operation.milestones.ON_SCENE === undefined ? "EN_ROUTE" : "ON_SCENE",
    departureOrdered: decidedBy(meta),
    ...firstTime(operation, "EN_ROUTE", meta.at),
  }),
  OperationClosingBegun: (operation, _event, meta) => ({
    ...operation,
    state: "CLOSING",
    ...firstTime(operation, "CLOSING", meta.at),
  }),
  /** Taken on by a court higher still, it goes back to the same own chief commander. */
  OperationCommandTaken: (operation, { data: { courtId, officerId } }, { at }) => ({
    ...operation,
    chiefCommanderId: officerId,
    commandFromAbove: {
      courtId,
      ownChiefId: operation.commandFromAbove?.ownChiefId ?? operation.chiefCommanderId,
      at,
    },
  }),
  OperationCommandReturned: ({ commandFromAbove, ...operation }) => ({
    ...operation,
    chiefCommanderId: commandFromAbove?.ownChiefId ?? operation.chiefCommanderId,
  }),
};
