/** Adds up what tests wrote by `tried`, `saw` and `notRun`, and says it in lines. */
import { readFile } from "node:fs/promises";
import * as z from "zod";
import { SOMETIMES } from "../support/trials.ts";

export interface TriedRow {
  readonly what: string;
  readonly tried: number;
  readonly failed: number;
}

export interface Trials {
  /** One row per `what`, in the order in which they came. */
  readonly rows: readonly TriedRow[];
  readonly seen: readonly string[];
  readonly notRun: readonly string[];
}

export const NO_TRIALS: Trials = { rows: [], seen: [], notRun: [] };

const line = z.union([
  z.strictObject({ what: z.string(), tried: z.number(), failed: z.number() }),
  z.strictObject({ saw: z.string() }),
  z.strictObject({ notRun: z.string() }),
]);

/** A file that nobody wrote counts nothing. */
export async function readTrials(file: string): Promise<Trials> {
  return trialsIn(await readFile(file, "utf8").catch(() => ""));
}

export function trialsIn(text: string): Trials {
  const lines = text
    .split("\n")
    .filter((json) => json !== "")
    .map((json) => line.parse(JSON.parse(json)));
  return addTrials([
    {
      rows: lines.flatMap((one) => ("what" in one ? [one] : [])),
      seen: lines.flatMap((one) => ("saw" in one ? [one.saw] : [])),
      notRun: lines.flatMap((one) => ("notRun" in one ? [one.notRun] : [])),
    },
  ]);
}

/** Rows of the same name become one. */
export function addTrials(runs: readonly Trials[]): Trials {
  const rows = new Map<string, TriedRow>();
  for (const { what, tried, failed } of runs.flatMap((run) => run.rows)) {
    const before = rows.get(what) ?? { tried: 0, failed: 0 };
    rows.set(what, { what, tried: before.tried + tried, failed: before.failed + failed });
  }
  return {
    rows: [...rows.values()],
    seen: [...new Set(runs.flatMap((run) => run.seen))],
    notRun: [...new Set(runs.flatMap((run) => run.notRun))],
  };
}

export const neverSeen = ({ seen }: Trials): readonly string[] =>
  SOMETIMES.filter((what) => !seen.includes(what));

/** `what: N tried, K failed (< 3/N)`: none of N failed, so fewer than 3 in N do, 95 times in 100. */
export function tableOf({ rows }: Trials): readonly string[] {
  return rows.map(({ what, tried, failed }) => {
    const bound = failed === 0 && tried > 0 ? ` (< 3/${tried} = ${percent(3 / tried)})` : "";
    return `${what}: ${tried} tried, ${failed} failed${bound}`;
  });
}

/** The sentence under the table. */
export function summaryOf({ rows }: Trials, notRun: readonly string[]): string {
  const sum = (key: "tried" | "failed") => rows.reduce((n, row) => n + row[key], 0);
  const missing = notRun.length === 0 ? "nothing" : notRun.join("; ");
  return `${sum("tried")} tried, ${sum("failed")} failed, NOT RUN: ${missing}`;
}

function percent(share: number): string {
  return share >= 1 ? "100 %" : `${Number((share * 100).toPrecision(2))} %`;
}
