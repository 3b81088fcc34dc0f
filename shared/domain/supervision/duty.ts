import type { Supervision, SupervisionState } from "./state.ts";

/** The target court still owes its written report. */
export const OWING: readonly SupervisionState[] = [
  "LETTER_SENT",
  "ASSIGNED",
  "REPORTING",
  "RETURNED",
  "URGED",
  "FILE_CALLED",
  "BULLETINED",
];

/** Urged at least once: what follows is the supervising court's choice. */
export const PRESSED: readonly SupervisionState[] = ["URGED", "FILE_CALLED", "BULLETINED"];

export const isClosed = ({ state }: Supervision): boolean => state === "CLOSED";

/** The target court hears of it by the letter, not before. */
export const isNotified = ({ letterNo }: Supervision): boolean => letterNo !== undefined;

export const owes = ({ state }: Supervision): boolean => OWING.includes(state);

/** The term for the report ran out and the clock has said so. */
export const isOverdue = ({ clocks }: Supervision): boolean =>
  clocks.due !== undefined && clocks.due.endedAt === undefined && clocks.due.level >= 2;

/** The one court that must act now; nobody when it is closed. */
export function dutyOf(supervision: Supervision): string | undefined {
  if (isClosed(supervision)) return undefined;
  return owes(supervision) ? supervision.targetCourtId : supervision.courtId;
}

/** Name of the clock of one rectification item. */
export const itemClock = (itemId: string): string => `item:${itemId}`;
