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
  {
    broke: "a text that was repaired while the wire lost messages never reached its phone",
    steps: [
      { afterMs: 0, step: { do: "wire", state: "DOWN", n: 6, ms: 971 } },
      { afterMs: 0, step: { do: "act", act: "sos", n: 0 } },
      { afterMs: 0, step: { do: "wire", state: "DOWN", n: 125, ms: 50 } },
      { afterMs: 0, step: { do: "act", act: "settle", n: 0 } },
      { afterMs: 616, step: { do: "crash", tasks: 3, ms: 4088, quiet: true } },
      { afterMs: 967, step: { do: "clock", ms: 1000 } },
      { afterMs: 181, step: { do: "act", act: "release", n: 0 } },
      { afterMs: 1, step: { do: "act", act: "sos", n: 0 } },
      { afterMs: 1514, step: { do: "act", act: "sos", n: 2 } },
      { afterMs: 5, step: { do: "act", act: "message", n: 197 } },
      { afterMs: 820, step: { do: "act", act: "message", n: 248 } },
      { afterMs: 29, step: { do: "act", act: "message", n: 5 } },
      { afterMs: 1996, step: { do: "crash", tasks: 57, ms: 58, quiet: true } },
      { afterMs: 5, step: { do: "crash", tasks: 56, ms: 7632, quiet: true } },
      { afterMs: 21, step: { do: "act", act: "control", n: 726 } },
      { afterMs: 319, step: { do: "journal", ms: 54 } },
      { afterMs: 251, step: { do: "crash", tasks: 1, ms: 11796, quiet: true } },
      { afterMs: 1009, step: { do: "vault", ms: 2513 } },
      { afterMs: 1904, step: { do: "act", act: "twisted", n: 991 } },
      { afterMs: 3, step: { do: "act", act: "sos", n: 62 } },
      { afterMs: 809, step: { do: "wire", state: "NOISY", n: 72, ms: 23227 } },
      { afterMs: 3, step: { do: "wire", state: "NOISY", n: 996, ms: 62 } },
      {
        afterMs: 63916,
        step: { do: "store", fault: "UNCLEAR", ms: 11990, journalToo: true, crashToo: true },
      },
      { afterMs: 693, step: { do: "wire", state: "NOISY", n: 341, ms: 56 } },
      { afterMs: 902, step: { do: "wire", state: "SILENT", n: 780, ms: 56 } },
    ],
    noise: 2147483638,
    severalWriters: true,
    ringCommits: 10000,
    clocks: [0, -86400000, 3600000, 3600000, 86400000, -3600000, -3600000, 86400000, 3600000, 7000],
  },
];
