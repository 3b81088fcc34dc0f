import { type Figures, median } from "./figures.ts";
import { short } from "./goals.ts";

/** A row per figure: its rounds and their median. */
export function printFigures(rounds: readonly Figures[]): void {
  const names = Object.keys(rounds[0] ?? {});
  const width = Math.max(...names.map((name) => name.length));
  for (const name of names) {
    const values = rounds.flatMap((figures) => figures[name] ?? []);
    const each = values.map((value) => short(value).padStart(12)).join("");
    console.log(`  ${name.padEnd(width)}${each}   median ${short(median(values))}`);
  }
}

export function printTable(lines: readonly (readonly string[])[]): void {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  console.log("");
  for (const line of lines)
    console.log(`  ${line.map((text, column) => text.padEnd(widths[column] ?? 0)).join("  ")}`);
}
