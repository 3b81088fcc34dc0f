/**
 * MongoDB absent, hung, slow and gone under a running server. One server, embedded: elections and
 * majorities need a replica set and are not tried here.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MongoServerError } from "mongodb";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { appendErrorFrom, readErrorFrom } from "../../server/log/mongo-errors.ts";
import {
  type KillableProcess,
  type MongoServer,
  startMongoServer,
} from "../support/mongo-server.ts";
import { eventually } from "../support/server/eventually.ts";
import { freePort } from "../support/server/free-port.ts";
import { request } from "../support/server/http-client.ts";
import { type OutageRoom, openOutageRoom } from "../support/server/outage-room.ts";
import { type ServerProcess, startServerProcess } from "../support/server/server-process.ts";
import { notRun, tried } from "../support/trials.ts";

/** The first build of the database server takes about 90 s. */
const BUILD_MS = 400_000;

let mongo: MongoServer | undefined;
let database: KillableProcess | undefined;
beforeAll(async () => {
  const started = await startMongoServer();
  if ("notRun" in started) notRun(`failures of MongoDB: ${started.notRun}`);
  else mongo = started;
  database = mongo?.process;
  if (mongo && !database) notRun("failures of MongoDB: MONGODB_URI is not ours to stop");
}, BUILD_MS);
afterAll(() => mongo?.stop());

let folder: string;
let room: OutageRoom | undefined;
let waiting: ServerProcess | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "stores-mongo-"));
});
afterEach(async () => {
  await room?.end();
  if (waiting?.isRunning()) await waiting.kill();
  room = undefined;
  waiting = undefined;
  await rm(folder, { recursive: true, force: true });
});

const settings = (server: MongoServer, name: string) => ({
  STORE: "mongodb",
  MONGODB_URI: `${server.uri.replace(/\/*$/, "/")}${name}`,
  MONGODB_ALLOW_STANDALONE: server.allowStandalone ? "1" : "0",
});

describe("MongoDB that fails", () => {
  it("STF-9 given no database at the start, when it comes up later, then the address said so all the while and the server starts without a hand", async ({
    skip,
  }) => {
    if (!mongo || !database) return skip();
    await database.kill();
    const port = await freePort();
    const dataDir = join(folder, "data");
    waiting = await startServerProcess({
      dataDir,
      port,
      env: settings(mongo, `absent_${Date.now()}`),
    });
    const { url } = waiting;
    const ask = (path: string) => request(url, "GET", path);
    await eventually(async () => expect((await ask("/healthz")).status).toBe(200), 60_000);
    expect(await ask("/readyz")).toMatchObject({
      status: 503,
      json: { status: "NOT_READY", reasons: ["STORE_UNAVAILABLE"] },
    });
    const page = await fetch(`${url}/console`, { headers: { accept: "text/html" } });
    const text = await page.text();
    expect(page.status).toBe(503);
    expect(text).toContain("等待数据库");
    expect(text).toContain("Waiting for the database");
    expect(text).not.toMatch(/<script|src=|href=/);
    expect(page.headers.get("content-security-policy")).toContain("script-src 'self'");
    const sos = await request(url, "POST", "/api/commands", {}, {});
    expect([sos.status, (sos.json as { code?: string }).code]).toEqual([503, "STORE_UNAVAILABLE"]);
    await database.start();
    await eventually(async () => expect((await ask("/readyz")).status).toBe(200), 90_000);
    expect((await ask("/login")).status).not.toBe(404);
    expect(waiting.isRunning()).toBe(true);
    expect(await waiting.stop()).toEqual({ code: 0, signal: null });
    tried("fault: MongoDB absent at the start", 1);
  }, 240_000);

  const open = async (server: MongoServer): Promise<OutageRoom> => {
    const env = {
      ...settings(server, `fails_${Date.now()}`),
      EMERGENCY_DIR: join(folder, "emergency"),
      EMERGENCY_BALLAST_MB: "1",
    };
    const where = { kind: "mongodb", uri: env.MONGODB_URI } as const;
    room = await openOutageRoom({ folder, dataDir: join(folder, "data"), env, where });
    return room;
  };

  it("STF-10 given the database killed, hung, and slow for 5 s, when it answers again, then the mode said so, calls for help rang, whoever was signed in stayed so, and nothing acknowledged is lost", async ({
    skip,
  }) => {
    if (!mongo || !database) return skip();
    const { kill, start, freeze, thaw } = database;
    const here = await open(mongo);
    await here.ask("GET", "/api/me", { cookie: here.cookie });
    const stillSignedIn = async () => {
      expect((await here.ask("GET", "/api/me", { cookie: here.cookie })).status).toBe(200);
    };
    await here.through({
      name: "MongoDB killed in flight",
      begin: async () => {
        await kill();
        await stillSignedIn();
      },
      end: start,
      shows: ["UNAVAILABLE"],
      journalled: true,
    });
    await here.through({
      name: "MongoDB hung (SIGSTOP)",
      begin: async () => {
        freeze();
        await stillSignedIn();
      },
      end: async () => thaw(),
      shows: ["UNAVAILABLE"],
      journalled: true,
    });
    await here.through({
      name: "MongoDB slow, 5 s",
      begin: async () => {
        freeze();
        setTimeout(thaw, 5_000);
      },
      end: async () => undefined,
      shows: ["UNAVAILABLE"],
    });
    await here.expectKept();
  }, 300_000);

  it("STF-10 given an account that the database refuses, when it is asked, then nothing was written and the reason is said", () => {
    for (const code of [13, 18]) {
      const refused = new MongoServerError({ message: "not authorized on enforcement", code });
      for (const error of [appendErrorFrom(refused), readErrorFrom(refused)]) {
        expect(error).toMatchObject({
          code: "UNAVAILABLE",
          message: expect.stringContaining("not authorized"),
        });
      }
    }
    tried("fault: MongoDB refuses the account", 2);
  });
});
