import { withConflict } from "../kernel/conflict.ts";
import type { EventMeta } from "../kernel/event.ts";
import type { PoliceEvent } from "./events.ts";
import { holdsPerson, isEnded } from "./lifecycle.ts";
import type { PoliceConflictNote } from "./notes.ts";
import { personOver, reached } from "./reached.ts";
import type { PoliceRequest } from "./state.ts";

type Responded = Extract<PoliceEvent, { type: "PoliceResponded" }>;
type HandedOver = Extract<PoliceEvent, { type: "PoliceHandedOver" }>;
type Released = Extract<PoliceEvent, { type: "PoliceReleased" }>;
type TookIn = Extract<PoliceEvent, { type: "PoliceTookIn" }>;
type OfUnit = Responded | HandedOver | Released | TookIn;

export const ofFormerUnit = (
  request: PoliceRequest,
  event: OfUnit,
  meta: EventMeta,
): PoliceRequest => ({
  ...request,
  conflicts: withConflict(request.conflicts, formerUnit(event, meta)),
});

const formerUnit = ({ type }: OfUnit, meta: EventMeta) => ({
  commandId: meta.commandId,
  event: type,
  at: meta.at,
  occurredAt: meta.occurred.earliest,
  note: "FORMER_UNIT" as const satisfies PoliceConflictNote,
});

/** One side's word: the clock runs on until the court says that it has the person. */
export function handedOver(
  request: PoliceRequest,
  event: HandedOver,
  meta: EventMeta,
): PoliceRequest {
  if (event.data.unitId !== request.unitId) return ofFormerUnit(request, event, meta);
  const at = meta.occurred.latest;
  return { ...request, handedOver: { at, receivedBy: event.data.receivedBy } };
}

/**
 * A fact about the person: it ends the clock, and with it what was left of the request. Of the unit
 * before it is not enough: the court asks, and types what it was told.
 */
export function released(request: PoliceRequest, event: Released, meta: EventMeta): PoliceRequest {
  const { unitId, saidBy, note } = event.data;
  if (unitId !== undefined && unitId !== request.unitId) return ofFormerUnit(request, event, meta);
  const said = {
    at: meta.occurred.latest,
    saidBy,
    typedBy: meta.by,
    byPhone: unitId === undefined,
    ...(note ? { note } : {}),
  };
  return personGone({ ...request, released: said }, event.type, meta);
}

export function tookIn(request: PoliceRequest, event: TookIn, meta: EventMeta): PoliceRequest {
  const { unitId, saidBy, receiptNo } = event.data;
  if (unitId !== request.unitId) return ofFormerUnit(request, event, meta);
  const said = { at: meta.occurred.latest, saidBy, receiptNo };
  const next = personGone({ ...request, tookIn: request.tookIn ?? said }, event.type, meta);
  return isEnded(next) ? next : reached(next, "CLOSED", event.type, meta);
}

/** The person is no longer with the police who held him: nothing is left of what they were asked. */
function personGone(request: PoliceRequest, event: string, meta: EventMeta): PoliceRequest {
  const held = holdsPerson(request);
  const next = { ...request, clocks: personOver(request.clocks, request) };
  return held && next.state === "HELD_BY_POLICE" && !holdsPerson(next)
    ? reached(next, "CLOSED", event, meta)
    : next;
}
