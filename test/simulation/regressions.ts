import type { Plan } from "./world/plan.ts";

/**
 * Histories that once broke a promise, shrunk: each stays here under the name of what it broke. A
 * plan is kept whole, not its seed, because a seed means another plan as soon as plans change.
 */
export const REGRESSIONS: readonly (Plan & { readonly broke: string })[] = [
  {
    broke: "a restart after the wall clock was set back forgot the time since the last commit",
    steps: [
      { afterMs: 100, step: { do: "act", act: "sos", n: 0 } },
      { afterMs: 12_000, step: { do: "clock", ms: -3_600_000 } },
      { afterMs: 100, step: { do: "crash", tasks: 1, ms: 100, quiet: false } },
      { afterMs: 70_000, step: { do: "act", act: "sos", n: 1 } },
    ],
    noise: 1,
    severalWriters: false,
    ringCommits: 40,
    clocks: [],
  },
];
