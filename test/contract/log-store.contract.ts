/** What every log adapter promises; run by each of them on a store of its own. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ZERO_HASH } from "../../server/log/hash-chain.ts";
import type { Commit, LogStore } from "../../server/log/log-store.ts";
import { verifyChain } from "../../server/log/verify-chain.ts";
import {
  appendAll,
  nextCommit,
  sampleChain,
  sampleCommand,
  sampleGenesis,
} from "./sample-commits.ts";

/** One store that several writers, as several processes, may open. */
export interface LogUnderTest {
  open(): Promise<LogStore>;
  dispose(): Promise<void>;
}

export function logStoreContract(name: string, create: () => Promise<LogUnderTest>): void {
  describe(`log store: ${name}`, () => {
    let store: LogUnderTest;
    const opened: LogStore[] = [];
    const open = async () => {
      const log = await store.open();
      opened.push(log);
      return log;
    };

    beforeEach(async () => {
      store = await create();
    });
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((log) => log.close()));
      await store.dispose();
    });

    it("LOG-1 given an empty log, when it is read, then there is no tail and no commit", async () => {
      const log = await open();
      expect(await log.tail()).toBeUndefined();
      expect(await log.read(-1, 10)).toEqual([]);
      expect(await log.findCommand("cmd-1")).toBeUndefined();
      expect(await verifyChain(log.read)).toEqual({ ok: true, count: 0, head: ZERO_HASH });
    });

    it("LOG-1 given appended commits, when they are read, then every byte is as it was", async () => {
      const log = await open();
      const chain = sampleChain(7);
      await appendAll(log, chain);
      expect(await log.read(-1, 100)).toEqual(chain);
      expect(await log.read(2, 3)).toEqual(chain.slice(3, 6));
      expect(await log.read(6, 3)).toEqual([]);
      expect(await log.tail()).toEqual(chain[6]);
    });

    it("LOG-1 given odd text, when it is stored, then it comes back unchanged", async () => {
      const log = await open();
      const genesis = sampleGenesis();
      const odd = "\u2028 \u0000 é é 😀 \\ \" ' $where {$gt: 1}";
      const commit = nextCommit(genesis, [sampleCommand("cmd-odd", odd)]);
      await appendAll(log, [genesis, commit]);
      expect(await log.tail()).toEqual(commit);
    });

    it("LOG-2 given a taken seq, when another commit claims it, then CONFLICT and nothing changes", async () => {
      const log = await open();
      const chain = sampleChain(3);
      await appendAll(log, chain);
      const rival = nextCommit(sampleGenesis(), [sampleCommand("cmd-rival")], "node-2");
      expect(await log.append(rival, ["cmd-rival"])).toBe("CONFLICT");
      expect(await log.read(-1, 10)).toEqual(chain);
      expect(await log.findCommand("cmd-rival")).toBeUndefined();
    });

    it("LOG-2 given a stored commit, when the same bytes come again, then CONFLICT", async () => {
      const log = await open();
      const [genesis] = sampleChain(1) as [Commit];
      expect(await log.append(genesis, [])).toBe("APPENDED");
      expect(await log.append(genesis, [])).toBe("CONFLICT");
      expect(await log.read(-1, 10)).toEqual([genesis]);
    });

    it("LOG-2 given many writers, when all append the next seq, then exactly one wins", async () => {
      const logs = await Promise.all(Array.from({ length: 4 }, open));
      const genesis = sampleGenesis();
      await logs[0]?.append(genesis, []);
      for (let tail = genesis; tail.seq < 5; ) {
        const rivals = logs.map((log, index) => ({
          log,
          commit: nextCommit(
            tail,
            [sampleCommand(`cmd-${tail.seq + 1}-${index}`)],
            `node-${index}`,
          ),
        }));
        const results = await Promise.all(rivals.map(({ log, commit }) => log.append(commit, [])));
        expect(results.toSorted()).toEqual(["APPENDED", "CONFLICT", "CONFLICT", "CONFLICT"]);
        const winner = rivals[results.indexOf("APPENDED")]?.commit as Commit;
        for (const log of logs) expect(await log.tail()).toEqual(winner);
        tail = winner;
      }
    });

    it("LOG-3 given a tail, when a commit leaves a gap, then it is an error and nothing is stored", async () => {
      const log = await open();
      const chain = sampleChain(4);
      await appendAll(log, chain.slice(0, 2));
      const beyond = chain[3] as Commit;
      await expect(log.append(beyond, ["cmd-3"])).rejects.toMatchObject({ code: "CORRUPT" });
      expect(await log.tail()).toEqual(chain[1]);
      expect(await log.findCommand("cmd-3")).toBeUndefined();
    });

    it("LOG-3 given an empty log, when it begins without a genesis, then it is an error", async () => {
      const log = await open();
      const second = sampleChain(2)[1] as Commit;
      await expect(log.append(second, [])).rejects.toMatchObject({ code: "CORRUPT" });
      expect(await log.tail()).toBeUndefined();
    });

    it("LOG-4 given a commit of several commands, when one is asked for, then its seq is found", async () => {
      const log = await open();
      const genesis = sampleGenesis();
      const commands = ["cmd-a", "cmd-b", "sys:op-1:LIBERTY:3:WARN"].map((id) => sampleCommand(id));
      const commit = nextCommit(genesis, commands);
      await log.append(genesis, []);
      await log.append(commit, [...commands.map(({ id }) => id), "cmd-a"]);
      expect(await log.findCommand("cmd-b")).toBe(1);
      expect(await log.findCommand("sys:op-1:LIBERTY:3:WARN")).toBe(1);
      expect(await log.findCommand("cmd-")).toBeUndefined();
    });

    it("LOG-5 given another writer on the same store, when it appends, then this one sees it", async () => {
      const [mine, theirs] = [await open(), await open()];
      const chain = sampleChain(4);
      await appendAll(mine, chain.slice(0, 2));
      await appendAll(theirs, chain.slice(2));
      expect(await mine.tail()).toEqual(chain[3]);
      expect(await mine.read(1, 10)).toEqual(chain.slice(2));
      expect(await mine.findCommand("cmd-3")).toBe(3);
    });

    it("STF-4 given a log, when it is probed, then that is durable work and nothing of the log changes", async () => {
      const log = await open();
      await log.probe();
      expect(await log.tail()).toBeUndefined();
      const chain = sampleChain(3);
      await appendAll(log, chain);
      const other = await open();
      await Promise.all([log.probe(), other.probe(), log.probe()]);
      expect(await log.read(-1, 10)).toEqual(chain);
      expect(await log.append(nextCommit(chain[2] as Commit), [])).toBe("APPENDED");
    });

    it("LOG-6 given a store that was closed, when it is opened again, then everything is there", async () => {
      const first = await store.open();
      const chain = sampleChain(5);
      await appendAll(first, chain);
      await first.close();
      const second = await open();
      expect(await second.read(-1, 100)).toEqual(chain);
      expect(await second.findCommand("cmd-4")).toBe(4);
      const head = chain[4]?.hash;
      expect(await verifyChain(second.read)).toEqual({ ok: true, count: 5, head });
    });
  });
}
