import type { Chance } from "./chance.ts";
import type { CourtPlace } from "./places.ts";
import { inventSubject, type Subject } from "./subjects.ts";

/** Ids and numbers of documents. Every one says that it is simulated. */
export interface Papers {
  /** Unique for this run and day, e.g. `sim-l8x2-0-op-12`. */
  id(what: string): string;
  caseNo(court: CourtPlace): string;
  /** e.g. 模拟拘传票7号 */
  paper(what: string): string;
  subject(): Subject;
}

/** Begins the ids of everything that simulators ever made. */
export const SIMULATED = "sim-";
export const runPrefix = (runId: string): string => `${SIMULATED}${runId}-`;

export function createPapers(runId: string, day: number, year: number, chance: Chance): Papers {
  const counts = new Map<string, number>();
  const next = (what: string): number => {
    const n = (counts.get(what) ?? 0) + 1;
    counts.set(what, n);
    return n;
  };
  const id = (what: string) => `${runPrefix(runId)}${day}-${what}-${next(what)}`;
  return {
    id,
    // Seven digits from nine million up: no court has that many cases.
    caseNo: ({ caseCode }) => `(${year})${caseCode}执${9_000_000 + day * 10_000 + next("case")}号`,
    paper: (what) => `模拟${what}${day}-${next(what)}号`,
    subject: () => inventSubject(id("subject"), chance),
  };
}
