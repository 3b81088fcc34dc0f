import type { Actor } from "../authority/actor.ts";
import { belongsTo } from "../court/belongs.ts";
import { isTerminal } from "../detention/milestones.ts";
import type { DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import { accept, type Decision, type Refusal, refusal, refuse } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { isForceOf, lentElsewhere } from "../officer/lent.ts";
import { isOfCourt } from "../officer/of-court.ts";
import { caseRefusal } from "../order/assigned-case.ts";
import { deferralRefusal } from "../order/deferred-case.ts";
import { casePausedRefusal } from "./case-pause.ts";
import { type OperationContent, operationEvent } from "./events.ts";
import { hostClocks } from "./operation-clock.ts";
import { isPresidents } from "./plan.ts";
import { LEAST_MEMBERS, noReviewerCommands } from "./plan-guards.ts";
import type { Operation } from "./state.ts";

export type OpenOperation = Omit<OperationContent, "assetIds"> & {
  readonly assetIds?: readonly string[];
};

interface Roster {
  readonly chiefCommanderId: string;
  readonly sceneCommanderId: string;
  readonly memberIds: readonly string[];
}

/** Commanders are of the own court and at home; members too, or lent to it (调警). */
export function strangerNamed(
  { chiefCommanderId, sceneCommanderId, memberIds }: Roster,
  courtId: string,
  state: StateReader,
): Refusal | undefined {
  const commanders = [chiefCommanderId, sceneCommanderId];
  const away = [...commanders, ...memberIds].find(
    (id) => isOfCourt(state, id, courtId) && lentElsewhere(state, id) !== undefined,
  );
  if (away !== undefined) {
    const name = state.get("officer", away)?.name ?? away;
    return refusal("OFFICER_LENT_AWAY", { ruleId: "ORD-32", params: { name } });
  }
  const foreign =
    commanders.some((id) => !isOfCourt(state, id, courtId)) ||
    memberIds.some((id) => !isForceOf(state, id, courtId));
  return foreign ? refusal("NOT_AN_OWN_OFFICER", { ruleId: "OPS-2" }) : undefined;
}

function rosterRefusal(
  payload: OpenOperation,
  courtId: string,
  state: StateReader,
): Refusal | undefined {
  if (new Set(payload.memberIds).size < LEAST_MEMBERS) {
    return refusal("TOO_FEW_MEMBERS", { ruleId: "C3", params: { least: LEAST_MEMBERS } });
  }
  return strangerNamed(payload, courtId, state) ?? noReviewerCommands(payload, state);
}

function hostRefusal(
  hostCourtId: string | undefined,
  courtId: string,
  state: StateReader,
): Refusal | undefined {
  if (hostCourtId === undefined) return undefined;
  if (hostCourtId === courtId) return refusal("HOST_IS_OWN_COURT", { ruleId: "OPS-3" });
  if (!state.get("court", hostCourtId)) return refusal("NO_SUCH_COURT");
  // It commands, and could not sign for the notice as a host does.
  return state.get("court", courtId)?.tierPath.includes(hostCourtId)
    ? refusal("PLACE_COURT_ABOVE", { ruleId: "OPS-40" })
    : undefined;
}

/** A detention of this court in the case that its president approved, by his own hand, and that lasts. */
const detentionApproved = (caseNo: string, courtId: string, state: StateReader): boolean =>
  state
    .linked("detention", `case:${caseNo}`)
    .some(
      (detention) =>
        detention.kind === "DETAIN" &&
        detention.courtId === courtId &&
        detention.times.approvedAt !== undefined &&
        !isTerminal(detention),
    );

/**
 * A number that somebody typed is no signature: what only the president may order is opened by the
 * president, or rests on his approval that stands in the log.
 */
function signatureRefusal(
  { kind, caseNo }: OpenOperation,
  { courtId, roles }: Actor & { readonly kind: "person" },
  state: StateReader,
): Refusal | undefined {
  if (!isPresidents(kind) || roles.includes("PRESIDENT")) return undefined;
  return kind === "DETAIN" && detentionApproved(caseNo, courtId, state)
    ? undefined
    : refusal("PRESIDENT_APPROVES", { ruleId: "OPS-23" });
}

/**
 * The short way, for rapid response and what was approved on paper: DIRECTOR or PRESIDENT opens an
 * operation that a numbered document approved; eviction, search and detention the president alone.
 * Everything else is drafted and reported for approval.
 */
export function openOperation({
  id,
  payload,
  actor,
  state,
  now,
}: DecideInput<Operation, OpenOperation>): Decision<DomainEvent> {
  if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
  const { courtId } = actor;
  const wrong =
    signatureRefusal(payload, actor, state) ??
    caseRefusal(payload.caseNo, courtId, state) ??
    casePausedRefusal({ courtId, cases: [payload.caseNo] }, state) ??
    deferralRefusal(courtId, [payload.caseNo], state) ??
    rosterRefusal(payload, courtId, state) ??
    hostRefusal(payload.hostCourtId, courtId, state);
  if (wrong) return { ok: false, refusal: wrong };
  return accept(
    operationEvent(id, "OperationOpened", {
      ...payload,
      memberIds: [...new Set(payload.memberIds)],
      assetIds: payload.assetIds ?? [],
      belongs: belongsTo(state, courtId),
      clocks: hostClocks(payload.hostCourtId, payload.kind, now),
    }),
  );
}
