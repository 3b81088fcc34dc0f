import { appendFileSync } from "node:fs";

/**
 * What a run tried and what it saw, one JSON line each in the file that `TRIALS_FILE` names; the
 * test runner adds the lines up and prints `N tried, K failed`. Without that setting nothing is
 * kept: the test itself has failed or passed all the same.
 */
export type TrialLine =
  | { readonly what: string; readonly tried: number; readonly failed: number }
  /** A thing that the long run must have met at least once, or it has proved little. */
  | { readonly saw: string }
  /** What this machine could not try. */
  | { readonly notRun: string };

/** Counts trials of one kind of promise or fault, e.g. `tried("kill: SQLite", 20)`. */
export function tried(what: string, count: number, failed = 0): void {
  note({ what, tried: count, failed });
}

/** A rare thing happened for real in this run: a restart during an open SOS, a full disk, a resume. */
export function saw(what: Sometimes): void {
  note({ saw: what });
}

/** Said where a test skips itself: the runner repeats it at its end, and CI fails over it. */
export function notRun(why: string): void {
  process.stdout.write(`NOT RUN: ${why}\n`);
  note({ notRun: why });
}

/** What the long run must have seen; it fails if one of these never happened. */
export const SOMETIMES = [
  "restart during an open SOS",
  "duplicate command",
  "full disk",
  "resume",
  "snapshot",
  "journal import",
  "held clock step",
] as const;
export type Sometimes = (typeof SOMETIMES)[number];

/** How often this run repeats what it repeats: the setting, or the small number of `npm run test:faults`. */
export const timesOf = (setting: string, small: number): number =>
  Number(process.env[setting] ?? small);

function note(line: TrialLine): void {
  const file = process.env.TRIALS_FILE;
  if (file) appendFileSync(file, `${JSON.stringify(line)}\n`);
}
