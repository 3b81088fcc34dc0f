/**
 * A process that appends to `FILE`, one commit after the other, until it is killed. Prints `ready`,
 * then for each attempt `won SEQ HASH` or `lost SEQ`, strictly after the store has answered.
 *
 * Usage: node log-child.ts FILE NODE
 */
import { writeSync } from "node:fs";
import { openSqliteLog } from "../../server/log/log-sqlite.ts";
import { LogStoreError } from "../../server/log/log-store.ts";
import { nextCommit, sampleCommand, sampleGenesis } from "./sample-commits.ts";

const [file = "", node = ""] = process.argv.slice(2);
const say = (line: string) => writeSync(1, `${line}\n`);
const log = await openSqliteLog({ file });
say("ready");
for (let attempt = 0; ; attempt += 1) {
  const tail = await log.tail();
  const id = `${node}-${attempt}`;
  const next =
    tail === undefined ? sampleGenesis({}, node) : nextCommit(tail, [sampleCommand(id)], node);
  try {
    const result = await log.append(next, tail === undefined ? [] : [id]);
    say(result === "APPENDED" ? `won ${next.seq} ${next.hash}` : `lost ${next.seq}`);
  } catch (error) {
    if (!(error instanceof LogStoreError)) throw error;
    say(`${error.code.toLowerCase()} ${next.seq}`);
  }
}
