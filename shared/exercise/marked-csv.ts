/** Every export says what kind of log it is from: in its first line and in its file's name. */
type Mode = "LIVE" | "DEMO" | "EXERCISE";

export const EXPORT_MARK: Readonly<
  Record<Mode, { readonly line?: string; readonly file: string }>
> = {
  LIVE: { file: "" },
  DEMO: { line: "模拟数据 DEMO", file: "demo-" },
  EXERCISE: { line: "演练 EXERCISE", file: "exercise-" },
};

type Cell = string | number;

/** RFC 4180 with the mark of spreadsheets for UTF-8; nothing in a cell is taken for a formula. */
export function markedCsv(mode: Mode, rows: readonly (readonly Cell[])[]): string {
  const { line } = EXPORT_MARK[mode];
  const all = line === undefined ? rows : [[line], ...rows];
  return `\uFEFF${all.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function cell(value: Cell): string {
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : `${value}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
