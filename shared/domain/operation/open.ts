import { belongsTo } from "../court/belongs.ts";
import type { DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import { accept, type Decision, type Refusal, refusal, refuse } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { type OperationContent, operationEvent } from "./events.ts";
import type { Operation } from "./state.ts";

export type OpenOperation = Omit<OperationContent, "assetIds"> & {
  readonly assetIds?: readonly string[];
};

/** C3: on any outing at least two officers. */
const LEAST_MEMBERS = 2;

function rosterRefusal(
  payload: OpenOperation,
  courtId: string,
  state: StateReader,
): Refusal | undefined {
  if (new Set(payload.memberIds).size < LEAST_MEMBERS) {
    return refusal("TOO_FEW_MEMBERS", { ruleId: "C3", params: { least: LEAST_MEMBERS } });
  }
  const named = [payload.chiefCommanderId, payload.sceneCommanderId, ...payload.memberIds];
  const foreign = named.some((id) => state.get("officer", id)?.courtId !== courtId);
  return foreign ? refusal("NOT_AN_OWN_OFFICER", { ruleId: "OPS-2" }) : undefined;
}

function hostRefusal(
  hostCourtId: string | undefined,
  courtId: string,
  state: StateReader,
): Refusal | undefined {
  if (hostCourtId === undefined) return undefined;
  if (hostCourtId === courtId) return refusal("HOST_IS_OWN_COURT", { ruleId: "OPS-3" });
  return state.get("court", hostCourtId) ? undefined : refusal("NO_SUCH_COURT");
}

/** Opens an operation that DIRECTOR or PRESIDENT approved by a numbered document. */
export function openOperation({
  id,
  payload,
  actor,
  state,
}: DecideInput<Operation, OpenOperation>): Decision<DomainEvent> {
  if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
  const { courtId } = actor;
  const wrong =
    rosterRefusal(payload, courtId, state) ?? hostRefusal(payload.hostCourtId, courtId, state);
  if (wrong) return { ok: false, refusal: wrong };
  return accept(
    operationEvent(id, "OperationOpened", {
      ...payload,
      memberIds: [...new Set(payload.memberIds)],
      assetIds: payload.assetIds ?? [],
      belongs: belongsTo(state, courtId),
    }),
  );
}
