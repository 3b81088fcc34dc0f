/** The chain as arithmetic: what a hash covers, and what a walk over a log finds. */
import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hash8, hashCommit, sealCommit, ZERO_HASH } from "../../server/log/hash-chain.ts";
import { createMemoryLogMedium, openMemoryLog } from "../../server/log/log-memory.ts";
import type { Commit } from "../../server/log/log-store.ts";
import { verifyChain } from "../../server/log/verify-chain.ts";
import {
  nextCommit,
  START_AT,
  sampleChain,
  sampleCommand,
  sampleGenesis,
} from "./sample-commits.ts";

/** Puts commits where a store would have them, whatever they are. */
function verifyStored(commits: readonly Commit[], expected?: Parameters<typeof verifyChain>[1]) {
  const read = async (after: number, limit: number) =>
    commits.filter(({ seq }) => seq > after).slice(0, limit);
  return verifyChain(read, expected);
}

function replaceAt(commits: readonly Commit[], index: number, change: Partial<Commit>): Commit[] {
  return commits.map((commit, at) => (at === index ? { ...commit, ...change } : commit));
}

const at = (chain: readonly Commit[], index: number): Commit => {
  const commit = chain[index];
  if (commit === undefined) throw new Error(`no commit ${index}`);
  return commit;
};

describe("hash chain", () => {
  it("LOG-7 given a commit, when it is hashed, then H covers prevHash, seq, at and body as lines", () => {
    const draft = { seq: 17, at: START_AT, prevHash: ZERO_HASH, body: '{"到场":"🚓"}' };
    const bytes = Buffer.from(`${ZERO_HASH}\n17\n${START_AT}\n{"到场":"🚓"}`, "utf8");
    for (const alg of ["sha256", "sm3"] as const) {
      expect(hashCommit(draft, alg)).toBe(createHash(alg).update(bytes).digest("hex"));
    }
  });

  it("LOG-7 given the published vector of SM3, when this runtime hashes it, then it agrees", () => {
    // GB/T 32905-2016, example 1: the message "abc".
    const expected = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
    expect(createHash("sm3").update("abc").digest("hex")).toBe(expected);
  });

  it("LOG-7 given a predecessor, when a commit is sealed, then it follows it", () => {
    const genesis = sampleGenesis();
    expect(genesis).toMatchObject({ seq: 0, prevHash: ZERO_HASH });
    const next = sealCommit(genesis, { at: START_AT + 1, body: "{}" }, "sha256");
    expect(next).toMatchObject({ seq: 1, prevHash: genesis.hash });
    expect(hash8(next.hash)).toBe(next.hash.slice(0, 8));
  });
});

describe("verify", () => {
  const chain = sampleChain(12);

  it("LOG-8 given a sound chain, when verified, then it is counted and its head named", async () => {
    const head = at(chain, 11).hash;
    expect(await verifyStored(chain)).toEqual({ ok: true, count: 12, head });
  });

  it("LOG-8 given a log of sm3, when verified, then the genesis names the algorithm", async () => {
    const first = sampleGenesis({ alg: "sm3" });
    const genesis = sealCommit(undefined, first, "sm3");
    const second = sealCommit(genesis, nextCommit(genesis), "sm3");
    expect(await verifyStored([genesis, second])).toMatchObject({ ok: true, count: 2 });
    const mixed = [genesis, sealCommit(genesis, nextCommit(genesis), "sha256")];
    expect(await verifyStored(mixed)).toMatchObject({ seq: 1, reason: "HASH_MISMATCH" });
  });

  it("LOG-8 given any changed character of any field, when verified, then that commit is named", async () => {
    const field = fc.constantFrom("body", "hash", "prevHash", "at");
    const place = fc.record({
      index: fc.nat(11),
      field,
      position: fc.nat(),
      shift: fc.integer({ min: 1, max: 90 }),
    });
    await fc.assert(
      fc.asyncProperty(place, async ({ index, field: name, position, shift }) => {
        const commit = at(chain, index);
        const changed = { ...commit };
        if (name === "at") changed.at += shift;
        else {
          const text = commit[name];
          const where = position % text.length;
          const code = ((text.charCodeAt(where) - 32 + shift) % 95) + 32;
          changed[name] = text.slice(0, where) + String.fromCharCode(code) + text.slice(where + 1);
        }
        const report = await verifyStored(replaceAt(chain, index, changed));
        expect(report).toMatchObject({ ok: false, seq: index });
      }),
      { numRuns: 1_000 },
    );
  });

  it("LOG-8 given a removed, doubled or swapped commit, when verified, then the first bad place is named", async () => {
    const removed = chain.filter(({ seq }) => seq !== 5);
    expect(await verifyStored(removed)).toMatchObject({ seq: 5, reason: "GAP" });
    expect(await verifyStored(chain.slice(1))).toMatchObject({ seq: 0, reason: "GAP" });
    const swapped = replaceAt(replaceAt(chain, 4, { ...at(chain, 5), seq: 4 }), 5, {
      ...at(chain, 4),
      seq: 5,
    });
    expect(await verifyStored(swapped)).toMatchObject({ seq: 4, reason: "HASH_MISMATCH" });
  });

  it("LOG-8 given a commit resealed after a change, when verified, then its successor does not follow", async () => {
    const forged = nextCommit(at(chain, 4), [sampleCommand("cmd-forged")]);
    const report = await verifyStored(replaceAt(chain, 5, forged));
    expect(report).toMatchObject({ ok: false, seq: 6, reason: "PREV_HASH_MISMATCH" });
  });

  it("LOG-8 given time that goes back, when verified, then it is named", async () => {
    const genesis = sampleGenesis();
    const early = sealCommit(genesis, { ...nextCommit(genesis), at: START_AT - 1 }, "sha256");
    const report = await verifyStored([genesis, early]);
    expect(report).toMatchObject({ seq: 1, reason: "TIME_WENT_BACK" });
  });

  it("LOG-8 given a sealed body that cannot be read, when verified, then it is named", async () => {
    const genesis = sampleGenesis();
    for (const body of ["", "{", "null", '{"v":1}', '{"v":1,"node":"n","commands":[],"x":1}']) {
      const commit = sealCommit(genesis, { at: START_AT, body }, "sha256");
      const report = await verifyStored([genesis, commit]);
      expect(report).toMatchObject({ seq: 1, reason: "UNPARSABLE_BODY" });
    }
  });

  it("LOG-8 given a second genesis or none, when verified, then it is named", async () => {
    const genesis = sampleGenesis();
    const second = sealCommit(genesis, { at: START_AT, body: genesis.body }, "sha256");
    const report = await verifyStored([genesis, second]);
    expect(report).toMatchObject({ seq: 1, reason: "MISPLACED_GENESIS" });
    const plain = sealCommit(undefined, nextCommit(genesis), "sha256");
    expect(await verifyStored([plain])).toMatchObject({ seq: 0, reason: "MISPLACED_GENESIS" });
  });

  it("LOG-9 given a head written down elsewhere, when the end is cut or all is rewritten, then it shows", async () => {
    const anchor = at(chain, 9);
    expect(await verifyStored(chain, [anchor])).toMatchObject({ ok: true });
    const cut = chain.slice(0, 9);
    expect(await verifyStored(cut)).toMatchObject({ ok: true });
    expect(await verifyStored(cut, [anchor])).toMatchObject({ seq: 9, reason: "OTHER_HISTORY" });
    let tail = at(chain, 2);
    const rewritten = chain.slice(0, 3);
    while (tail.seq < 11) {
      tail = nextCommit(tail, [sampleCommand(`forged-${tail.seq}`)]);
      rewritten.push(tail);
    }
    expect(await verifyStored(rewritten)).toMatchObject({ ok: true });
    const report = await verifyStored(rewritten, [anchor]);
    expect(report).toMatchObject({ seq: 9, reason: "OTHER_HISTORY" });
  });

  it("LOG-8 given a log longer than one read, when verified, then nothing is lost between reads", async () => {
    const medium = createMemoryLogMedium();
    medium.commits.push(...sampleChain(1_203));
    expect(await verifyChain(openMemoryLog(medium).read)).toMatchObject({ ok: true, count: 1_203 });
  });
});
