/** What every bench gives back: rounds of named figures, each with its unit in the name. */
export type Figures = Readonly<Record<string, number>>;

export interface Bench {
  /** What is measured, in a sentence. */
  readonly about: string;
  readonly run: (rounds: number) => Promise<readonly Figures[]>;
}

export const quantile = (values: readonly number[], q: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
};

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));
