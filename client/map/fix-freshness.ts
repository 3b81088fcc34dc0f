/** How live an officer's dot is, by the age of its fix. */
export type FixFreshness = "FRESH" | "STALE" | "LOST";

/** Model 4.3, CFG: FRESH up to 30 s, STALE up to 120 s, LOST beyond. */
const STALE_AFTER_MS = 30_000;
export const LOST_AFTER_MS = 120_000;

export function fixFreshness(fixAt: number, now: number): FixFreshness {
  const age = now - fixAt;
  if (age > LOST_AFTER_MS) return "LOST";
  return age > STALE_AFTER_MS ? "STALE" : "FRESH";
}
