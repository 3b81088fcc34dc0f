import { belongsTo } from "../court/belongs.ts";
import { startClock } from "../kernel/clock.ts";
import type { DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import { accept, type Decision, refuse } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { isEnded } from "../police/lifecycle.ts";
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
 * A second tap while one of his is open joins that one; the id it chose then has no record. If
 * somebody acknowledged that one before the tap, it rings anew: what was answered was another call.
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
  const { alarm, request } = ringsAnew(mine, input) ? anew(mine, actor, input) : NOTHING_NEW;
  return accept(
    incidentEvent(mine.id, "SosRepeated", {
      commandId,
      ...(place ? { place } : {}),
      ...(battery === undefined ? {} : { battery }),
      ...(mine.unverified && !input.unverified ? { verified: true } : {}),
      ...alarm,
    }),
    ...request,
  );
}

const NOTHING_NEW = { alarm: {}, request: [] } as const;

/** So often may somebody whom nobody knows make an answered alarm ring again. */
const UNVERIFIED_RINGS_EVERY_MS = 60_000;

/** A tap that certainly came before the acknowledgement is the call that was answered. */
function ringsAnew(mine: Incident, { occurred, unverified, now }: SosInput): boolean {
  if (!mine.acknowledged || occurred.latest <= mine.acknowledged.at) return false;
  const rangAt = mine.clocks[ACK_CLOCK]?.startAt ?? mine.reportedAt;
  return !unverified || now - rangAt >= UNVERIFIED_RINGS_EVERY_MS;
}

function anew(mine: Incident, { officerId }: Caller, { state, payload, commandId, now }: SosInput) {
  const clocks = [startClock(ACK_CLOCK, "SOS-ACK", now)];
  const before = state.get("police", mine.policeRequestId ?? "");
  if (before && !isEnded(before)) return { alarm: { clocks }, request: [] };
  const policeRequestId = `${commandId}:police`;
  const { operationId, detentionId, caseNo, courtId, tierPath } = mine;
  const place = payload.place ?? mine.place;
  const request = requestSent(
    policeRequestId,
    { courtId, tierPath },
    {
      kind: "VIOLENCE_RESPONSE",
      urgency: "P1",
      ...(operationId ? { operationId } : {}),
      ...(detentionId ? { detentionId } : {}),
      ...(caseNo ? { caseNo } : {}),
      incidentId: mine.id,
      ...(place ? { place: { lat: place.lat, lng: place.lng } } : {}),
      sentBy: officerId,
      sentAt: now,
    },
  );
  return { alarm: { clocks, policeRequestId }, request: [request] };
}

const openSosOf = (officerId: string, state: StateReader): Incident | undefined =>
  state
    .linked("incident", `officer:${officerId}`)
    .find((incident) => incident.sos && isOpen(incident));

interface Caller {
  readonly officerId: string;
  readonly courtId: string;
}

function newSos(
  id: string,
  { officerId, courtId }: Caller,
  { state, payload, commandId, now, unverified }: SosInput,
): Decision<DomainEvent> {
  const belongs = belongsTo(state, courtId);
  const context = sosContext(payload, officerId, state);
  const { place, battery } = payload;
  const policeRequestId = `${commandId}:police`;
  const { hostCourtId: _host, servesCourtId: _serves, ...named } = context;
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
