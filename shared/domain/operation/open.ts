import { belongsTo } from "../court/belongs.ts";
import type { DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import { accept, type Decision, type Refusal, refusal, refuse } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { isForceOf, lentElsewhere } from "../officer/lent.ts";
import { isOfCourt } from "../officer/of-court.ts";
import { caseRefusal } from "../order/assigned-case.ts";
import { type OperationContent, operationEvent } from "./events.ts";
import { hostClocks } from "./operation-clock.ts";
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

/**
 * The short way, for rapid response and what was approved on paper: DIRECTOR or PRESIDENT opens an
 * operation that a numbered document approved. Everything else is drafted and reported for approval.
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
    caseRefusal(payload.caseNo, courtId, state) ??
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
