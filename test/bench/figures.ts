import type { Goal } from "./goals.ts";

/** What every bench gives back: rounds of named figures, each with its unit in the name. */
export type Figures = Readonly<Record<string, number>>;

/** FULL measures; SMOKE only shows within seconds that the bench still runs. */
export type Length = "FULL" | "SMOKE";

export interface Bench {
  /** What is measured, in a sentence. */
  readonly about: string;
  /** What the issue asks of these figures. */
  readonly goals?: readonly Goal[];
  /** Too long for `npm run bench`: by name, or with `npm run bench:soak`. */
  readonly soak?: true;
  /** One where a round takes minutes. */
  readonly mostRounds?: number;
  /** Knows the short form. */
  readonly smoke?: true;
  readonly run: (rounds: number, length: Length) => Promise<readonly Figures[]>;
}

export const quantile = (values: readonly number[], q: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
};

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** From the least to the most, as a share of the median. */
export const spread = (values: readonly number[]): number =>
  (Math.max(...values) - Math.min(...values)) / Math.abs(median(values));

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));
