import { belongsTo } from "../court/belongs.ts";
import { startClock } from "../kernel/clock.ts";
import type { DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import { accept, type Decision, refuse } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { requestSent } from "../police/open.ts";
import { ACK_CLOCK } from "./climb.ts";
import { sosContext } from "./context.ts";
import { type IncidentPlace, incidentEvent } from "./events.ts";
import { isOpen } from "./level.ts";
import type { Incident } from "./state.ts";

export interface RaiseSos {
  readonly operationId?: string;
  readonly detentionId?: string;
  readonly place?: IncidentPlace;
  /** Percent. */
  readonly battery?: number;
}

type SosInput = DecideInput<Incident, RaiseSos>;

/**
 * One tap. The record is at level LARGER so that the parent court sees it at once, and opens a P1
 * police request. Its clock runs from the server's receipt, not from the tap: it measures how long
 * the desks leave it, and an SOS that arrives a minute late must still ring at the own desk first.
 * The tap's own time is `reportedAt`.
 *
 * A second tap while one of his is open joins that one; the id it chose then has no record.
 */
export function raiseSos(input: SosInput): Decision<DomainEvent> {
  const { actor, state, entity, payload, commandId } = input;
  if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
  const mine = openSosOf(actor.officerId, state);
  if (!mine) {
    // An id that is taken by a closed record cannot be reopened: the new alarm gets its own.
    const id = entity ? `${commandId}:incident` : input.id;
    return newSos(id, actor, input);
  }
  const { place, battery } = payload;
  return accept(
    incidentEvent(mine.id, "SosRepeated", {
      commandId,
      ...(place ? { place } : {}),
      ...(battery === undefined ? {} : { battery }),
      ...(mine.unverified && !input.unverified ? { verified: true } : {}),
    }),
  );
}

const openSosOf = (officerId: string, state: StateReader): Incident | undefined =>
  state
    .linked("incident", `officer:${officerId}`)
    .find((incident) => incident.sos && isOpen(incident));

function newSos(
  id: string,
  { officerId, courtId }: { readonly officerId: string; readonly courtId: string },
  { state, payload, commandId, now, unverified }: SosInput,
): Decision<DomainEvent> {
  const belongs = belongsTo(state, courtId);
  const context = sosContext(payload, officerId, state);
  const { place, battery } = payload;
  const policeRequestId = `${commandId}:police`;
  const { hostCourtId: _host, ...named } = context;
  return accept(
    incidentEvent(id, "SosRaised", {
      belongs,
      reporterId: officerId,
      ...context,
      ...(place ? { place } : {}),
      ...(battery === undefined ? {} : { battery }),
      ...(unverified ? { unverified } : {}),
      policeRequestId,
      clocks: [startClock(ACK_CLOCK, "SOS-ACK", now)],
    }),
    requestSent(policeRequestId, belongs, {
      kind: "VIOLENCE_RESPONSE",
      urgency: "P1",
      ...named,
      incidentId: id,
      ...(place ? { place: { lat: place.lat, lng: place.lng } } : {}),
      sentBy: officerId,
      sentAt: now,
    }),
  );
}
