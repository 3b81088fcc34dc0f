import { EXPORT_MARK, markedCsv } from "../../../shared/exercise/marked-csv.ts";
import type { UnitMonth } from "../../link/api.ts";

/** Columns of counts, in the order of the table. */
export const COUNTS = [
  "requests",
  "onTime",
  "overdue",
  "refused",
  "running",
  "takenBack",
] as const satisfies readonly (keyof UnitMonth)[];

type Mode = Parameters<typeof markedCsv>[0];

export interface MonthTable {
  /** What it is, of which month and as of when: one line each. */
  readonly head: readonly string[];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** Marked in its first line and its name where it is not from a live log. */
export const monthCsv = (mode: Mode, title: string, table: MonthTable) => ({
  name: `${EXPORT_MARK[mode].file}${title}.csv`,
  text: markedCsv(mode, [...table.head.map((line) => [line]), table.columns, ...table.rows]),
});

/** The last twelve months by the calendar of Shanghai, this one first: `2026-11`. */
export function lastMonths(now: number): readonly string[] {
  const today = new Date(now + 8 * 3_600_000);
  return Array.from({ length: 12 }, (_, back) =>
    new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - back, 1))
      .toISOString()
      .slice(0, 7),
  );
}
