interface Moment {
  /** Who sits here and on which shift; undefined until it is known. */
  readonly session: string | undefined;
  /** The session for which the list was shown last. */
  readonly shown: string | null;
  readonly any: boolean;
  /** Calls for help that nobody has answered. */
  readonly alarms: number;
  /** A board, record, form or search was opened by the person. */
  readonly busy: boolean;
}

/** One sign-in, or one shift within it: whoever takes the desk over reads what was missed. */
export const missedSession = (
  officerId: string | undefined,
  shiftId: string | undefined,
): string | undefined => (officerId === undefined ? undefined : `${officerId} ${shiftId ?? "-"}`);

/**
 * What becomes of the list now (CON-35): it waits for whoever calls for help, and is not laid over
 * what a person opened; then it is only counted.
 */
export function missedStep({ session, shown, any, alarms, busy }: Moment) {
  if (session === undefined || session === shown) return "NOTHING";
  if (any && alarms > 0) return "NOTHING";
  return any && !busy ? "OPEN" : "COUNT_ONLY";
}
