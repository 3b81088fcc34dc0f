import { BENCHES } from "./benches.ts";

/**
 * What `npm run bench` runs: the benches whose goals the issue names, each with the time that it may take on a
 * quiet machine, s. A quarter of an hour in all, starts included.
 */
export const BUDGETS_S: Readonly<Record<string, number>> = {
  fanout: 210,
  ingest: 90,
  log: 26,
  storm: 53,
  cold: 46,
  replay: 26,
  memory: 90,
  slow: 91,
  commands: 36,
  map: 180,
  cluster: 36,
};

/** Benches by name, in the order in which they run. */
export function chosen(
  asked: readonly string[],
  { isSmoke, isSoak }: { readonly isSmoke: boolean; readonly isSoak: boolean },
): readonly string[] {
  const names = Object.keys(BENCHES);
  if (asked.length > 0) return names.filter((name) => asked.includes(name));
  if (isSmoke) return names.filter((name) => BENCHES[name]?.smoke === true);
  const isOfSet = (name: string) => name in BUDGETS_S && !BENCHES[name]?.soak;
  return names.filter((name) => isOfSet(name) !== isSoak);
}

/** Before it is ended by force: twice its time on a busy machine. @returns ms */
export const patienceMs = (name: string): number =>
  (BUDGETS_S[name] === undefined ? 3_600 : BUDGETS_S[name] * 2 + 60) * 1_000;
