import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";

/** Rows of one hand-written oracle beside this file. */
export const readOracle = (file: string): Record<string, string>[] =>
  parse(readFileSync(new URL(file, import.meta.url), "utf8"), {
    columns: true,
    skip_empty_lines: true,
  }) as Record<string, string>[];

/** The words of a cell. */
export const words = (cell: string | undefined): string[] =>
  (cell ?? "").split(" ").filter((word) => word !== "");
