/** Courts of the province keep one time; China has had no other offset since 1991. */
const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

/** Server ms of the last midnight in Beijing. */
export const dayStart = (now: number): number =>
  Math.floor((now + OFFSET_MS) / DAY_MS) * DAY_MS - OFFSET_MS;
