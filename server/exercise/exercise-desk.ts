import type { StateReader } from "../../shared/domain/kernel/state.ts";
import { debriefCsv } from "../../shared/exercise/debrief-csv.ts";
import { type LoggedCommand, Progress } from "../../shared/exercise/progress.ts";
import type { Scenario } from "../../shared/exercise/scenario.ts";
import { statusOf } from "../../shared/exercise/status.ts";
import type { People } from "../../shared/exercise/timing.ts";
import type { ExerciseStatus } from "../../shared/wire/exercise.ts";
import { parseCommitBody, type RecordedCommand } from "../log/commit-body.ts";
import { hash8 } from "../log/hash-chain.ts";
import type { Commit, LogStore } from "../log/log-store.ts";
import type { CastIds } from "./cast.ts";

export interface ExerciseParts {
  readonly scenario: Scenario;
  readonly ids: CastIds;
  readonly log: Pick<LogStore, "read">;
  readonly world: StateReader;
  readonly deployment: string;
  readonly speed: number;
  readonly now: () => number;
  /** Officers for whom a person looks on at this moment. */
  readonly present: () => Iterable<string>;
}

const CHUNK = 500;
/** A page that is loaded anew does not give its seat up. */
const SEAT_KEPT_MS = 15_000;

/** How an exercise stands, read from the log alone. */
export function createExerciseDesk(parts: ExerciseParts) {
  const { ids, world, now } = parts;
  const reader = createReader(parts);
  const seated = createSeated(parts);
  const status = async (): Promise<ExerciseStatus> => {
    await reader.catchUp();
    const { speed, deployment } = parts;
    return statusOf({
      progress: reader.progress,
      pace: { startedAt: reader.startedAt(), speed },
      people: seated(),
      now: now(),
      seq: reader.seq(),
      run: reader.run(),
      deployment,
      officer: (id) => {
        const officer = world.get("officer", id);
        const house = officer?.unitId
          ? world.get("unit", officer.unitId)
          : officer && world.get("court", officer.courtId);
        const seat = ids.players.find((each) => ids.officerOf(each.seat) === id);
        const title = seat?.member.title ?? officer?.title ?? "";
        return { name: officer?.name ?? id, title, court: house?.name ?? "" };
      },
    });
  };
  return {
    status,
    debriefCsv: async () => debriefCsv(await status()),
  };
}

/** Follows the log; each reading waits for the one before. */
function createReader({ log, scenario, ids }: ExerciseParts) {
  const progress = new Progress(scenario, ids);
  let after = -1;
  let startedAt = 0;
  let run = "";
  let reading: Promise<void> = Promise.resolve();
  const take = ({ seq, at, hash, body }: Commit): void => {
    after = seq;
    if (seq === 0) run = hash8(hash);
    const parsed = parseCommitBody(body);
    if (!parsed.ok) throw new Error(`commit ${seq}: ${parsed.message}`);
    for (const command of parsed.body.commands) {
      if (command.id.startsWith("sys:exercise:")) startedAt = at;
      else progress.take(logged(command, at));
    }
  };
  const read = async (): Promise<void> => {
    for (;;) {
      const commits = await log.read(after, CHUNK);
      for (const commit of commits) take(commit);
      if (commits.length < CHUNK) return;
    }
  };
  return {
    progress,
    startedAt: () => startedAt,
    seq: () => after,
    run: () => run,
    catchUp(): Promise<void> {
      const next = reading.then(read);
      reading = next.catch(() => undefined); // its caller sees it
      return next;
    },
  };
}

const logged = (
  { id, kind, actor, court, events, occurredAt }: RecordedCommand,
  at: number,
): LoggedCommand => ({ id, kind, actor, court, events, at: occurredAt?.latest ?? at });

function createSeated({ now, present }: ExerciseParts): () => People {
  const since = new Map<string, { from: number; last: number }>();
  return () => {
    const at = now();
    for (const officerId of present()) {
      since.set(officerId, { from: since.get(officerId)?.from ?? at, last: at });
    }
    for (const [officerId, { last }] of since)
      if (at - last > SEAT_KEPT_MS) since.delete(officerId);
    return new Map([...since].map(([officerId, { from }]) => [officerId, from]));
  };
}
