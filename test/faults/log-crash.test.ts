/** Real processes on one log: killed at any moment, and racing each other. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSqliteLog } from "../../server/log/log-sqlite.ts";
import type { Commit } from "../../server/log/log-store.ts";
import { verifyChain } from "../../server/log/verify-chain.ts";
import { createLogChildren, wins } from "../contract/log-child-runs.ts";

const KILLS = 6;
const COMMITS_PER_LIFE = 40;

describe("log on disk", () => {
  let folder: string;
  let file: string;
  const children = createLogChildren();
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "log-crash-"));
    file = join(folder, "log.db");
  });
  afterEach(async () => {
    await children.killAll();
    await rm(folder, { recursive: true });
  });

  const readAll = async (): Promise<readonly Commit[]> => {
    const log = await openSqliteLog({ file });
    expect(await verifyChain(log.read)).toMatchObject({ ok: true });
    const commits = await log.read(-1, 100_000);
    await log.close();
    return commits;
  };

  it("LOG-16 given a process killed at any moment, when the log is read again, then every acknowledged commit is there", async () => {
    const acknowledged = new Map<number, string>();
    for (let life = 0; life < KILLS; life += 1) {
      const child = children.start(file, `life-${life}`);
      await child.until("won", COMMITS_PER_LIFE + life);
      await child.kill();
      for (const [seq, hash] of wins(child.lines)) acknowledged.set(seq, hash);
    }
    const stored = new Map((await readAll()).map(({ seq, hash }) => [seq, hash]));
    expect(acknowledged.size).toBeGreaterThanOrEqual(KILLS * COMMITS_PER_LIFE);
    const lost = [...acknowledged].filter(([seq, hash]) => stored.get(seq) !== hash);
    expect(lost).toEqual([]);
  }, 60_000);

  it("LOG-2 given two processes appending at once, when both claim a seq, then exactly one has won it", async () => {
    const rivals = ["left", "right"].map((node) => children.start(file, node));
    await Promise.all(rivals.map((child) => child.until("won", 60)));
    await Promise.all(rivals.map((child) => child.until("lost", 5)));
    await children.killAll();
    const [left, right] = rivals.map((child) => wins(child.lines));
    if (left === undefined || right === undefined) throw new Error("two children were started");
    const both = [...left.keys()].filter((seq) => right.has(seq));
    expect(both).toEqual([]);
    const stored = await readAll();
    const strangers = stored.filter(({ seq, hash }) => (left.get(seq) ?? right.get(seq)) !== hash);
    // Each may have been killed between its last commit and the word about it.
    expect(strangers.length).toBeLessThanOrEqual(2);
    expect(left.size + right.size).toBeGreaterThanOrEqual(stored.length - 2);
  }, 60_000);
});
