import type { LiaisonRequest, LiaisonState } from "./state.ts";

/** How far a request has come. Whoever refused may still comply; an end never reopens. */
const RANK: Readonly<Record<LiaisonState, number>> = {
  SENT: 0,
  RECEIVED: 1,
  PROCESSING: 2,
  REFUSED: 3,
  REPLIED: 4,
  CLOSED: 9,
  WITHDRAWN: 9,
};

export const DUE_CLOCK = "due";
export const REMINDER_CLOCK = "reminder";
/** The level at which a clock of this kind says that the term is over. */
const OVERDUE_LEVEL = 2;

export const isEnded = ({ state }: LiaisonRequest): boolean =>
  state === "CLOSED" || state === "WITHDRAWN";

/** The unit has neither replied nor refused yet. */
export const isOpen = ({ state }: LiaisonRequest): boolean => RANK[state] < RANK.REFUSED;

/** The furthest of the state that is and the one reported. */
export const furthest = (request: LiaisonRequest, reported: LiaisonState): LiaisonState =>
  isEnded(request) || RANK[reported] <= RANK[request.state] ? request.state : reported;

/** 逾期: the term, or that of a reminder, has run out, or had when the answer came. */
export const isOverdue = ({ clocks }: LiaisonRequest): boolean =>
  [clocks[DUE_CLOCK], clocks[REMINDER_CLOCK]].some(
    (clock) =>
      clock !== undefined &&
      (clock.endedAt === undefined ? clock.level >= OVERDUE_LEVEL : clock.overran === true),
  );
