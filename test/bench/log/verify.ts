import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openSqliteLog } from "../../../server/log/log-sqlite.ts";
import type { Commit } from "../../../server/log/log-store.ts";
import { nextCommit, sampleCommand, sampleGenesis } from "../../contract/sample-commits.ts";
import { anchorAt, newKey } from "../../support/anchors/anchored-history.ts";
import type { Figures } from "../figures.ts";

const ANCHOR_EVERY = 1_000;
/** Makes a body of some 570 bytes. */
const NOTE = "x".repeat(200);
const SCRIPT = fileURLToPath(new URL("../../../server/cli/log-verify.ts", import.meta.url));
const run = promisify(execFile);

/** A log in SQLite and an anchor for every thousandth of its commits, which the tool walks over. */
export async function openVerify(commits: number) {
  const folder = await mkdtemp(join(tmpdir(), "bench-verify-"));
  const args = await anchoredLog(folder, commits);
  return {
    /** Its own start included. @throws when it does not find all in order. */
    round: async (): Promise<Figures> => {
      const from = performance.now();
      const { stdout } = await run(process.execPath, [SCRIPT, ...args]);
      const seconds = (performance.now() - from) / 1_000;
      if (!stdout.includes(`agrees with ${commits / ANCHOR_EVERY} anchors`))
        throw new Error(stdout);
      return { verify_s_per_million: (seconds / commits) * 1_000_000 };
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Rows as the store has them, put there past its fsyncs. @returns arguments for the tool. */
async function anchoredLog(folder: string, commits: number): Promise<string[]> {
  const [file, anchors, publicKey] = ["log.db", "anchors", "anchor.pub"].map((n) =>
    join(folder, n),
  );
  await (await openSqliteLog({ file: file ?? "" })).close();
  const db = new DatabaseSync(file ?? "");
  db.exec("PRAGMA synchronous = OFF; BEGIN");
  const insert = db.prepare("INSERT INTO commits VALUES (?, ?, ?, ?, ?)");
  const heads: Commit[] = [];
  let commit = sampleGenesis();
  for (let seq = 0; seq < commits; seq += 1) {
    insert.run(commit.seq, commit.at, commit.prevHash, commit.hash, commit.body);
    if (seq % ANCHOR_EVERY === ANCHOR_EVERY - 1) heads[seq] = commit;
    commit = nextCommit(commit, [sampleCommand(`cmd-${seq + 1}`, NOTE)]);
  }
  db.exec("COMMIT");
  db.close();
  const key = newKey();
  const lines = await anchorAt(heads, Object.keys(heads).map(Number), key.signing);
  await writeFile(anchors ?? "", `${lines.join("\n")}\n`);
  await writeFile(publicKey ?? "", key.publicKey.export({ type: "spki", format: "pem" }));
  return ["--data", folder, "--anchors", anchors ?? "", "--public-key", publicKey ?? ""];
}
