import { endClocks, withClocks } from "../kernel/clock.ts";
import { type Conflict, withConflict } from "../kernel/conflict.ts";
import type { EventMeta } from "../kernel/event.ts";
import { ASSIST_CLOCK, liveAssist } from "./assist.ts";
import type { AssistEvent, Hand } from "./events.ts";
import type { Assist, Incident } from "./state.ts";

export function foldAssist(incident: Incident, event: AssistEvent, meta: EventMeta): Incident {
  switch (event.type) {
    case "AssistNamed":
      return named(incident, event.data, meta);
    case "AssistDeclined":
      return moved(incident, { state: "DECLINED", reason: event.data.reason }, meta);
    case "AssistHandedOver":
      return moved(incident, { state: "HANDED_OVER", handedOverAt: meta.occurred.earliest }, meta);
    case "AssistTakenOver":
      return takenOver(incident, meta);
  }
}

type Named = Extract<AssistEvent, { type: "AssistNamed" }>["data"];

function named(
  incident: Incident,
  { officerId, courtId, toCourtId, officerIds, asked, clocks }: Named,
  meta: EventMeta,
): Incident {
  return {
    ...incident,
    assist: {
      courtId: toCourtId,
      officerIds,
      asked,
      byCourtId: courtId,
      byOfficerId: officerId,
      since: meta.at,
      state: "NAMED",
    },
    clocks: withClocks(incident.clocks, clocks, meta),
  };
}

/** The helping court has answered: by acknowledging, or by acting on it. */
export function assistAnswered(
  incident: Incident,
  { officerId, courtId }: Hand,
  meta: EventMeta,
): Incident {
  const assist = liveAssist(incident);
  if (assist?.courtId !== courtId || assist.state !== "NAMED") return incident;
  return moved(incident, { state: "ACKNOWLEDGED", acknowledged: { officerId, at: meta.at } }, meta);
}

const moved = (incident: Incident, change: Partial<Assist>, meta: EventMeta): Incident => {
  const assist = liveAssist(incident);
  if (!assist) return incident;
  return {
    ...incident,
    assist: { ...assist, ...change },
    clocks: endClocks(incident.clocks, [ASSIST_CLOCK], meta.at),
  };
};

/** A fact of the enforcing court; where nobody helped it is kept for the desk to look at. */
function takenOver(incident: Incident, meta: EventMeta): Incident {
  if (liveAssist(incident)) {
    return moved(incident, { state: "TAKEN_OVER", takenOverAt: meta.occurred.earliest }, meta);
  }
  const conflict: Conflict = {
    commandId: meta.commandId,
    event: "AssistTakenOver",
    at: meta.at,
    occurredAt: meta.occurred.earliest,
    note: "NO_ASSIST",
  };
  return { ...incident, conflicts: withConflict(incident.conflicts, conflict) };
}
