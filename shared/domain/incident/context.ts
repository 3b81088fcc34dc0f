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
export function contextOf(named: Named, state: StateReader): IncidentContext {
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
export function sosContext(named: Named, officerId: string, state: StateReader): IncidentContext {
  const context = contextOfCall(named, officerId, state);
  const officer = state.get("officer", officerId);
  const lent = officer && lentTo(officer, state);
  // Lent to another court, he calls for help among its people: its desk is told as a host is.
  return lent === undefined || context.hostCourtId ? context : { ...context, hostCourtId: lent };
}

function contextOfCall(named: Named, officerId: string, state: StateReader): IncidentContext {
  if (named.operationId ?? named.detentionId) return contextOf(named, state);
  const live = state
    .linked("operation", `officer:${officerId}`)
    .filter((operation) => !isEnded(operation));
  const only = live.length === 1 ? live[0] : undefined;
  return contextOf(only ? { operationId: only.id } : {}, state);
}
