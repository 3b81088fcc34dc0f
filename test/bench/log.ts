import type { Bench, Figures, Length } from "./figures.ts";
import type { Goal } from "./goals.ts";
import { MEASURED_MS, openAppends } from "./log/append.ts";
import { openFullReplay } from "./log/full-replay.ts";
import { openVerify } from "./log/verify.ts";

interface Sizes {
  readonly appended: number;
  readonly folded: number;
  /** `LOG_COMMITS=1000000` for the goal's own size: a file of some 800 MB. */
  readonly verified: number;
}

const SIZES: Readonly<Record<Length, Sizes>> = {
  FULL: {
    appended: 2_000,
    folded: 10_000,
    verified: Number(process.env.LOG_COMMITS ?? 100_000),
  },
  SMOKE: { appended: 50, folded: 60, verified: 1_000 },
};

const GOALS: readonly Goal[] = [
  {
    ...{ id: "PERF-10", what: "positions appended, beside raw blobs", unit: "positions/CPU-s" },
    ...{ better: "HIGHER", judged: "SHARE", floor: 0.5, aim: 0.8 },
    ...{ figure: "append_positions_per_cpu_s", limit: "raw_append_positions_per_cpu_s" },
    beside: true,
  },
  {
    ...{ id: "log", what: "full replay of a million commits of one command", unit: "s" },
    ...{ better: "LOWER", judged: "FIGURE", floor: 10, figure: "fold_s_per_million" },
  },
  {
    ...{ id: "log", what: "log:verify of a million commits with anchors", unit: "s" },
    ...{ better: "LOWER", judged: "FIGURE", floor: 60, figure: "verify_s_per_million" },
  },
];

export const logBench: Bench = {
  about: `${MEASURED_MS / 1_000} s of everybody's positions in groups of 100 ms to the track log, against raw appends of as many bytes; ${SIZES.FULL.appended} commits to SQLite one by one, against the same bytes with an fdatasync each; another process folds ${SIZES.FULL.folded} commits of one command each, and its world must be this one's, byte for byte; log:verify walks ${SIZES.FULL.verified} commits and an anchor for every 1000 of them, its own start included`,
  goals: GOALS,
  smoke: true,
  run: async (rounds, length) => {
    const size = SIZES[length];
    const parts = [
      await openAppends(size.appended),
      await openFullReplay(size.folded),
      await openVerify(size.verified),
    ];
    try {
      const figures: Figures[] = [];
      for (let round = 0; round < rounds; round += 1) {
        let all: Figures = {};
        for (const part of parts) all = { ...all, ...(await part.round()) };
        figures.push(all);
      }
      return figures;
    } finally {
      for (const part of parts) await part.close();
    }
  },
};
