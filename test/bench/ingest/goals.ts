import type { Goal } from "../goals.ts";

const share = (figure: string, what: string): Goal => ({
  id: "PERF-8",
  what: `${what} ÷ bare validation`,
  unit: "positions/CPU-s",
  better: "HIGHER",
  floor: 0.5,
  aim: 0.6,
  figure,
  limit: `${figure}_limit`,
  judged: "SHARE",
});

export const PACES = [2_000, 10_000] as const;

const events = (rate: (typeof PACES)[number], floor: number, aim: number): Goal => ({
  id: "PERF-9",
  what: `event durable and answered at ${rate} positions/s, p99`,
  unit: "ms",
  better: "LOWER",
  floor,
  aim,
  figure: `event_at_${rate}_p99_ms`,
  judged: "FIGURE",
});

/** What the issue judges is single positions and the event at 2,000/s; the rest stands beside. */
export const INGEST_GOALS: readonly Goal[] = [
  share("one_per_cpu_s", "single positions answered per CPU-s, one outstanding each"),
  { ...share("paced_per_cpu_s", "the same at 2,000/s"), beside: true },
  { ...share("json_per_cpu_s", "single positions as JSON"), beside: true },
  { ...share("batch_per_cpu_s", "binary batches of 20"), beside: true },
  { ...share("http_per_cpu_s", "a tracker's, by HTTP"), beside: true },
  events(2_000, 40, 20),
  { ...events(10_000, 80, 40), beside: true },
];
