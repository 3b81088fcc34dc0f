/**
 * May this program work on that log? Asked of the genesis before anything is written, and of each
 * commit while the log is replayed. A server that cannot answer yes must not start.
 */
import type { CommitBody, ExerciseRun, Genesis, LogMode } from "./commit-body.ts";
import { parseCommitBody } from "./commit-body.ts";
import type { Commit } from "./log-store.ts";

export type OpenRefusalCode =
  | "OTHER_MODE"
  | "OTHER_SCENARIO"
  | "UNKNOWN_EVENT_TYPE"
  | "NEWER_VERSION"
  | "NO_GENESIS"
  | "UNREADABLE";

export interface OpenRefusal {
  readonly ok: false;
  readonly code: OpenRefusalCode;
  /** One sentence for the person who starts the server. */
  readonly message: string;
}

export interface Expectations {
  readonly mode: LogMode;
  /** The scenario that is to be played, of an EXERCISE. */
  readonly exercise?: ExerciseRun;
  readonly knownEventTypes: ReadonlySet<string>;
}

/** Reads the first commit of a log and says whether this program may open it. */
export function checkOpenable(
  first: Pick<Commit, "seq" | "body">,
  expected: Expectations,
): { readonly ok: true; readonly genesis: Genesis } | OpenRefusal {
  const parsed = parseCommitBody(first.body);
  if (!parsed.ok) {
    const code = parsed.code === "NEWER_VERSION" ? "NEWER_VERSION" : "UNREADABLE";
    return { ok: false, code, message: `commit ${first.seq}: ${parsed.message}` };
  }
  const { genesis } = parsed.body;
  if (first.seq !== 0 || genesis === undefined) {
    const message = `the log does not begin with a genesis (first commit: ${first.seq})`;
    return { ok: false, code: "NO_GENESIS", message };
  }
  if (genesis.mode !== expected.mode) {
    const message = `the log of "${genesis.deployment}" is ${genesis.mode}, this server was started as ${expected.mode}`;
    return {
      ok: false,
      code: "OTHER_MODE",
      message: `${message}${adviceOn(genesis.mode, expected.mode)}`,
    };
  }
  const other = checkScenario(genesis, expected);
  if (other) return other;
  return checkEventTypes(first.seq, parsed.body, expected.knownEventTypes) ?? { ok: true, genesis };
}

/** An exercise and what is real never share a folder: what to do is said where one is at hand. */
const adviceOn = (found: LogMode, started: LogMode): string =>
  found === "EXERCISE" || started === "EXERCISE"
    ? "; an exercise (演练) has a data folder of its own: set DATA_DIR to another one"
    : "";

function checkScenario(
  { exercise }: Genesis,
  { exercise: wanted }: Expectations,
): OpenRefusal | undefined {
  if (!exercise || !wanted) return undefined;
  if (exercise.scenario === wanted.scenario && exercise.speed === wanted.speed) return undefined;
  const named = ({ scenario, speed }: ExerciseRun) => `${scenario} (speed ${speed})`;
  const message = `the log is an exercise of ${named(exercise)}, this server was started for ${named(wanted)}; one data folder holds one exercise: set DATA_DIR to another one`;
  return { ok: false, code: "OTHER_SCENARIO", message };
}

/** Asked of each commit on replay; nothing means that the program knows every event in it. */
export function checkEventTypes(
  seq: number,
  body: CommitBody,
  known: ReadonlySet<string>,
): OpenRefusal | undefined {
  for (const command of body.commands) {
    const stranger = command.events.find((event) => !known.has(event.type));
    if (stranger !== undefined) {
      const message = `commit ${seq} holds the event type "${stranger.type}", which this program does not know`;
      return { ok: false, code: "UNKNOWN_EVENT_TYPE", message };
    }
  }
  return undefined;
}
