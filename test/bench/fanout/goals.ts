import type { Goal } from "../goals.ts";

export const VIEWS = ["views", "full"] as const;
export type View = (typeof VIEWS)[number];
export const RATES = [2_000, 10_000] as const;

const WHAT: Readonly<Record<View, string>> = { views: "10 of 100 courts", full: "full picture" };
const WITH_IDLE = { suffix: "_idle", what: ", with idle phones" } as const;
const ALONE = { suffix: "", what: "" } as const;
type Company = typeof WITH_IDLE | typeof ALONE;

/** Floor and aim of the share of the limit, by rate and view. */
const SHARES = {
  2000: { id: "PERF-1", views: [0.8, 0.95], full: [0.7, 0.9] },
  10000: { id: "PERF-3", views: [0.65, 0.75], full: [0.65, 0.85] },
} as const;

function share(rate: keyof typeof SHARES, view: View, { suffix, what }: Company): Goal {
  const { id, [view]: bounds } = SHARES[rate];
  return {
    id,
    what: `fan-out at ${rate}/s, ${WHAT[view]}${what}`,
    unit: "positions/CPU-s",
    better: "HIGHER",
    floor: bounds[0],
    aim: bounds[1],
    figure: `${view}_${rate}_per_cpu_s${suffix}`,
    limit: `${view}_${rate}_limit_per_cpu_s${suffix}`,
    judged: "SHARE",
    ...besideIf(suffix),
  };
}

function arriving(view: View, { suffix, what }: Company): Goal {
  return {
    id: "PERF-4",
    what: `positions within two ticks at 2000/s, ${WHAT[view]}${what}`,
    unit: "%",
    better: "HIGHER",
    floor: 99.9,
    figure: `${view}_2000_on_time_percent${suffix}`,
    judged: "FIGURE",
    ...besideIf(suffix),
  };
}

function cpu(view: View, { suffix, what }: Company): Goal {
  return {
    id: "PERF-4",
    what: `CPU for fan-out at 2000/s, ${WHAT[view]}${what}`,
    unit: "% of a core",
    better: "LOWER",
    floor: 25,
    aim: 15,
    figure: `${view}_2000_fanout_cpu_percent${suffix}`,
    judged: "FIGURE",
    ...besideIf(suffix),
  };
}

/** All consoles of the full picture see each call. */
function call(rate: number, { suffix, what }: Company): Goal {
  return {
    id: "PERF-6",
    what: `call for support → last of 1,000 consoles at ${rate}/s, p99 from its sending${what}`,
    unit: "ms",
    better: "LOWER",
    floor: 100,
    aim: 50,
    figure: `full_${rate}_call_p99_ms${suffix}`,
    judged: "FIGURE",
    ...besideIf(suffix),
  };
}

const besideIf = (suffix: string): { readonly beside?: true } =>
  suffix === "" ? {} : { beside: true };

export const GOALS: readonly Goal[] = [ALONE, WITH_IDLE].flatMap((company) => [
  ...VIEWS.map((view) => share(2_000, view, company)),
  ...VIEWS.map((view) => share(10_000, view, company)),
  ...VIEWS.map((view) => arriving(view, company)),
  ...VIEWS.map((view) => cpu(view, company)),
  ...RATES.map((rate) => call(rate, company)),
]);
