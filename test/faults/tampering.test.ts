/**
 * The tamper corpus. A history is built as the program builds it, anchored by the program's writer,
 * and then changed as somebody with the store would; `log:verify --anchors` must find it and name
 * the first bad row or line.
 *
 * - TAMPERINGS: in memory, over all kinds together, through the functions that the tool uses.
 * - TAMPERED_FILES: SQLite files through the tool itself.
 * - TAMPER_SEED: another corpus; a failure names the seed of its trial.
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSqliteLog } from "../../server/log/log-sqlite.ts";
import type { Commit } from "../../server/log/log-store.ts";
import { appendAll, nextCommit, sampleChain, sampleCommand } from "../contract/sample-commits.ts";
import {
  type AnchoredHistory,
  anchorAt,
  anchoredSeqs,
  type Found,
  look,
  newKey,
} from "../support/anchors/anchored-history.ts";
import {
  type Scene,
  seededChance,
  TAMPERINGS,
  type Tampered,
  type Tampering,
} from "../support/anchors/tamperings.ts";
import { timesOf, tried } from "../support/trials.ts";

const KINDS = Object.entries(TAMPERINGS);
const IN_MEMORY = timesOf("TAMPERINGS", 1_000);
const IN_FILES = timesOf("TAMPERED_FILES", 30);
const SEED = timesOf("TAMPER_SEED", 20_261_122);

const key = newKey();

/** 20 to 80 commits, an anchor after every one to nine of them, the last ones newer than any. */
async function scene(seed: number): Promise<Scene> {
  const chance = seededChance(seed);
  const commits = sampleChain(20 + chance.below(61));
  const seqs: number[] = [];
  for (let seq = chance.below(4); seq < commits.length; seq += 1 + chance.below(9)) seqs.push(seq);
  const lines = await anchorAt(commits, seqs, key.signing);
  const place = chance.below((seqs.at(-1) ?? 0) + 1);
  return { commits, lines, chance, key, place };
}

const isFound = ({ expected }: Tampered, found: Found): boolean => {
  if (found.in === "log") return expected.in === "log" && expected.seqs.includes(found.seq);
  return found.in === "anchors" && expected.in === "anchors" && expected.lines.includes(found.line);
};

describe("tampering", () => {
  it(`ANC-11 given ${KINDS.length} kinds of tampering at random places, when verified against the anchors, then each is found and its first bad place named`, async () => {
    expect(KINDS.length).toBeGreaterThanOrEqual(10);
    const each = Math.ceil(IN_MEMORY / KINDS.length);
    const missed: string[] = [];
    for (const [index, [kind, tamper]] of KINDS.entries()) {
      let failed = 0;
      for (let i = 0; i < each; i += 1) {
        const seed = SEED + index * 1_000_000 + i;
        const tampered = await tamper(await scene(seed));
        const found = await look(tampered, key.publicKey);
        if (isFound(tampered, found)) continue;
        failed += 1;
        const said = JSON.stringify({ expected: tampered.expected, found });
        missed.push(`${kind}, seed ${seed}: ${said}`);
      }
      tried(`tampering: ${kind}`, each, failed);
    }
    expect(missed.slice(0, 20)).toEqual([]);
  });

  it("ANC-11 given histories and anchors that nobody touched, when verified, then they pass", async () => {
    const times = Math.ceil(IN_MEMORY / 10);
    for (let i = 0; i < times; i += 1) {
      expect(await look(await scene(SEED - 1 - i), key.publicKey)).toEqual({ in: "nothing" });
    }
    tried("tampering: none, nothing is found", times);
  });

  it("ANC-12 given what is newer than the last anchor, when it is rewritten or cut, then nothing shows", async () => {
    const times = Math.ceil(IN_MEMORY / 20);
    for (let i = 0; i < times; i += 1) {
      const { commits, lines } = await scene(SEED + i);
      const anchored = anchoredSeqs(lines).at(-1) ?? 0;
      const kept = commits.slice(0, anchored + 1);
      const rewritten = [...kept];
      for (let n = 0; n < 5; n += 1) {
        rewritten.push(nextCommit(rewritten.at(-1) as Commit, [sampleCommand(`forged-${n}`)]));
      }
      for (const other of [kept, rewritten]) {
        expect(await look({ commits: other, lines }, key.publicKey)).toEqual({ in: "nothing" });
      }
    }
    tried("limit: newer than the last anchor", times);
  });

  it("ANC-12 given an anchor file shortened together with the log, when verified against the short one, then nothing shows, and against the kept one it does", async () => {
    const { commits, lines } = await scene(SEED);
    const short = lines.slice(0, -2);
    const cut = commits.slice(0, (anchoredSeqs(short).at(-1) ?? 0) + 1);
    expect(await look({ commits: cut, lines: short }, key.publicKey)).toEqual({ in: "nothing" });
    expect(await look({ commits: cut, lines }, key.publicKey)).toMatchObject({
      in: "log",
      seq: cut.length,
    });
  });
});

describe("tampered SQLite files", { timeout: 300_000 }, () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "tampering-"));
    const pem = key.publicKey.export({ type: "spki", format: "pem" });
    await writeFile(join(folder, "anchor.pub"), pem);
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** The sound history as the store writes it, then the other rows in its place. */
  async function store({ commits }: AnchoredHistory, other: AnchoredHistory): Promise<void> {
    const file = join(folder, "log.db");
    for (const suffix of ["", "-wal", "-shm"]) await rm(file + suffix, { force: true });
    const log = await openSqliteLog({ file });
    await appendAll(log, commits);
    await log.close();
    const db = new DatabaseSync(file, { enableForeignKeyConstraints: false });
    const triggers = db.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all();
    for (const { name } of triggers) db.exec(`DROP TRIGGER ${String(name)}`);
    db.exec("BEGIN; DELETE FROM commits");
    const insert = db.prepare("INSERT INTO commits VALUES (?, ?, ?, ?, ?)");
    for (const { seq, at, prevHash, hash, body } of other.commits) {
      insert.run(seq, at, prevHash, hash, body);
    }
    db.exec("COMMIT");
    db.close();
    await writeFile(join(folder, "anchors"), other.lines.map((line) => `${line}\n`).join(""));
  }

  const verify = (): Promise<{ exit: number; out: string }> => {
    const script = fileURLToPath(new URL("../../server/cli/log-verify.ts", import.meta.url));
    const [anchors, pub] = ["anchors", "anchor.pub"].map((name) => join(folder, name));
    const args = ["--data", folder, "--anchors", anchors ?? "", "--public-key", pub ?? ""];
    return new Promise((resolve) => {
      const child = execFile(process.execPath, [script, ...args], (_error, out) => {
        resolve({ exit: child.exitCode ?? -1, out });
      });
    });
  };

  const isNamed = ({ expected }: Tampered, out: string): boolean => {
    const places =
      expected.in === "log"
        ? expected.seqs.map((seq) => `commit ${seq}: `)
        : expected.lines.map((line) => (line === 0 ? "anchors: " : `anchors: line ${line}: `));
    return places.some((place) => out.startsWith(place));
  };

  it("ANC-11 given SQLite files with tampered rows, when the tool verifies them, then it exits with 1 and names the first bad place", async () => {
    // A primary key cannot be doubled.
    const kinds = KINDS.filter(([kind]) => kind !== "a row doubled");
    const missed: unknown[] = [];
    for (let i = 0; i < IN_FILES; i += 1) {
      const [kind, tamper] = kinds[i % kinds.length] as [string, Tampering];
      const sound = await scene(SEED + 7_000_000 + i);
      const tampered = await tamper(sound);
      await store(sound, tampered);
      const { exit, out } = await verify();
      if (exit !== 1 || !isNamed(tampered, out)) {
        missed.push({ kind, i, exit, out, expected: tampered.expected });
      }
    }
    tried("tampering: SQLite files through log:verify", IN_FILES, missed.length);
    expect(missed).toEqual([]);
  });

  it("ANC-11 given a SQLite file that nobody touched, when the tool verifies it, then it exits with 0", async () => {
    const sound = await scene(SEED);
    await store(sound, sound);
    const { exit, out } = await verify();
    expect({ exit, out }).toMatchObject({ exit: 0, out: expect.stringMatching(/^verified /) });
  });
});
