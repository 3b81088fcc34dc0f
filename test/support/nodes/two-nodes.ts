import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { v7 } from "uuid";
import { type RunningServer, type ServerPorts, startServer } from "../../../server/compose.ts";
import { readConfig } from "../../../server/config.ts";
import { createLogger } from "../../../server/edge/logging.ts";
import { createSessions } from "../../../server/edge/sessions.ts";
import { openStores, type Stores } from "../../../server/stores.ts";
import { freePort } from "../server/free-port.ts";

export interface NodeHere {
  readonly name: string;
  readonly url: string;
  readonly server: RunningServer;
  readonly stores: Stores;
  /** A signed-in session of any officer, made at this node, without the work of a password. */
  cookieOf(officerId: string): Promise<string>;
  logged(): string;
  stop(): Promise<void>;
}

export interface TwoNodes {
  readonly a: NodeHere;
  readonly b: NodeHere;
  readonly dataDir: string;
  close(): Promise<void>;
}

export interface NodeOptions {
  readonly dataDir: string;
  readonly redisUrl?: string;
  readonly joinBus?: ServerPorts["joinBus"];
  /** What becomes of the stores before the server gets them. */
  readonly changed?: (stores: Stores) => Stores;
}

/** One of several servers over one SQLite folder. */
export async function startNode(name: string, options: NodeOptions): Promise<NodeHere> {
  const { dataDir, redisUrl, joinBus, changed = (stores: Stores) => stores } = options;
  const config = readConfig(
    {
      PORT: String(await freePort()),
      DATA_DIR: dataDir,
      SIMULATOR: "0",
      NODE_NAME: name,
      EMERGENCY_BALLAST_MB: "0",
      ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
    },
    () => [],
  );
  const stores = changed(await openStores(config));
  let text = "";
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      text += chunk.toString();
      done();
    },
  });
  const server = await startServer(config, {
    logger: createLogger("info", sink),
    clientDir: join(dataDir, "no-client"),
    stores,
    ...(joinBus ? { joinBus } : {}),
  });
  const sessions = createSessions({
    accounts: stores.accounts,
    world: server.kernel.replica.world,
    now: () => Date.now(),
    newId: () => v7(),
    sessionHours: config.sessionHours,
    secureCookies: config.secureCookies,
  });
  return {
    name,
    url: server.url,
    server,
    stores,
    cookieOf: async (officerId) => {
      const subject = { kind: "person", officerId, login: officerId.toLowerCase() } as const;
      return (await sessions.open(subject)).setCookie.split(";")[0] ?? "";
    },
    logged: () => text,
    stop: () => server.stop(),
  };
}

/** Nodes `a` and `b`, the first of them first: it makes the demonstration. */
export async function startTwoNodes(options: Omit<NodeOptions, "dataDir"> = {}): Promise<TwoNodes> {
  const dataDir = await mkdtemp(join(tmpdir(), "two-nodes-"));
  const a = await startNode("node-a", { ...options, dataDir });
  const b = await startNode("node-b", { ...options, dataDir });
  return {
    a,
    b,
    dataDir,
    close: async () => {
      await Promise.all([a.stop(), b.stop()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
