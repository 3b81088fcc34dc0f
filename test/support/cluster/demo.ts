/**
 * `npm run cluster:demo`: two nodes of the demonstration on this machine, with Redis, a
 * MongoDB-compatible database and a sticky proxy before them. For trying out what happens when one
 * of them dies; nothing is kept, and nothing of it is meant for real work (docker-compose.yml is).
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { buildClientIfStale } from "../../../server/client-build.ts";
import { startMongoServer } from "../mongo-server.ts";
import { hasRedis, startRedis } from "../nodes/redis-here.ts";
import { type ClusterPlace, makeSharedFiles, nodeSettings } from "./node-settings.ts";
import { startStickyProxy } from "./sticky-proxy.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const CLIENT_DIR = join(ROOT, "client/dist");
const USAGE = `Starts two nodes on this machine, with Redis and a database, behind a sticky proxy.

  npm run cluster:demo
  npm run cluster:demo -- --port 3000 --officers 0

  --port      of the proxy (default 3000); the nodes and their sentinels take the next four
  --officers  that the simulator moves (default 20, 0: no simulator); the embedded database is slow
  --help

Needs redis-server (Debian: apt-get install redis-server) and one of: a MongoDB at MONGODB_URI, a
mongod on the PATH, or Go to build a compatible server from its published source.
Ctrl-C ends all of it. Nothing is kept.`;

const AGAIN_AFTER_MS = 1_000;
/** A stop that hangs on a dead database must still end. */
const STOP_WITHIN_MS = 12_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface DemoNode {
  readonly name: string;
  readonly port: number;
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What has been opened, the last first to be closed. */
const toClose: (() => Promise<unknown>)[] = [];
let stopping = false;

async function closeAll(): Promise<void> {
  stopping = true;
  for (let close = toClose.pop(); close; close = toClose.pop())
    await close().catch((error: unknown) => say(String(error)));
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "3000" },
      officers: { type: "string", default: "20" },
      help: { type: "boolean", default: false },
    },
  });
  const [port, officers] = [Number(values.port), Number(values.officers)];
  const isPort = Number.isInteger(port) && port > 0 && port + 4 <= 65_535;
  if (values.help || !isPort || !Number.isInteger(officers) || officers < 0) {
    say(USAGE);
    return values.help ? 0 : 2;
  }
  // Redis first: it is asked for in a moment, a database may have to be built.
  if (!hasRedis()) {
    say("NOT RUN: no redis-server on the PATH (Debian: apt-get install redis-server)");
    return 1;
  }
  say("looking for a MongoDB; the first time a compatible one may be built, some 90 s …");
  const mongo = await startMongoServer();
  if ("notRun" in mongo) {
    say(`NOT RUN: ${mongo.notRun}`);
    return 1;
  }
  toClose.push(() => mongo.stop());
  const redis = await startRedis();
  toClose.push(() => redis.close());
  const folder = await mkdtemp(join(tmpdir(), "cluster-demo-"));
  toClose.push(() => rm(folder, { recursive: true, force: true }));
  await makeSharedFiles(folder);
  // Once, here: two nodes that build at the same moment would write over one another.
  await buildClientIfStale(ROOT, CLIENT_DIR);
  const origin = `http://127.0.0.1:${port}`;
  const uri = `${mongo.uri.replace(/\/*$/, "/")}cluster_demo_${Date.now()}`;
  const place: ClusterPlace = {
    folder,
    mongo: { uri, allowStandalone: mongo.allowStandalone },
    redisUrl: redis.url,
    origin,
  };
  const nodes = [port + 1, port + 3].map((at, i) => nodeAt(place, i, at, officers));
  const proxy = await startStickyProxy(port, nodes);
  toClose.push(() => proxy.close());
  say(`database ${mongo.uri}   redis ${redis.url}`);
  const started = await Promise.all(nodes.map((node) => keepRunning(node)));
  say(handout(started[0]?.said ?? "", nodes[0]?.port ?? 0, origin));
  say(`  every address goes through the proxy at ${origin}, which is a tool for development only`);
  say("  kill -9 one of the nodes and go on working; it is started again. Ctrl-C ends everything.");
  return 0;
}

function nodeAt(place: ClusterPlace, i: number, port: number, officers: number): DemoNode {
  const name = `node${i + 1}`;
  // One simulator is enough: two would move the same officers.
  const simulated = i === 0 && officers > 0;
  return {
    name,
    port,
    dataDir: join(place.folder, name),
    env: {
      ...nodeSettings(place, name),
      PORT: String(port),
      DATA_DIR: join(place.folder, name),
      SIMULATOR: simulated ? "1" : "0",
      ...(simulated ? { SIMULATOR_OFFICERS: String(officers) } : {}),
      LOG_LEVEL: process.env.LOG_LEVEL ?? "warn",
      // Its own first, then the other's, to which its pages may move.
      SENTINEL_URL: [port + 1, i === 0 ? port + 3 : port - 1]
        .map((at) => `http://127.0.0.1:${at}`)
        .join(","),
    },
  };
}

/** Starts a node again whenever it ends by itself. Resolves when it is up for the first time. */
function keepRunning(node: DemoNode): Promise<{ readonly said: string }> {
  return new Promise((resolve) => {
    let child: ChildProcess;
    const start = (): void => {
      child = spawn(process.execPath, [join(ROOT, "server/start.js")], {
        cwd: ROOT,
        env: { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", ...node.env },
        stdio: ["ignore", "pipe", "pipe"],
      });
      const { pid } = child;
      say(`${node.name} starts: pid ${pid}, http://127.0.0.1:${node.port}`);
      let said = "";
      child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
        if (said.includes("/login")) return;
        said += chunk;
        if (!said.includes("/login")) return;
        say(`${node.name} is up: pid ${pid}`);
        // The rest of the same text may still be on its way.
        setTimeout(() => resolve({ said }), 100);
      });
      child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
        for (const line of chunk.split("\n").filter(Boolean)) say(`${node.name}: ${line}`);
      });
      child.once("exit", (code, signal) => {
        if (stopping) return;
        say(`${node.name} ENDED (${signal ?? code}); it is started again`);
        setTimeout(() => stopping || start(), AGAIN_AFTER_MS);
      });
    };
    start();
    toClose.push(() => end(child));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  const forced = setTimeout(() => child.kill("SIGKILL"), STOP_WITHIN_MS);
  await gone;
  clearTimeout(forced);
}

/** What a node prints names itself, after lines of its log; people go through the proxy. */
const handout = (said: string, port: number, origin: string): string =>
  said
    .split("\n")
    .filter((line) => !line.startsWith("{"))
    .join("\n")
    .replaceAll(`http://127.0.0.1:${port}`, origin);

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => {
    if (stopping) return;
    say(`\n${signal}: ending`);
    void closeAll().then(() => process.exit(0));
  });

try {
  const code = await main();
  if (code !== 0) process.exitCode = code;
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  await closeAll();
  process.exit(1);
}
