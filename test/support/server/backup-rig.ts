import { spawn } from "node:child_process";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { openSqliteTarget } from "../../../server/backup/target-sqlite.ts";
import { readConfig } from "../../../server/config.ts";
import { type CommitBody, encodeCommitBody } from "../../../server/log/commit-body.ts";
import { sealCommit } from "../../../server/log/hash-chain.ts";
import type { Commit } from "../../../server/log/log-store.ts";
import { openStores, type Stores } from "../../../server/stores.ts";
import {
  appendAll,
  nextCommit,
  sampleCommand,
  sampleGenesis,
} from "../../contract/sample-commits.ts";

const CLI = fileURLToPath(new URL("../../../server/cli/", import.meta.url));
const PRELOAD = fileURLToPath(new URL("./killed-at-step.ts", import.meta.url));

export interface ToolRun {
  /** Null when it was killed. */
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

export interface ToolOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly killAtStep?: number;
  /** Largest file that it may write, in KiB: beyond it every write fails, as on a full disk. */
  readonly fileLimitKiB?: number;
}

/** `npm run backup` or `npm run restore`, as a process of its own. */
export function runTool(
  tool: "backup" | "restore",
  args: readonly string[],
  { env = {}, killAtStep, fileLimitKiB }: ToolOptions = {},
): Promise<ToolRun> {
  const preload = killAtStep === undefined ? [] : ["--import", PRELOAD];
  const command = [process.execPath, ...preload, join(CLI, `${tool}.ts`), ...args];
  const limited = ["bash", "-c", `ulimit -f ${fileLimitKiB}; exec "$@"`, "bash", ...command];
  const [file = "", ...rest] = fileLimitKiB === undefined ? command : limited;
  const child = spawn(file, rest, {
    env: {
      PATH: process.env.PATH ?? "",
      HOME: process.env.HOME ?? "",
      ...(killAtStep === undefined ? {} : { KILL_AT_STEP: String(killAtStep) }),
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const text = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    text.out += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    text.err += chunk;
  });
  return new Promise((resolve) => {
    child.once("close", (exit) => resolve({ exit, ...text }));
  });
}

/** The server's stores on a data folder, in this process. */
export const openData = (dataDir: string, env: Record<string, string> = {}): Promise<Stores> =>
  openStores(readConfig({ DATA_DIR: dataDir, ...env }, () => []));

/** U+2028 ends a line for some readers of text, and must not for ours. */
const commandOf = (seq: number) => ({
  ...sampleCommand(`cmd-${seq}`),
  events: [
    {
      type: "MessageSent",
      ref: { type: "message", id: `m-${seq}` },
      data: { note: `到场\u2028${"字".repeat(100)}` },
    },
  ],
});

/** A sound log of `count` commits with a vault and accounts, as a server leaves them. */
export async function fillData(stores: Stores, count: number, node = "node-1"): Promise<Commit> {
  let tail = (await stores.log.tail()) ?? (await begin(stores));
  const commits: Commit[] = [];
  while (tail.seq < count - 1) {
    tail = nextCommit(tail, [commandOf(tail.seq + 1)], node);
    commits.push(tail);
  }
  await appendAll(stores.log, commits);
  return tail;
}

async function begin(stores: Stores): Promise<Commit> {
  const genesis = sampleGenesis();
  const event = { type: "Accessed", ref: { type: "subject", id: "s1" }, data: {} };
  const look = { ...sampleCommand("look-1"), events: [event] };
  const body: CommitBody = { v: 1, node: "node-1", commands: [look] };
  const next = { at: genesis.at + 5, body: encodeCommitBody(body) };
  await appendAll(stores.log, [genesis]);
  await appendAll(stores.access, [genesis, sealCommit(genesis, next, "sha256")]);
  await stores.vault.putSubject("s1", { courtId: "c1", by: "o1" }, { name: "张三" });
  await stores.vault.putText("t1", "case:1", "到场时无人");
  const account = { login: "duty", officerId: "o1", passwordHash: "$argon2id$x", createdAt: 7 };
  await stores.accounts.createAccount(account);
  return genesis;
}

/**
 * A data folder with a long log and a text in the vault for every second commit, written in bulk:
 * as many appends, each with its fsync, would take minutes.
 */
export async function fillLongData(dataDir: string, count: number): Promise<void> {
  const target = await openSqliteTarget(dataDir);
  await target.prepare();
  await target.loadLog("commits", longLog(count), () => undefined);
  const head = { seq: count - 1, hash: "" };
  await target.takeEffect({ at: new Date().toISOString(), from: "memory", head });
  await target.close();
  await (await openData(dataDir)).close();
  const db = new DatabaseSync(join(dataDir, "vault.db"));
  db.exec(`INSERT INTO texts (id, scope, key_id, sealed)
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count >> 1})
    SELECT 'text-' || i, 'case:' || (i % 1000), 'key-' || (i % 1000), randomblob(200) FROM n`);
  db.close();
}

async function* longLog(count: number) {
  let commit = sampleGenesis();
  yield { ...commit, commandIds: [] };
  while (commit.seq < count - 1) {
    const command = commandOf(commit.seq + 1);
    commit = nextCommit(commit, [command]);
    yield { ...commit, commandIds: [command.id] };
  }
}
