const OFFSET_MS = 8 * 3_600_000;

/** `2026-11-23T08:40` as a clock in China shows it, as ms; whatever zone this machine is set to. */
export function chinaTime(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  const at = Date.parse(`${String(value)}:00+08:00`);
  return Number.isNaN(at) ? undefined : at;
}

/** The other way round, for a field that is opened again. */
export const chinaInput = (at: number): string =>
  new Date(at + OFFSET_MS).toISOString().slice(0, 16);
