import type { EntityType } from "../../shared/domain/kernel/ref.ts";

/** Spelled out here so that a client need not load the domain modules; the compiler keeps it whole. */
const KNOWN: Readonly<Record<EntityType, true>> = {
  court: true,
  team: true,
  officer: true,
  device: true,
  asset: true,
  unit: true,
  operation: true,
  detention: true,
  police: true,
  incident: true,
  order: true,
  report: true,
  message: true,
  timebase: true,
  delegation: true,
  supervision: true,
  interference: true,
  shift: true,
  rollcall: true,
  notice: true,
  checkin: true,
  liaison: true,
  suggestion: true,
  notification: true,
  observer: true,
  opinion: true,
};

export const KNOWN_TYPES = Object.keys(KNOWN) as readonly EntityType[];

/** A newer server may send kinds this client does not know; it leaves them out. */
export const isKnownType = (type: string): type is EntityType => Object.hasOwn(KNOWN, type);
