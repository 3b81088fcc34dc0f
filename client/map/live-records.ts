import type { DtoOf } from "../store/dto.ts";

/** Which records still stand on the map and on the wall. */
export const isOpenIncident = ({ state }: DtoOf<"incident">): boolean =>
  state !== "RESOLVED" && state !== "REVIEWED" && state !== "FALSE_ALARM";

/** Approved and not ended: a plan on paper stands nowhere yet. */
const NOT_LIVE: ReadonlySet<string | undefined> = new Set([
  "DRAFT",
  "SUBMITTED",
  "REJECTED",
  "CLOSED",
  "ABORTED",
]);

export const isLiveOperation = ({ state }: DtoOf<"operation">): boolean => !NOT_LIVE.has(state);

const POLICE_ENDED: ReadonlySet<string> = new Set([
  "CLOSED",
  "DECLINED",
  "CANCELLED",
  "TAKEN_OVER",
]);

export const isLivePolice = ({ state }: DtoOf<"police">): boolean =>
  state !== undefined && !POLICE_ENDED.has(state);

/** In the court's hands: from control to hand-over. In custody the house holds the person. */
const HELD: ReadonlySet<string> = new Set([
  "CONTROLLED",
  "ARRIVED",
  "INQUIRY",
  "IN_TRANSIT",
  "HANDOVER_PENDING",
  "INTAKE_REFUSED",
]);

export const isHeld = ({ state }: DtoOf<"detention">): boolean =>
  state !== undefined && HELD.has(state);
