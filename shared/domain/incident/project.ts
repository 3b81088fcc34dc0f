import { type Audience, seatOf, standingOf } from "../authority/audience.ts";
import { present } from "../detention/present.ts";
import { holderOf } from "../hold/holder.ts";
import { holdLogOf } from "../hold/project.ts";
import { clockDtos } from "../kernel/clock.ts";
import type { StateReader } from "../kernel/state.ts";
import { shortNameOf } from "../officer/short-name.ts";
import type { Incident } from "./state.ts";

/**
 * In full on consoles of the own line of courts and on phones; a wall without text, case and the
 * list of who looked; the host court without text and case.
 */
export function projectIncident(incident: Incident, state: StateReader, audience: Audience) {
  if (seatOf(audience) === "wall") return outline(incident, state);
  const shown = {
    ...outline(incident, state),
    ...(incident.battery === undefined ? {} : { battery: incident.battery }),
    seenBy: incident.seenBy.map((hand) => named(hand, state)),
    ...(incident.policeRequestId ? { policeRequestId: incident.policeRequestId } : {}),
  };
  if (standingOf(audience) === "host") return shown;
  const { caseNo, detail, endReason, levelReason, cancelRequested, assist, review } = incident;
  return {
    ...shown,
    ...(caseNo ? { caseNo } : {}),
    ...(detail ? { detail } : {}),
    ...(levelReason ? { levelReason } : {}),
    ...(endReason ? { endReason } : {}),
    ...(review ? { review: named(review, state) } : {}),
    ...present(incident, ["holdReason"]),
    ...(assist?.reason ? { assistReason: assist.reason } : {}),
    ...(cancelRequested ? { cancelRequested } : {}),
    conflicts: incident.conflicts,
  };
}

function outline(incident: Incident, state: StateReader) {
  const {
    operationId,
    detentionId,
    hostCourtId,
    servesCourtId,
    place,
    acknowledged,
    cancelRequested,
  } = incident;
  const reporter = shortNameOf(state, incident.reporterId);
  return {
    courtId: incident.courtId,
    kind: incident.kind,
    sos: incident.sos,
    level: incident.level,
    climbedTo: incident.climbedTo,
    state: incident.state,
    reporterId: incident.reporterId,
    ...(reporter ? { reporter } : {}),
    ...(operationId ? { operationId } : {}),
    ...(detentionId ? { detentionId } : {}),
    ...(hostCourtId ? { hostCourtId } : {}),
    ...(servesCourtId ? { servesCourtId } : {}),
    ...(place ? { place } : {}),
    ...(incident.unverified ? { unverified: true } : {}),
    reportedAt: incident.reportedAt,
    commandIds: incident.commandIds,
    repeats: incident.repeats,
    ...(acknowledged ? { acknowledged: named(acknowledged, state) } : {}),
    ...(cancelRequested ? { cancelRequested: { at: cancelRequested.at } } : {}),
    casualties: incident.casualties,
    holder: holderOf(incident, state),
    ...present(incident, ["held", "deadline"]),
    ...holdLogOf(incident, state),
    ...assistOf(incident),
    clocks: clockDtos(incident.clocks),
  };
}

/** Why it was declined is text, and stands apart. */
function assistOf({ assist }: Incident) {
  if (!assist) return {};
  const { reason: _text, ...shown } = assist;
  return { assist: shown };
}

/** With surname and title, so that every screen can say 张警官 14:03:22 已签收. */
function named<H extends NonNullable<Incident["acknowledged"]>>(hand: H, state: StateReader) {
  const name = shortNameOf(state, hand.officerId);
  return { ...hand, ...(name ? { name } : {}) };
}
