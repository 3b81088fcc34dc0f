/** Backup and restore of a MongoDB database; needs a server to talk to. */
import { randomBytes } from "node:crypto";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connectMongo, type MongoConnection } from "../../server/log/mongo-connection.ts";
import { RESTORE_COLLECTION } from "../../server/log/restore-state.ts";
import { fillData, openData, runTool } from "../support/server/backup-rig.ts";

const uri = process.env.MONGODB_URI ?? "";
const allowStandalone = process.env.MONGODB_ALLOW_STANDALONE === "1";
const COMMITS = 40;

if (uri === "") {
  process.stdout.write(
    "NOT RUN: backup on MongoDB: no MongoDB-compatible server (npm run test:mongodb starts one)\n",
  );
  describe("mongodb backup", () => {
    it("BAK-2 backup and restore on MongoDB", () => {});
  });
} else {
  describe("mongodb backup", { timeout: 240_000 }, () => {
    let folder: string;
    let to: string;
    let database: string;
    let connection: MongoConnection;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), "mongo-backup-"));
      to = join(folder, "to");
      database = `backup-${randomBytes(6).toString("hex")}`;
      connection = await connectMongo({ uri, database, allowStandalone });
    });
    afterEach(async () => {
      await connection.db.dropDatabase();
      await connection.close();
      await rm(folder, { recursive: true });
    });

    const envFor = (name = database) => {
      const place = new URL(uri);
      place.pathname = `/${name}`;
      return {
        STORE: "mongodb",
        MONGODB_URI: place.href,
        MONGODB_ALLOW_STANDALONE: allowStandalone ? "1" : "0",
      };
    };
    const data = () => join(folder, "data");
    const open = (name?: string) => openData(data(), envFor(name));
    const backup = (...more: string[]) =>
      runTool("backup", ["--to", to, "--data", data(), ...more], { env: envFor() });
    const restore = (name = database, ...more: string[]) =>
      runTool("restore", ["--from", to, "--data", data(), ...more], { env: envFor(name) });
    const fill = async (count: number, node?: string) => {
      const stores = await open();
      const tail = await fillData(stores, count, node);
      await stores.close();
      return tail;
    };
    const collections = async () =>
      (await connection.db.listCollections({}, { nameOnly: true }).toArray())
        .map(({ name }) => name)
        .toSorted();

    it("BAK-2 BAK-3 given a server that goes on, when backed up, appended and restored into a fresh database, then everything is what was backed up", async () => {
      const stores = await open();
      await fillData(stores, COMMITS);
      expect(await backup()).toMatchObject({ exit: 0 });
      await fillData(stores, COMMITS + 15);
      expect(await backup("--append")).toMatchObject({ exit: 0 });
      const fresh = `${database}-b`;
      expect(await restore(fresh, "--check")).toMatchObject({ exit: 0 });
      expect(await restore(fresh)).toMatchObject({ exit: 0 });
      const restored = await open(fresh);
      try {
        expect(await restored.log.read(-1, 1_000)).toEqual(await stores.log.read(-1, 1_000));
        expect(await restored.access.read(-1, 9)).toEqual(await stores.access.read(-1, 9));
        expect(await restored.log.findCommand("cmd-50")).toBe(50);
        expect(await restored.vault.getSubject("s1")).toMatchObject({ identity: { name: "张三" } });
        expect([...(await restored.vault.getTexts(["t1"]))]).toEqual([["t1", "到场时无人"]]);
        expect(await restored.accounts.findAccount("duty")).toEqual(
          await stores.accounts.findAccount("duty"),
        );
      } finally {
        await restored.close();
        await stores.close();
        const other = await connectMongo({ uri, database: fresh, allowStandalone });
        await other.db.dropDatabase();
        await other.close();
      }
    });

    it("BAK-11 given a state in place, when restored, then only with --replace, and the old collections are kept under other names", async () => {
      const head = await fill(COMMITS);
      await backup();
      await fill(COMMITS + 5);
      const refused = await restore();
      expect(refused).toMatchObject({ exit: 1, err: expect.stringContaining("--replace") });
      const done = await restore(database, "--replace");
      expect(done).toMatchObject({ exit: 0, out: expect.stringContaining("is kept in") });
      const names = await collections();
      const aside = names.find((name) => /^replaced_.*_commits$/.test(name)) ?? "";
      expect(await connection.db.collection(aside).countDocuments({})).toBe(COMMITS + 5);
      expect(names.filter((name) => name.startsWith("restoring_"))).toEqual([]);
      const restored = await open();
      expect(await restored.log.tail()).toEqual(head);
      await restored.close();
    });

    it("BAK-17 BAK-11 given a process on the database, when restored, then nothing is done as long as it runs", async () => {
      await fill(COMMITS);
      await backup();
      const stores = await open();
      const before = await collections();
      const used = await restore(database, "--replace");
      expect(used).toMatchObject({ exit: 1, err: expect.stringContaining("in use by") });
      expect(await collections()).toEqual(before);
      await stores.close();
      expect(await restore(database, "--replace")).toMatchObject({ exit: 0 });
    });

    it("BAK-13 given an unfinished restore, when the stores are opened, then they are not, and a restore run again completes", async () => {
      const head = await fill(COMMITS);
      await backup();
      const restores = connection.db.collection<{ _id: string }>(RESTORE_COLLECTION);
      const mark = { unfinished: true, at: new Date().toISOString() };
      await restores.replaceOne({ _id: "last" }, mark, { upsert: true });
      await connection.db.renameCollection("commits", "restoring_commits"); // killed between both
      await expect(open()).rejects.toThrow("was not finished; run it again with --replace");
      expect(await restore()).toMatchObject({ exit: 1 });
      expect(await restore(database, "--replace")).toMatchObject({ exit: 0 });
      const restored = await open();
      expect(await restored.log.tail()).toEqual(head);
      await restored.close();
    });

    it("BAK-3 BAK-6 given another history or no log, when backed up, then it is refused and nothing is left", async () => {
      const empty = await backup();
      expect(empty).toMatchObject({ exit: 1, err: expect.stringContaining("no collection") });
      expect(await readdir(folder)).not.toContain("to");
      await fill(COMMITS);
      await backup();
      const manifest = await readFile(join(to, "manifest.json"), "utf8");
      await connection.db.dropDatabase();
      await fill(COMMITS + 3, "node-2");
      const other = await backup("--append");
      expect(other).toMatchObject({ exit: 1, err: expect.stringContaining("another history") });
      expect(await readFile(join(to, "manifest.json"), "utf8")).toBe(manifest);
    });

    it("BAK-10 BAK-12 given a changed file, no key or a wrong one, when restored, then nothing is done", async () => {
      await fill(COMMITS);
      await backup();
      const fresh = `${database}-c`;
      const elsewhere = join(folder, "elsewhere");
      await mkdir(elsewhere);
      const run = () =>
        runTool("restore", ["--from", to, "--data", elsewhere], { env: envFor(fresh) });
      expect((await run()).err).toContain("is not in this backup");
      await writeFile(join(elsewhere, "vault.key"), "ab".repeat(32), { mode: 0o600 });
      expect((await run()).err).toContain("does not open this vault");
      await cp(join(data(), "vault.key"), join(elsewhere, "vault.key"));
      const texts = join(to, "vault_texts-1.ndjson");
      await writeFile(texts, (await readFile(texts, "utf8")).replace("case:1", "case:2"));
      expect((await run()).err).toContain("SHA-256 differs");
      const other = await connectMongo({ uri, database: fresh, allowStandalone });
      expect(await other.db.listCollections({}, { nameOnly: true }).toArray()).toEqual([]);
      await other.close();
    });
  });
}
