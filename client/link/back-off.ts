const FIRST_MS = 1_000;
/** A room is itself again within 5 s of the server's return, and the longest wait is half as long again. */
const MOST_MS = 2_500;

/** 1 → 2 → 2.5 s ± 50 %: after an outage a province must not come back in one second. */
export function backOffMs(tries: number, random: number): number {
  const base = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(Math.max(tries - 1, 0), 10));
  return Math.round(base * (0.5 + random));
}
