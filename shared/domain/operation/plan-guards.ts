import { CENTER_ROLES, type Role } from "../authority/roles.ts";
import { type Refusal, refusal } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { rolesOf } from "../officer/roles-of.ts";
import { goingOf, teamOf } from "./facts.ts";
import type { Guard } from "./guards.ts";
import { detains, evicts, searches } from "./plan.ts";
import type { Operation } from "./state.ts";

/** C3: on any outing at least two officers. */
export const LEAST_MEMBERS = 2;
/** C4: at least three discuss a major matter. */
const LEAST_DISCUSSING = 3;
const LEADS: readonly Role[] = ["JUDGE", "EXECUTOR"];
const DISCUSSING: readonly Role[] = ["JUDGE", "EXECUTOR", "DIRECTOR"];

const holds = (state: StateReader, officerId: string, roles: readonly Role[]): boolean => {
  const officer = state.get("officer", officerId);
  return officer !== undefined && rolesOf(officer).some((role) => roles.includes(role));
};

const enoughMembers: Guard = ({ memberIds }) =>
  new Set(memberIds).size < LEAST_MEMBERS
    ? refusal("TOO_FEW_MEMBERS", { ruleId: "C3", params: { least: LEAST_MEMBERS } })
    : undefined;

/** Two people: one commands from the centre and does not go out, one on the scene. */
const twoCommanders: Guard = (operation, state) => {
  const { chiefCommanderId } = operation;
  if (teamOf(operation).includes(chiefCommanderId)) {
    return refusal("CHIEF_GOES_OUT", { ruleId: "OPS-19" });
  }
  return holds(state, chiefCommanderId, CENTER_ROLES)
    ? undefined
    : refusal("CHIEF_NOT_OF_CENTRE", { ruleId: "OPS-19" });
};

const ledByJudge: Guard = (operation, state) =>
  teamOf(operation).some((id) => holds(state, id, LEADS))
    ? undefined
    : refusal("NO_JUDGE_OR_EXECUTOR", { ruleId: "OPS-20" });

type Commanders = Pick<Operation, "chiefCommanderId" | "sceneCommanderId">;

/** Who reviews does not command (执行实施权和执行裁判权相互监督制约), by whichever way it is opened. */
export const noReviewerCommands = (
  { chiefCommanderId, sceneCommanderId }: Commanders,
  state: StateReader,
): Refusal | undefined =>
  [chiefCommanderId, sceneCommanderId].some((id) => holds(state, id, ["REVIEW_JUDGE"]))
    ? refusal("REVIEWER_COMMANDS", { ruleId: "OPS-21" })
    : undefined;

const searchOrder: Guard = (operation) =>
  searches(operation) && operation.plan && operation.plan.docs.searchOrderId === undefined
    ? refusal("NO_SEARCH_ORDER", { ruleId: "Q2" })
    : undefined;

const evictionNotice: Guard = (operation) => {
  const docs = operation.plan?.docs;
  if (!docs || !evicts(operation)) return undefined;
  return docs.evictionNoticeId === undefined || docs.evictionDeadlineAt === undefined
    ? refusal("NO_EVICTION_NOTICE", { ruleId: "OPS-22" })
    : undefined;
};

const detentionDecision: Guard = (operation) =>
  operation.plan && detains(operation) && operation.plan.docs.detentionDecisionIds.length === 0
    ? refusal("NO_DETENTION_DECISION", { ruleId: "D3" })
    : undefined;

/** What a plan needs before anybody is asked to approve it. */
export const FIT_TO_SUBMIT: readonly Guard[] = [
  enoughMembers,
  twoCommanders,
  ledByJudge,
  noReviewerCommands,
  searchOrder,
  evictionNotice,
  detentionDecision,
];

/** Q5: a woman's body is searched by a woman only. */
const womanAmong =
  (team: (operation: Operation) => readonly string[]): Guard =>
  (operation, state) => {
    if (!searches(operation) || operation.plan?.subject?.sex !== "F") return undefined;
    return team(operation).some((id) => state.get("officer", id)?.gender === "F")
      ? undefined
      : refusal("NO_WOMAN_IN_TEAM", { ruleId: "Q5" });
  };

export const outsideApproved: Guard = ({ plan }) =>
  plan?.outsideProvince && plan.outsideProvince.highCourtApprovalNo === undefined
    ? refusal("NO_HIGH_COURT_APPROVAL", { ruleId: "W9" })
    : undefined;

const discussedByThree: Guard = ({ plan, courtId }, state) => {
  if (!plan?.isMajor) return undefined;
  const discussing = new Set(
    (plan.discussion?.officerIds ?? []).filter(
      (id) => state.get("officer", id)?.courtId === courtId && holds(state, id, DISCUSSING),
    ),
  );
  return discussing.size < LEAST_DISCUSSING
    ? refusal("NOT_DISCUSSED", { ruleId: "C4", params: { least: LEAST_DISCUSSING } })
    : undefined;
};

/** Of a township congress the law asks for a report afterwards, not for permission before. */
const deputyPermission: Guard = (operation): Refusal | undefined => {
  const { plan } = operation;
  if (!detains(operation) || !plan?.subject?.flags.includes("DEPUTY")) return undefined;
  const { deputy } = plan;
  if (deputy?.congress === "TOWNSHIP" || deputy?.permissionNo !== undefined) return undefined;
  return refusal("NO_DEPUTY_PERMISSION", { ruleId: "D11" });
};

/** What the law asks for before it is approved, besides what it needed to be submitted. */
export const LAW_OF_APPROVAL: readonly Guard[] = [
  womanAmong(teamOf),
  outsideApproved,
  discussedByThree,
  deputyPermission,
];

/** Papers and people as they are when the team leaves. */
export const LAW_OF_DEPARTURE: readonly Guard[] = [
  searchOrder,
  detentionDecision,
  outsideApproved,
  womanAmong(goingOf),
];

/** Turns by itself, so it is asked last: nothing behind it would be asked any more. */
export const deadlineOver: Guard = (operation) => {
  const until = operation.plan?.docs.evictionDeadlineAt;
  return evicts(operation) && until !== undefined
    ? { code: "EVICTION_DEADLINE_RUNS", ruleId: "OPS-22", until }
    : undefined;
};
