import { type Figures, median, spread } from "./figures.ts";

/** One line of the table: a figure of a bench, what the issue asks of it, and beside it the limit. */
export interface Goal {
  readonly id: string;
  readonly what: string;
  readonly unit: string;
  readonly better: "HIGHER" | "LOWER";
  readonly floor: number;
  readonly aim?: number;
  /** Name of the figure in each round. */
  readonly figure: string;
  /** Name of the limit's figure in the same round. */
  readonly limit?: string;
  /** SHARE: figure ÷ limit of each round is held against floor and aim; FIGURE: the figure itself. */
  readonly judged: "SHARE" | "FIGURE";
  /** WORST: every round has to hold, so the worst counts. Otherwise the median of rounds. */
  readonly of?: "MEDIAN" | "WORST";
  /** Five unless said. */
  readonly minRounds?: number;
  /** Reported beside the others; the issue sets no verdict on it. */
  readonly beside?: true;
}

export type Verdict = "reached" | "floor" | "MISSED" | "void" | "beside";

/** A goal and what came of it; also what is kept in the results' files. */
export interface Judged {
  readonly id: string;
  readonly what: string;
  readonly unit: string;
  readonly better: Goal["better"];
  readonly judged: Goal["judged"];
  readonly floor: number;
  readonly aim: number | null;
  readonly figure: number;
  readonly limit: number | null;
  /** Median of figure ÷ limit of each round. */
  readonly ratio: number | null;
  /** Of what is judged, over the rounds. */
  readonly spread: number;
  readonly limitSpread: number | null;
  readonly rounds: number;
  readonly verdict: Verdict;
  /** Why it is void. */
  readonly why: string;
}

const LEAST_ROUNDS = 5;
const MOST_LIMIT_SPREAD = 0.15;

export function judge(goal: Goal, rounds: readonly Figures[]): Judged {
  const { id, what, unit, better, judged, floor } = goal;
  // What stands beside may have had fewer rounds.
  const counted = goal.beside ? rounds.filter((round) => goal.figure in round) : rounds;
  const figures = valuesOf(counted, goal.figure);
  const limits = goal.limit === undefined ? undefined : valuesOf(counted, goal.limit);
  const ratios = limits && figures.map((figure, i) => figure / (limits[i] ?? Number.NaN));
  const values = judged === "SHARE" && ratios ? ratios : figures;
  const value = goal.of === "WORST" ? worst(values, better) : median(values);
  const limitSpread = limits ? spread(limits) : null;
  const why = goal.beside ? "" : whyVoid(goal, values, limitSpread);
  return {
    id,
    what,
    unit,
    better,
    judged,
    floor,
    aim: goal.aim ?? null,
    figure: judged === "FIGURE" ? value : median(figures),
    limit: limits ? median(limits) : null,
    ratio: ratios ? median(ratios) : null,
    spread: spread(values),
    limitSpread,
    rounds: counted.length,
    verdict: verdictOf(goal, value, why),
    why,
  };
}

/** What the table says of a goal whose bench came to no end. */
export const failed = (goal: Goal, why: string): Judged => ({
  ...judge(goal, []),
  verdict: "void",
  why: `the bench failed: ${why}`,
});

function verdictOf(goal: Goal, value: number, why: string): Verdict {
  if (goal.beside) return "beside";
  if (why !== "") return "void";
  const holds = (bound: number) => (goal.better === "HIGHER" ? value >= bound : value <= bound);
  if (holds(goal.aim ?? goal.floor)) return "reached";
  return holds(goal.floor) ? "floor" : "MISSED";
}

function whyVoid(goal: Goal, values: readonly number[], limitSpread: number | null): string {
  const least = goal.minRounds ?? LEAST_ROUNDS;
  if (values.some((value) => Number.isNaN(value)) || values.length === 0) return "not measured";
  if (values.length < least) return `${values.length} of ${least} rounds`;
  if (limitSpread !== null && limitSpread > MOST_LIMIT_SPREAD)
    return `the limit spreads by ${Math.round(limitSpread * 100)} %`;
  return "";
}

const valuesOf = (rounds: readonly Figures[], name: string): number[] =>
  rounds.map((figures) => figures[name] ?? Number.NaN);

const worst = (values: readonly number[], better: Goal["better"]): number =>
  better === "HIGHER" ? Math.min(...values) : Math.max(...values);

export const TABLE_HEAD = [
  "goal",
  "figure",
  "limit",
  "ratio",
  "floor",
  "aim",
  "verdict",
  "spread",
] as const;

/** The cells of one line, in the order of `TABLE_HEAD`. */
export function cells(row: Judged): readonly string[] {
  const bound = (value: number | null) => {
    if (value === null) return "–";
    return `${row.better === "HIGHER" ? "≥" : "≤"} ${short(value)}${row.judged === "SHARE" ? "" : ` ${row.unit}`}`;
  };
  const limitSpread = row.limitSpread === null ? "" : `, limit ${percent(row.limitSpread)}`;
  return [
    `${row.id} ${row.what}`,
    `${short(row.figure)} ${row.unit}`,
    row.limit === null ? "–" : `${short(row.limit)} ${row.unit}`,
    row.ratio === null ? "–" : short(row.ratio),
    bound(row.floor),
    bound(row.aim),
    row.why === "" ? row.verdict : `${row.verdict}: ${row.why}`,
    `${percent(row.spread)}${limitSpread}`,
  ];
}

const percent = (share: number): string =>
  Number.isFinite(share) ? `${Math.round(share * 100)} %` : "–";

const THOUSANDS = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

export function short(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (Math.abs(value) >= 100) return THOUSANDS.format(value);
  // 99.95 is not the same as 100 where 99.9 is asked.
  return Math.abs(value) >= 10 ? value.toFixed(2) : String(Number(value.toPrecision(3)));
}
