/**
 * Backup and restore as a person runs them, on SQLite and without a server (BAK-2 … BAK-14). Each
 * trial is a process or several.
 */
import { hash } from "node:crypto";
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { holdAlone } from "../../server/backup/exclusive.ts";
import { openFileJournal } from "../../server/journal/journal-file.ts";
import type { Commit } from "../../server/log/log-store.ts";
import {
  lookInFolder,
  openedBetweenRestores,
  RESTORED_FILE,
  UNFINISHED_FILE,
} from "../../server/log/restore-state.ts";
import { fillData, openData, runTool, type ToolOptions } from "../support/server/backup-rig.ts";
import { verifyLog } from "../support/server/read-log.ts";

const COMMITS = 60;

describe("backup and restore", { timeout: 240_000 }, () => {
  let folder: string;
  let data: string;
  let to: string;
  let fresh: string;
  let head: Commit;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "backup-"));
    [data, to, fresh] = [join(folder, "data"), join(folder, "to"), join(folder, "fresh")];
    head = await filled(data, COMMITS);
  });
  afterEach(() => rm(folder, { recursive: true }));

  const filled = async (dataDir: string, count: number, node?: string): Promise<Commit> => {
    const stores = await openData(dataDir);
    const tail = await fillData(stores, count, node);
    await stores.close();
    return tail;
  };
  const backup = (more: readonly string[] = [], options: ToolOptions = {}) =>
    runTool("backup", ["--to", to, "--data", data, ...more], options);
  const restore = (into: string, more: readonly string[] = [], env: Record<string, string> = {}) =>
    runTool("restore", ["--from", to, "--data", into, ...more], { env });
  const withKey = async (into: string): Promise<string> => {
    await mkdir(into, { recursive: true });
    await cp(join(data, "vault.key"), join(into, "vault.key"));
    return into;
  };
  const namesIn = async (where: string) => (await readdir(where)).toSorted();
  const contentOf = async (where: string): Promise<Record<string, string>> => {
    const files = (await readdir(where, { withFileTypes: true })).filter((file) => file.isFile());
    const read = files.map(async ({ name }) => [name, await readFile(join(where, name), "hex")]);
    return Object.fromEntries(await Promise.all(read));
  };
  const filesOf = async () =>
    z
      .object({ files: z.array(z.object({ name: z.string(), holds: z.string() })) })
      .parse(JSON.parse(await readFile(join(to, "manifest.json"), "utf8"))).files;

  it("BAK-2 given a backup, when restored on a fresh folder with the key, then logs, names, texts and accounts are what was backed up", async () => {
    expect(await backup()).toMatchObject({ exit: 0 });
    expect(await restore(await withKey(fresh))).toMatchObject({ exit: 0 });
    const [old, restored] = [await openData(data), await openData(fresh)];
    expect(await restored.log.read(-1, 1_000)).toEqual(await old.log.read(-1, 1_000));
    expect(await restored.access.read(-1, 1_000)).toEqual(await old.access.read(-1, 1_000));
    expect(await restored.log.findCommand("cmd-7")).toBe(7);
    expect(await restored.vault.getSubject("s1")).toMatchObject({ identity: { name: "张三" } });
    expect([...(await restored.vault.getTexts(["t1"]))]).toEqual([["t1", "到场时无人"]]);
    expect(await restored.accounts.findAccount("duty")).toEqual(
      await old.accounts.findAccount("duty"),
    );
    await old.close();
    await restored.close();
    expect(await verifyLog(fresh)).toMatchObject({
      exit: 0,
      out: expect.stringContaining(head.hash),
    });
  });

  it("BAK-3 given a backup and commits since, when one is appended, then only the new commits are a new segment and both restore as one log", async () => {
    await backup();
    expect(await backup(["--append"])).toMatchObject({ exit: 0 }); // nothing new is no failure
    const later = await filled(data, COMMITS + 20);
    expect(await backup(["--append"])).toMatchObject({ exit: 0 });
    const segments = (await filesOf()).filter(({ holds }) => holds === "commits");
    expect(segments.map(({ name }) => name)).toEqual(["commits-1.ndjson", "commits-3.ndjson"]);
    expect(await namesIn(to)).toEqual(
      [...(await filesOf()).map(({ name }) => name), "manifest.json"].toSorted(),
    );
    await restore(await withKey(fresh));
    const restored = await openData(fresh);
    expect(await restored.log.tail()).toEqual(later);
    await restored.close();
  });

  it("BAK-3 given another history, a folder without a backup, or a backup under way, when one is appended, then it is refused and the folder is as it was", async () => {
    await backup();
    const before = await contentOf(to);
    const other = join(folder, "other");
    await filled(other, COMMITS + 5, "node-2");
    const foreign = await runTool("backup", ["--to", to, "--data", other, "--append"]);
    expect(foreign).toMatchObject({ exit: 1, err: expect.stringContaining("another history") });
    const release = holdAlone(join(to, "lock.db"));
    const second = await backup(["--append"]);
    release?.();
    expect(second).toMatchObject({ exit: 1, err: expect.stringContaining("another backup") });
    await rm(join(to, "lock.db"));
    expect(await contentOf(to)).toEqual(before);
    const none = await runTool("backup", ["--to", fresh, "--data", data, "--append"]);
    expect(none).toMatchObject({ exit: 1, err: expect.stringContaining("no backup") });
    expect(await readdir(folder)).not.toContain("fresh");
  });

  it("BAK-4 given a disk that fills up meanwhile, when backed up or appended, then nothing of it is left and the backup before is sound", async () => {
    const limit = { fileLimitKiB: 16 };
    const full = await backup([], limit);
    expect(full.exit).toBe(1);
    expect(full.err).toMatch(/EFBIG|ENOSPC|full/);
    expect(await readdir(folder)).not.toContain("to");
    await backup();
    const before = await contentOf(to);
    await filled(data, COMMITS * 3);
    expect(await backup(["--append"], limit)).toMatchObject({ exit: 1 });
    expect(await contentOf(to)).toEqual(before);
    expect(await restore(data, ["--check"])).toMatchObject({ exit: 0 });
  });

  it("BAK-4 given a damaged log, when backed up, then the bad commit is named and nothing is left", async () => {
    const db = new DatabaseSync(join(data, "log.db"));
    db.exec("DROP TRIGGER commits_no_update; UPDATE commits SET at = at + 1 WHERE seq = 17");
    db.close();
    const damaged = await backup();
    expect(damaged).toMatchObject({ exit: 1, err: expect.stringContaining("commit 17") });
    expect(await readdir(folder)).not.toContain("to");
  });

  it("BAK-7 given calls in the emergency journal, when backed up and restored where others wait, then all are there in their order", async () => {
    const journalIn = (dataDir: string) =>
      openFileJournal({ dir: join(dataDir, "emergency"), ballastBytes: 0 });
    const note = async (dataDir: string, ...entries: string[]) => {
      const journal = await journalIn(dataDir);
      for (const entry of entries) await journal.append(entry);
      await journal.close();
    };
    await note(data, "call 1", "call 2");
    await note(data, "call 3");
    await backup();
    await note(data, "call 4");
    expect(await backup(["--append"])).toMatchObject({ exit: 0 });
    await note(await withKey(fresh), "call 0");
    expect(await restore(fresh)).toMatchObject({ exit: 0 });
    const journal = await journalIn(fresh);
    expect(journal.found).toEqual(["call 0", "call 1", "call 2", "call 3", "call 4"]);
    await journal.close();
  });

  it("BAK-5 given no word about the key, when backed up, then it is nowhere in the folder, and the output says which it is and what it means", async () => {
    const key = (await readFile(join(data, "vault.key"), "utf8")).trim();
    const { out } = await backup();
    expect(out).toMatch(/vault's key \(fingerprint [0-9a-f]{16}\) is NOT in it/);
    for (const hex of Object.values(await contentOf(to))) {
      expect(hex).not.toContain(Buffer.from(key).toString("hex"));
      expect(hex).not.toContain(key);
    }
  });

  it("BAK-5 given --with-key, when backed up and restored where no key is, then the output warns and the vault opens", async () => {
    expect((await backup(["--with-key"])).out).toContain("THE VAULT'S KEY IS IN THIS FOLDER");
    expect(await restore(fresh)).toMatchObject({ exit: 0 });
    const restored = await openData(fresh);
    expect(await restored.vault.getSubject("s1")).toMatchObject({ identity: { name: "张三" } });
    await restored.close();
  });

  it("BAK-6 given wrong input, when a tool runs, then a sentence says so and nothing changes", async () => {
    await writeFile(join(folder, "file"), "x");
    await mkdir(to);
    await writeFile(join(to, "something"), "x");
    const wrong: readonly [string[], number, RegExp][] = [
      [[], 2, /npm run backup -- --to DIR/],
      [["--to", join(folder, "file"), "--data", data], 1, /is a file/],
      [["--to", to, "--data", data], 1, /not empty/],
      [["--to", join(folder, "new"), "--data", folder], 1, /holds no log.db/],
      [["--into", to], 1, /--into/],
      [["--to", join(folder, "new"), "--data", data, "--with-key"], 1, /no key at/],
    ];
    for (const [args, exit, words] of wrong) {
      const env = args.includes("--with-key")
        ? { VAULT_KEY_FILE: join(folder, "nowhere") }
        : undefined;
      const run = await runTool("backup", args, env === undefined ? {} : { env });
      expect([run.exit, run.out + run.err]).toEqual([exit, expect.stringMatching(words)]);
      expect(run.err).not.toMatch(/^\s+at /m);
    }
    expect(await runTool("restore", [])).toMatchObject({ exit: 2 });
    expect(await restore(fresh)).toMatchObject({
      exit: 1,
      err: expect.stringContaining("no backup"),
    });
    expect(await namesIn(folder)).toEqual(["data", "file", "to"]);
    expect(await namesIn(to)).toEqual(["something"]);
  });

  it("BAK-10 given any file of a backup changed, cut, gone, or the manifest altered, when checked or restored, then it is found and nothing is written", async () => {
    await backup();
    await withKey(fresh);
    const names = [...(await filesOf()).map(({ name }) => name), "manifest.json"];
    const sound = join(folder, "sound");
    await cp(to, sound, { recursive: true });
    const harms: readonly ((file: string) => Promise<void>)[] = [
      (file) => appendFile(file, "x\n"),
      async (file) => writeFile(file, (await readFile(file)).subarray(0, -3)),
      (file) => rm(file),
      async (file) => {
        const bytes = await readFile(file);
        const middle = bytes.length >> 1;
        bytes[middle] = (bytes[middle] ?? 0) ^ 1;
        await writeFile(file, bytes);
      },
    ];
    const missed: string[] = [];
    for (const [i, name] of [...names, "manifest.json"].entries()) {
      const harm = harms[i % harms.length];
      await harm?.(join(to, name));
      if ((await restore(fresh)).exit !== 1) missed.push(`${name}, kind ${i % harms.length}`);
      await rm(to, { recursive: true });
      await cp(sound, to, { recursive: true });
    }
    expect(missed).toEqual([]);
    expect(await namesIn(fresh)).toEqual(["vault.key"]);
    expect(await restore(fresh, ["--check"])).toMatchObject({ exit: 0 });
    expect(await namesIn(fresh)).toEqual(["vault.key"]);
  });

  it("BAK-10 given a forged segment with its sum made anew, when checked, then the chain tells", async () => {
    await backup();
    const file = join(to, "commits-1.ndjson");
    const lines = (await readFile(file, "utf8")).split("\n");
    const write = async (content: string) => {
      await writeFile(file, content);
      const { sum: _, ...manifest } = JSON.parse(await readFile(join(to, "manifest.json"), "utf8"));
      const bytes = Buffer.from(content);
      const sha256 = hash("sha256", bytes);
      for (const one of manifest.files)
        if (one.name === "commits-1.ndjson") Object.assign(one, { bytes: bytes.length, sha256 });
      const sum = hash("sha256", JSON.stringify(manifest));
      await writeFile(join(to, "manifest.json"), JSON.stringify({ ...manifest, sum }));
    };
    await write(lines.toSpliced(30, 1).join("\n"));
    expect((await restore(fresh, ["--check"])).err).toContain("commit 30: missing");
    await write(`${lines.slice(0, -2).join("\n")}\n`);
    expect((await restore(fresh, ["--check"])).err).toMatch(/ends at commit 58.*names 59/);
    await write(lines.join("\n").replace("officer-7", "officer-8"));
    expect((await restore(fresh, ["--check"])).err).toContain("commit 1: stored hash differs");
    expect(await readdir(folder)).not.toContain("fresh");
  });

  it("BAK-11 given a state in place, when restored without --replace, then it is refused; with it, the old state is kept whole beside the new one", async () => {
    await backup();
    await filled(data, COMMITS + 9);
    const before = await contentOf(data);
    const refused = await restore(data);
    expect(refused).toMatchObject({ exit: 1, err: expect.stringContaining("--replace") });
    expect(await contentOf(data)).toEqual(before);
    const done = await restore(data, ["--replace"]);
    expect(done).toMatchObject({ exit: 0, out: expect.stringContaining("is kept in") });
    const [aside = ""] = (await namesIn(data)).filter((name) => name.startsWith("replaced-"));
    expect((await contentOf(join(data, aside)))["log.db"]).toBe(before["log.db"]);
    expect(await verifyLog(join(data, aside))).toMatchObject({
      out: expect.stringContaining(`verified ${COMMITS + 9} commits`),
    });
    const restored = await openData(data);
    expect(await restored.log.tail()).toEqual(head);
    await restored.close();
    expect((await namesIn(data)).filter((name) => /restor/.test(name))).toEqual([RESTORED_FILE]);
  });

  it("BAK-11 given a process that has one of the files open, when restored, then nothing is done", async () => {
    await backup();
    const stores = await openData(data);
    const used = await restore(data, ["--replace"]);
    expect(used).toMatchObject({ exit: 1, err: expect.stringContaining("in use by") });
    expect(await stores.log.tail()).toEqual(head);
    await stores.close();
    expect(await restore(data, ["--replace"])).toMatchObject({ exit: 0 });
  });

  it("BAK-12 given no key, a wrong key, another mode or another store, when restored, then nothing is done", async () => {
    await backup();
    const noKey = await restore(fresh);
    expect(noKey).toMatchObject({
      exit: 1,
      err: expect.stringMatching(/fingerprint [0-9a-f]{16}/),
    });
    const wrong = join(folder, "wrong");
    await mkdir(wrong);
    await writeFile(join(wrong, "vault.key"), "ab".repeat(32), { mode: 0o600 });
    expect((await restore(wrong)).err).toContain("does not open this vault");
    expect(await namesIn(wrong)).toEqual(["vault.key"]);
    await withKey(fresh);
    expect((await restore(fresh, [], { DEMO: "0" })).err).toMatch(/is DEMO.*started as LIVE/);
    const mongo = { STORE: "mongodb", MONGODB_URI: "mongodb://127.0.0.1:9/x" };
    expect((await restore(fresh, [], mongo)).err).toContain("backup of STORE=sqlite");
    expect(await namesIn(fresh)).toEqual(["vault.key"]);
  });

  it("BAK-14 given a restore that begins or ends while a server opens its stores, when it has opened them, then it closes them and says so", async () => {
    const overlapping = (name: string) =>
      openedBetweenRestores(
        () => lookInFolder(data),
        async () => {
          const stores = await openData(data);
          await writeFile(join(data, name), "{}");
          return stores;
        },
      );
    await expect(overlapping(RESTORED_FILE)).rejects.toThrow("a restore took place");
    await expect(overlapping(UNFINISHED_FILE)).rejects.toThrow("was not finished");
    await expect(openData(data)).rejects.toThrow("was not finished");
    await rm(join(data, UNFINISHED_FILE));
    await (await openData(data)).close();
    await backup();
    expect(await restore(data, ["--replace"])).toMatchObject({ exit: 0 }); // all connections closed
  });
});
