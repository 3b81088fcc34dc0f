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

export interface MonthTable {
  /** What it is, of which month, as of when, and whether the data are simulated: one line each. */
  readonly head: readonly string[];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** Read by spreadsheets of every age: a mark of the encoding, CRLF, quotes where needed. */
export function toCsv({ head, columns, rows }: MonthTable): string {
  const lines = [...head.map((line) => [line]), columns, ...rows];
  return `\uFEFF${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** What begins like a formula is text, so that no name of a unit is ever executed. */
function cell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The last twelve months by the calendar of Shanghai, this one first: `2026-11`. */
export function lastMonths(now: number): readonly string[] {
  const today = new Date(now + 8 * 3_600_000);
  return Array.from({ length: 12 }, (_, back) =>
    new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - back, 1))
      .toISOString()
      .slice(0, 7),
  );
}
