import type { Plan } from "./world/plan.ts";

/**
 * Histories that once broke a promise, shrunk: each stays here under the name of what it broke. A
 * plan is kept whole, not its seed, because a seed means another plan as soon as plans change.
 */
export const REGRESSIONS: readonly (Plan & { readonly broke: string })[] = [];
