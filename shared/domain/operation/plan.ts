import type { SubjectRef, TextRef } from "../kernel/record.ts";
import type { Operation, OperationKind } from "./state.ts";

export type OperationRisk = "LOW" | "MEDIUM" | "HIGH";

/** Numbers of the documents an operation rests on; the documents themselves are kept elsewhere. */
export interface OperationDocs {
  /** 搜查令, signed by the president (CPL 259). */
  readonly searchOrderId?: string;
  /** 强制迁出公告, signed by the president, and the deadline it sets (CPL 261); server ms. */
  readonly evictionNoticeId?: string;
  readonly evictionDeadlineAt?: number;
  /** 拘留决定书. */
  readonly detentionDecisionIds: readonly string[];
}

/** What is reported for approval (报批). */
export interface PlanContent {
  readonly planDoc: TextRef;
  readonly otherCaseNos: readonly string[];
  /** The court in whose district the place lies. Districts are not in the state, so it is said. */
  readonly placeCourtId?: string;
  /** Instead of `placeCourtId`: the place is not in this province (W9). */
  readonly outsideProvince?: {
    readonly place: string;
    /** Number under which the own High Court approved going there. */
    readonly highCourtApprovalNo?: string;
  };
  readonly docs: OperationDocs;
  readonly risk: OperationRisk;
  readonly isMajor: boolean;
  /** C4: who discussed a major matter, and where that is recorded. */
  readonly discussion?: { readonly recordNo: string; readonly officerIds: readonly string[] };
  /** The person it is directed at, where it is directed at one. */
  readonly subject?: SubjectRef;
  /** D11: of which congress the subject is a deputy, and its permission. */
  readonly deputy?: { readonly congress: "COUNTY_UP" | "TOWNSHIP"; readonly permissionNo?: string };
  /** Planned time of muster, server ms. */
  readonly musterAt: number;
}

export interface OperationPlan extends PlanContent {
  /** Everybody who drafted, revised or submitted it: none of them approves it. */
  readonly authors: readonly string[];
  /** Counts revisions: what is approved is the plan that was looked at. */
  readonly revision: number;
}

/** Commanded live from the centre, whatever the risk (remote-command rule of practice). */
const COMMANDED_LIVE: ReadonlySet<OperationKind> = new Set([
  "DETAIN",
  "SEARCH",
  "SEIZURE",
  "EVICTION",
]);

/**
 * Must it be commanded live from the centre? By kind, whatever is major or likely to provoke
 * conflict, and what a court above commands. What was opened the short way is not asked: its plan lies on paper.
 */
export const requiresRemoteCommand = ({ kind, plan, commandFromAbove }: Operation): boolean =>
  plan !== undefined &&
  (COMMANDED_LIVE.has(kind) ||
    plan.isMajor ||
    plan.risk === "HIGH" ||
    commandFromAbove !== undefined);

export const searches = ({ kind, plan }: Operation): boolean =>
  kind === "SEARCH" || plan?.docs.searchOrderId !== undefined;

export const evicts = ({ kind, plan }: Operation): boolean =>
  kind === "EVICTION" || plan?.docs.evictionNoticeId !== undefined;

export const detains = ({ kind, plan }: Operation): boolean =>
  kind === "DETAIN" || (plan?.docs.detentionDecisionIds.length ?? 0) > 0;

/** Measures that the president signs whatever else is said: CPL 118, 119, 259 and 261. */
const PRESIDENTS: ReadonlySet<OperationKind> = new Set(["EVICTION", "SEARCH", "DETAIN"]);

/** Of an operation opened the short way nothing is known but its kind. */
export const isPresidents = (kind: OperationKind): boolean => PRESIDENTS.has(kind);

/** Major, search, eviction and detention: the president approves, a director does not. */
export const needsPresident = (operation: Operation): boolean =>
  operation.plan?.isMajor === true ||
  searches(operation) ||
  evicts(operation) ||
  detains(operation);

/** The court of the place, where that is another one than the deciding court. */
export const hostOfPlan = ({ courtId, plan }: Operation): string | undefined =>
  plan?.placeCourtId === courtId ? undefined : plan?.placeCourtId;

/** 报备: the court above is told when the risk is high or more than one court is concerned. */
export const filedCourtOf = (operation: Operation): string | undefined =>
  operation.plan?.risk === "HIGH" || hostOfPlan(operation) !== undefined
    ? operation.tierPath.at(-2)
    : undefined;
