import { holderOf } from "../hold/holder.ts";
import { holdsOrDirects, isWithin } from "../hold/may-direct.ts";
import { startClock } from "../kernel/clock.ts";
import type { DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import { accept, type Decision, type Refusal, refusal, refuse } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { isOfCourt } from "../officer/of-court.ts";
import { incidentEvent } from "./events.ts";
import type { Assist, Incident } from "./state.ts";

export interface NameAssist {
  readonly courtId: string;
  /** Who of that court shall go; its desk chooses when nobody is named. */
  readonly officerIds?: readonly string[];
}

export const ASSIST_CLOCK = "assist";

const OVER: ReadonlySet<Assist["state"]> = new Set(["TAKEN_OVER", "DECLINED"]);

/** The help that runs now, if any. */
export const liveAssist = ({ assist }: Incident): Assist | undefined =>
  assist && !OVER.has(assist.state) ? assist : undefined;

/** Somebody else may be named while the one that was named has not answered. */
export const assistFree = (incident: Incident): Refusal | undefined => {
  const state = liveAssist(incident)?.state;
  return state === undefined || state === "NAMED"
    ? undefined
    : refusal("ASSIST_RUNNING", { ruleId: "HOLD-12" });
};

/** A request between equals may be declined; what a common superior orders may not. */
export const mayDecline = (incident: Incident): Refusal | undefined => {
  const assist = liveAssist(incident);
  if (assist?.state !== "NAMED") return refusal("NO_ASSIST_ASKED", { ruleId: "HOLD-13" });
  return assist.asked === "REQUESTED"
    ? undefined
    : refusal("ASSIST_ORDERED", { ruleId: "HOLD-13" });
};

export const mayHandOver = (incident: Incident): Refusal | undefined => {
  const state = liveAssist(incident)?.state;
  return state === "NAMED" || state === "ACKNOWLEDGED"
    ? undefined
    : refusal("NO_ASSIST_ASKED", { ruleId: "HOLD-14" });
};

export function nameAssist({
  id,
  entity,
  actor,
  payload,
  state,
  now,
}: DecideInput<Incident, NameAssist>): Decision<DomainEvent> {
  if (!entity || actor.kind !== "person") return refuse("NO_SUCH_RECORD");
  const { officerId, courtId } = actor;
  const wrong = helperRefusal(payload, entity, courtId, state);
  if (wrong) return { ok: false, refusal: wrong };
  if (
    !holdsOrDirects(entity, holderOf(entity, state), courtId, state) &&
    !isOwnUnheld(entity, courtId, state)
  ) {
    return refuse("NOT_THE_HOLDER", { ruleId: "HOLD-12" });
  }
  return accept(
    incidentEvent(id, "AssistNamed", {
      officerId,
      courtId,
      toCourtId: payload.courtId,
      officerIds: payload.officerIds ?? [],
      asked: isWithin(state, payload.courtId, courtId) ? "ORDERED" : "REQUESTED",
      clocks: [startClock(ASSIST_CLOCK, "ASSIST-ACK", now)],
    }),
  );
}

/** Its own desk need not acknowledge first what only a clock has carried away from it. */
const isOwnUnheld = (incident: Incident, courtId: string, state: StateReader): boolean =>
  courtId === incident.courtId &&
  incident.held === undefined &&
  holderOf(incident, state).officerId === undefined;

function helperRefusal(
  { courtId: helper, officerIds = [] }: NameAssist,
  incident: Incident,
  courtId: string,
  state: StateReader,
): Refusal | undefined {
  if (!state.get("court", helper)) return refusal("NO_SUCH_COURT");
  const isSuperior = isWithin(state, courtId, helper);
  if (helper === incident.courtId || isSuperior) {
    return refusal("ASSIST_BY_OTHERS", { ruleId: "HOLD-12" });
  }
  const strange = officerIds.some((each) => !isOfCourt(state, each, helper));
  return strange ? refusal("NOT_OF_THAT_COURT", { ruleId: "HOLD-12" }) : undefined;
}
