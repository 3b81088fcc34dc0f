import type { StateReader } from "../kernel/state.ts";
import { lentTo } from "../officer/lent.ts";
import { isEnded } from "../operation/steps.ts";
import type { IncidentContext } from "./events.ts";

export interface Named {
  readonly operationId?: string;
  readonly detentionId?: string;
  readonly caseNo?: string;
}

/** Host court and case, taken from the operation or detention that the reporter named. */
function contextOf(named: Named, state: StateReader): IncidentContext {
  const detention = state.get("detention", named.detentionId ?? "");
  const operationId = named.operationId ?? detention?.operationId;
  const operation = state.get("operation", operationId ?? "");
  const hostCourtId = operation?.hostCourtId ?? detention?.hostCourtId;
  const caseNo = named.caseNo ?? operation?.caseNo ?? detention?.caseNo;
  return {
    ...(operationId ? { operationId } : {}),
    ...(named.detentionId ? { detentionId: named.detentionId } : {}),
    ...(hostCourtId ? { hostCourtId } : {}),
    ...(caseNo ? { caseNo } : {}),
  };
}

/** A phone in a pocket names nothing: the one live operation its officer is in stands in for it. */
export const sosContext = (named: Named, officerId: string, state: StateReader): IncidentContext =>
  whereHeServes(contextOfCall(named, officerId, state), officerId, state);

/** What somebody reports who says where he is. */
export const reportContext = (
  named: Named,
  officerId: string,
  state: StateReader,
): IncidentContext => whereHeServes(contextOf(named, state), officerId, state);

/**
 * Lent to another court, he is among its people and under its command: its desk has the whole of
 * it, and stands to it as the court of the place does, whichever court that is besides.
 */
function whereHeServes(context: IncidentContext, officerId: string, state: StateReader) {
  const officer = state.get("officer", officerId);
  const servesCourtId = officer && lentTo(officer, state);
  return servesCourtId === undefined
    ? context
    : { ...context, servesCourtId, hostCourtId: context.hostCourtId ?? servesCourtId };
}

function contextOfCall(named: Named, officerId: string, state: StateReader): IncidentContext {
  if (named.operationId ?? named.detentionId) return contextOf(named, state);
  const live = state
    .linked("operation", `officer:${officerId}`)
    .filter((operation) => !isEnded(operation));
  const only = live.length === 1 ? live[0] : undefined;
  return contextOf(only ? { operationId: only.id } : {}, state);
}
