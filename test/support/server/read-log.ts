import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Replica } from "../../../server/app/replica.ts";
import { parseCommitBody, type RecordedCommand } from "../../../server/log/commit-body.ts";
import { hash8 } from "../../../server/log/hash-chain.ts";
import {
  type LogName,
  type LogPlace,
  openForReading,
} from "../../../server/log/open-for-reading.ts";
import { EVENT_TYPES } from "../../../shared/domain/modules.ts";

export interface StoredCommand {
  readonly seq: number;
  readonly hash8: string;
  readonly at: number;
  readonly command: RecordedCommand;
}

/** A data folder, or a database. */
export type LogWhere = string | LogPlace;

const placeOf = (where: LogWhere): LogPlace =>
  typeof where === "string" ? { kind: "folder", folder: where } : where;

/** Every command of every commit, read from the store without the server. */
export async function readCommands(
  where: LogWhere,
  name: LogName = "commits",
): Promise<StoredCommand[]> {
  const { logs, close } = await openForReading(placeOf(where));
  try {
    const log = logs.get(name);
    const commits = (await log?.read(-1, 10_000_000)) ?? [];
    return commits.flatMap(({ seq, at, hash, body }) => {
      const parsed = parseCommitBody(body);
      if (!parsed.ok) throw new Error(`commit ${seq}: ${parsed.message}`);
      return parsed.body.commands.map((command) => ({ seq, at, hash8: hash8(hash), command }));
    });
  } finally {
    await close();
  }
}

/** The state that the stored log folds to, in this process. */
export async function foldedWorld(where: LogWhere): Promise<Replica["world"]> {
  const { logs, close } = await openForReading(placeOf(where));
  try {
    const log = logs.get("commits");
    if (!log) throw new Error("no log");
    const replica = new Replica(log as never, { mode: "DEMO", knownEventTypes: EVENT_TYPES });
    await replica.catchUp();
    return replica.world;
  } finally {
    await close();
  }
}

export interface CliRun {
  readonly exit: number;
  readonly out: string;
}

/** `npm run log:verify -- --data folder`, or `--mongodb URI`. */
export function verifyLog(where: LogWhere): Promise<CliRun> {
  const place = placeOf(where);
  const args = place.kind === "folder" ? ["--data", place.folder] : ["--mongodb", place.uri];
  const script = fileURLToPath(new URL("../../../server/cli/log-verify.ts", import.meta.url));
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [script, ...args], (_error, out) =>
      resolve({ exit: child.exitCode ?? -1, out }),
    );
  });
}
