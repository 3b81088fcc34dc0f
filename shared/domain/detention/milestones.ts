import type { Occurred } from "../kernel/event.ts";
import type { MilestoneType } from "./events.ts";
import type { Detention, DetentionState, DetentionTimes, DetentionType } from "./state.ts";

const TERMINAL: ReadonlySet<DetentionState> = new Set([
  "RELEASED",
  "CONVERTED",
  "RELEASED_EARLY",
  "REVOKED",
  "STOPPED",
]);

const RANK: Readonly<Record<DetentionState, number>> = {
  PROPOSED: 0,
  APPROVED: 1,
  CONTROLLED: 2,
  ARRIVED: 3,
  IN_TRANSIT: 3,
  INQUIRY: 4,
  HANDOVER_PENDING: 4,
  INTAKE_REFUSED: 5,
  IN_CUSTODY: 6,
  RELEASED: 9,
  CONVERTED: 9,
  RELEASED_EARLY: 9,
  REVOKED: 9,
  STOPPED: 9,
};

export interface Milestone {
  readonly time: keyof DetentionTimes;
  /** The state it reaches, by kind; none where it is no step of that kind. */
  readonly reaches: Readonly<Partial<Record<DetentionType, DetentionState>>>;
  /** A person is held at that time. */
  readonly holds: boolean;
}

export const MILESTONES: Readonly<Record<MilestoneType, Milestone>> = {
  SubjectControlled: {
    time: "controlledAt",
    reaches: { COMPEL: "CONTROLLED", DETAIN: "CONTROLLED" },
    holds: true,
  },
  SubjectArrived: {
    time: "arrivedAt",
    reaches: { COMPEL: "ARRIVED", DETAIN: "HANDOVER_PENDING" },
    holds: true,
  },
  InquiryStarted: { time: "inquiryStartedAt", reaches: { COMPEL: "INQUIRY" }, holds: true },
  InquiryEnded: { time: "inquiryEndedAt", reaches: { COMPEL: "INQUIRY" }, holds: true },
  TransitStarted: { time: "inTransitAt", reaches: { DETAIN: "IN_TRANSIT" }, holds: true },
  IntakeDone: { time: "intakeAt", reaches: { DETAIN: "IN_CUSTODY" }, holds: true },
  SubjectReleased: {
    time: "releasedAt",
    reaches: { COMPEL: "RELEASED", DETAIN: "RELEASED" },
    holds: false,
  },
};

/** Ends count at the later candidate, everything else at the earlier one. */
export const milestoneAt = (type: MilestoneType, occurred: Occurred): number =>
  type === "SubjectReleased" || type === "InquiryEnded" ? occurred.latest : occurred.earliest;

export const isTerminal = (detention: Detention): boolean => TERMINAL.has(detention.state);

/** The furthest of the present state and the one reported; a terminal state never reopens. */
export function furthest(detention: Detention, reported: DetentionState): DetentionState {
  if (isTerminal(detention)) return detention.state;
  return RANK[reported] > RANK[detention.state] ? reported : detention.state;
}

/** After a refused intake the person travels again: another round of transit and arrival. */
export function isNewRound(detention: Detention, type: MilestoneType, at: number): boolean {
  const refusedAt = detention.intakeRefusals.at(-1)?.at;
  const travels = type === "TransitStarted" || type === "SubjectArrived";
  return travels && refusedAt !== undefined && at >= refusedAt;
}

/** Since when the person is held, as far as reports say. */
export function heldSince(times: DetentionTimes): number | undefined {
  const known = [
    times.controlledAt,
    times.arrivedAt,
    times.inquiryStartedAt,
    times.inTransitAt,
    times.intakeAt,
  ].filter((at) => at !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}
