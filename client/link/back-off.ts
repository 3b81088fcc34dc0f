const FIRST_MS = 1_000;
const MOST_MS = 8_000;

/** 1 → 2 → 4 → 8 s ± 50 %: after an outage a province must not come back in one second. */
export function backOffMs(tries: number, random: number): number {
  const base = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(Math.max(tries - 1, 0), 10));
  return Math.round(base * (0.5 + random));
}
