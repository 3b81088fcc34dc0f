/** Every MongoDB adapter under the same contracts as the others; needs a server to talk to. */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openMongoAccountStore } from "../../server/accounts/account-store-mongo.ts";
import { dumpCommand } from "../../server/cli/log-dump.ts";
import { verifyCommand } from "../../server/cli/log-verify.ts";
import { openMongoLog } from "../../server/log/log-mongo.ts";
import type { MongoConnection } from "../../server/log/mongo-connection.ts";
import { connectMongo, databaseTime } from "../../server/log/mongo-connection.ts";
import { openMongoVaultRows } from "../../server/vault/vault-rows-mongo.ts";
import { worldDump } from "../bench/world-dump.ts";
import { anchorAt, newKey } from "../support/anchors/anchored-history.ts";
import { keepNow } from "../support/kernel/kept-states.ts";
import { newMedia, testKernel } from "../support/kernel/test-kernel.ts";
import { accountStoreContract } from "./account-store.contract.ts";
import { startAnswerEatingProxy } from "./answer-eating-proxy.ts";
import { logStoreContract } from "./log-store.contract.ts";
import {
  appendAll,
  nextCommit,
  sampleChain,
  sampleCommand,
  sampleGenesis,
} from "./sample-commits.ts";
import { vaultContract } from "./vault.contract.ts";

const uri = process.env.MONGODB_URI ?? "";
const allowStandalone = process.env.MONGODB_ALLOW_STANDALONE === "1";

/** A database of its own for each test, removed afterwards. */
async function freshDatabase() {
  const database = `contract-${randomBytes(6).toString("hex")}`;
  const connections: MongoConnection[] = [];
  const connect = async () => {
    const connection = await connectMongo({ uri, database, allowStandalone });
    connections.push(connection);
    return connection;
  };
  const dispose = async () => {
    await connections[0]?.db.dropDatabase();
    await Promise.all(connections.map((connection) => connection.close()));
  };
  return { connect, dispose };
}

if (uri === "") {
  process.stdout.write("NOT RUN: no MongoDB-compatible server (npm run test:mongodb starts one)\n");
  describe("mongodb", () => {
    it("LOG-1 … ACC-9 the contracts on MongoDB", () => {});
  });
} else {
  const onFreshDatabase = async <Store>(
    openStore: (connection: MongoConnection) => Promise<Store>,
  ) => {
    const { connect, dispose } = await freshDatabase();
    return { open: async () => openStore(await connect()), dispose };
  };
  it("NODE-12 the database says what time it is", async () => {
    const { connect, dispose } = await freshDatabase();
    const connection = await connect();
    const before = Date.now();
    const theirs = await databaseTime(connection);
    expect(theirs).toBeGreaterThan(before - 1_000);
    expect(theirs).toBeLessThan(Date.now() + 1_000);
    await dispose();
  });

  const logIn = (collection: string) => () =>
    onFreshDatabase((connection) => openMongoLog(connection, { collection }));

  logStoreContract("mongodb, commits", logIn("commits"));
  logStoreContract("mongodb, access", logIn("access"));
  vaultContract("mongodb", () => onFreshDatabase(openMongoVaultRows));
  accountStoreContract("mongodb", () => onFreshDatabase(openMongoAccountStore));

  it("LOG-23 given a state kept of a log in MongoDB, when another process starts from it and what came after, then it is in everything the one that reads the whole log", async () => {
    const { connect, dispose } = await freshDatabase();
    const open = async () => openMongoLog(await connect(), { collection: "commits" });
    const media = newMedia();
    const log = await open();
    const k = await testKernel({ media, log: log as never });
    const call = { place: { lat: 30.6, lng: 114.3 } };
    await k.accepted("jiangan.police", "incident.sos", "incident", "i1", call);
    await keepNow(k.kernel, log, media.state);
    await k.accepted("jiangan.duty", "incident.acknowledge", "incident", "i1");
    const { state: _none, ...without } = media;
    const kept = await testKernel({ media, clock: k.clock, log: (await open()) as never });
    const replayed = await testKernel({
      media: without,
      clock: k.clock,
      log: (await open()) as never,
    });
    const { tail } = replayed.kernel.replica;
    expect(kept.keptSaid).toEqual([{ kind: "USED", seq: tail.seq - 1, tail: tail.seq }]);
    expect(kept.kernel.replica.tail).toEqual(tail);
    expect(worldDump(kept.kernel.replica.world)).toEqual(worldDump(replayed.kernel.replica.world));
    await dispose();
  });

  it("LOG-22 given an empty database, when the stores are opened, then every collection that they ever write to is there, and opening again changes nothing", async () => {
    const { connect, dispose } = await freshDatabase();
    const connection = await connect();
    const names = async () =>
      (await connection.db.listCollections({}, { nameOnly: true }).toArray())
        .map(({ name }) => name)
        .sort();
    for (let opened = 0; opened < 2; opened += 1) {
      await openMongoLog(connection, { collection: "commits" });
      await openMongoLog(connection, { collection: "access" });
      await openMongoVaultRows(connection);
      await openMongoAccountStore(connection);
      expect(await names()).toEqual([
        ...["access", "accounts", "commits", "device_secrets", "enrolment_codes", "probes"],
        ...["sessions", "sos_keys", "vault_keys", "vault_subjects", "vault_texts"],
      ]);
    }
    await dispose();
  });

  describe("mongodb tools", () => {
    const run = async (command: "verify" | "dump", database: string, ...more: string[]) => {
      const place = new URL(uri);
      place.pathname = `/${database}`;
      const args = ["--mongodb", place.href, ...more];
      const lines: string[] = [];
      const print = async (line: string) => void lines.push(line);
      const exit = await (command === "verify" ? verifyCommand : dumpCommand)(args, print);
      return { exit, lines };
    };

    it("LOG-18 given logs in MongoDB, when verified and dumped, then as from files", async () => {
      const { connect, dispose } = await freshDatabase();
      const { db } = await connect();
      const database = db.databaseName;
      expect(await run("verify", database)).toMatchObject({ exit: 2 });
      const connection = await connect();
      const chain = sampleChain(5);
      const access = await openMongoLog(connection, { collection: "access" });
      await appendAll(await openMongoLog(connection, { collection: "commits" }), chain);
      await appendAll(access, chain.slice(0, 2));
      expect(await run("verify", database)).toEqual({
        exit: 0,
        lines: [
          `verified 5 commits, head ${chain[4]?.hash}`,
          `access: verified 2 commits, head ${chain[1]?.hash}`,
        ],
      });
      expect((await run("dump", database, "--from", "4")).lines[0]).toMatch(
        /^4 2026-.*unit:unit-3/,
      );
      await db.collection<{ _id: number }>("commits").updateOne({ _id: 3 }, { $inc: { at: 1 } });
      const damaged = await run("verify", database);
      expect(damaged.exit).toBe(1);
      expect(damaged.lines[0]).toMatch(/^commit 3: stored hash differs/);
      await db.collection<{ _id: number }>("commits").updateOne({ _id: 1 }, { $set: { body: 7 } });
      const odd = await run("verify", database);
      expect(odd).toMatchObject({
        exit: 1,
        lines: [expect.stringMatching(/^commit 1: its field body/)],
      });
      await dispose();
    });

    it("ANC-10 given logs in MongoDB and their anchors, when the log is rewritten with all hashes or cut, then the first bad commit is named", async () => {
      const { connect, dispose } = await freshDatabase();
      const connection = await connect();
      const { databaseName: database } = connection.db;
      const folder = await mkdtemp(join(tmpdir(), "mongo-anchors-"));
      const [file, publicKey] = [join(folder, "anchors"), join(folder, "anchor.pub")];
      const key = newKey();
      const chain = sampleChain(9);
      const lines = await anchorAt(chain, [0, 3, 7], key.signing);
      await writeFile(file, `${lines.join("\n")}\n`);
      await writeFile(publicKey, key.publicKey.export({ type: "spki", format: "pem" }));
      await appendAll(await openMongoLog(connection, { collection: "commits" }), chain);
      const withAnchors = ["--anchors", file, "--public-key", publicKey];
      expect(await run("verify", database, ...withAnchors)).toMatchObject({
        exit: 0,
        lines: expect.arrayContaining([
          "agrees with 3 anchors, which vouch for all but the last 1 commits",
        ]),
      });
      const commits = connection.db.collection<{ _id: number }>("commits");
      let tail = chain[4];
      for (let seq = 5; tail !== undefined && seq < 9; seq += 1) {
        tail = nextCommit(tail, [sampleCommand(`forged-${seq}`)]);
        const { at, prevHash, hash, body } = tail;
        await commits.updateOne({ _id: seq }, { $set: { at, prevHash, hash, body } });
      }
      expect(await run("verify", database)).toMatchObject({ exit: 0 });
      expect(await run("verify", database, ...withAnchors)).toMatchObject({
        exit: 1,
        lines: [
          expect.stringMatching(/^commit 7: not the commit that was anchored .* commit 4 on/),
        ],
      });
      await commits.deleteMany({ _id: { $gt: 5 } });
      expect(await run("verify", database, ...withAnchors)).toMatchObject({
        exit: 1,
        lines: [expect.stringMatching(/^commit 6: missing: the log ends at 5/)],
      });
      await rm(folder, { recursive: true });
      await dispose();
    });
  });

  describe("mongodb connection", () => {
    /** A log with its first commit, and the same log seen through a proxy that can fail. */
    const behindProxy = async () => {
      const { connect, dispose } = await freshDatabase();
      const direct = await connect();
      const log = await openMongoLog(direct, { collection: "commits" });
      const genesis = sampleGenesis();
      await log.append(genesis, []);
      const { hostname, port } = new URL(uri);
      const proxy = await startAnswerEatingProxy(hostname, Number(port));
      const far = await connectMongo({
        uri: `mongodb://127.0.0.1:${proxy.port}/?directConnection=true`,
        database: direct.db.databaseName,
        allowStandalone,
        timeoutMs: 500,
      });
      const farLog = await openMongoLog(far, { collection: "commits" });
      expect(await farLog.tail()).toEqual(genesis);
      const leave = async () => {
        await proxy.close();
        await far.close();
      };
      return { log, genesis, proxy, farLog, leave, dispose };
    };

    it.skipIf(!allowStandalone)(
      "LOG-14 given an answer that never comes, when a commit was sent, then UNCLEAR, and the same bytes again tell",
      async () => {
        const { log, genesis, proxy, farLog, leave, dispose } = await behindProxy();
        proxy.swallowAnswers();
        const next = nextCommit(genesis);
        await expect(farLog.append(next, ["cmd-1"])).rejects.toMatchObject({ code: "UNCLEAR" });
        await expect(farLog.tail()).rejects.toMatchObject({ code: "UNAVAILABLE" });
        await leave();
        expect(await log.append(next, ["cmd-1"])).toBe("CONFLICT");
        expect(await log.read(0, 1)).toEqual([next]);
        await dispose();
      },
      20_000,
    );
    it.skipIf(!allowStandalone)(
      "LOG-33 given a database that takes in nothing more, when a commit is on its way that fills what the machine buffers, then the answer UNCLEAR comes in bounded time",
      async () => {
        const { genesis, proxy, farLog, leave, dispose } = await behindProxy();
        proxy.takeNothing();
        const large = nextCommit(genesis, [sampleCommand("cmd-1", "场".repeat(4_000_000))]);
        await expect(farLog.append(large, ["cmd-1"])).rejects.toMatchObject({ code: "UNCLEAR" });
        await expect(farLog.read(0, 1)).rejects.toMatchObject({ code: "UNAVAILABLE" });
        await leave();
        await dispose();
      },
      20_000,
    );
    it("LOG-12 given a single server, when it is not allowed, then the connection is refused", async () => {
      if (!allowStandalone) return;
      await expect(connectMongo({ uri })).rejects.toMatchObject({
        code: "UNAVAILABLE",
        message: expect.stringContaining("not a replica set"),
      });
    });
    it("LOG-12 given nobody at the address, when connecting, then UNAVAILABLE in bounded time", async () => {
      const nobody = connectMongo({ uri: "mongodb://127.0.0.1:9/", timeoutMs: 300 });
      await expect(nobody).rejects.toMatchObject({ code: "UNAVAILABLE" });
    });
  });
}
