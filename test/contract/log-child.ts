/**
 * A process that appends to `FILE`, one commit after the other, until it is killed. Prints `ready`,
 * then for each attempt `won SEQ HASH` or `lost SEQ`, strictly after the store has answered. A
 * store that cannot answer gets the same bytes again: `unclear SEQ` or `unavailable`.
 *
 * Usage: node log-child.ts FILE NODE
 */
import { writeSync } from "node:fs";
import { openSqliteLog } from "../../server/log/log-sqlite.ts";
import type { Commit } from "../../server/log/log-store.ts";
import { LogStoreError } from "../../server/log/log-store.ts";
import { nextCommit, sampleCommand, sampleGenesis } from "./sample-commits.ts";

const PIPE_PAUSE_MS = 2;
const [file = "", node = ""] = process.argv.slice(2);
/** The pipe is full while nobody reads it: a line waits, and is never given up. */
function say(line: string): void {
  for (;;) {
    try {
      writeSync(1, `${line}\n`);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PIPE_PAUSE_MS);
    }
  }
}
const log = await openSqliteLog({ file });
say("ready");
for (let attempt = 0; ; attempt += 1) {
  const id = `${node}-${attempt}`;
  const tail = await answered(() => log.tail());
  const next =
    tail === undefined ? sampleGenesis({}, node) : nextCommit(tail, [sampleCommand(id)], node);
  const ids = tail === undefined ? [] : [id];
  const result = await answered(() => log.append(next, ids), next.seq);
  const mine = result === "APPENDED" || (await isMine(next));
  say(mine ? `won ${next.seq} ${next.hash}` : `lost ${next.seq}`);
}

/** After an unclear answer a CONFLICT may be with oneself. */
async function isMine(commit: Commit): Promise<boolean> {
  const [stored] = await answered(() => log.read(commit.seq - 1, 1));
  return stored?.hash === commit.hash;
}

async function answered<T>(ask: () => Promise<T>, seq = -1): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof LogStoreError) || error.code === "CORRUPT") throw error;
      say(error.code === "UNCLEAR" ? `unclear ${seq}` : "unavailable");
    }
  }
}
