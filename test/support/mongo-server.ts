/**
 * A MongoDB for the tests, in order of preference: the one that MONGODB_URI names, a `mongod` on
 * the PATH, the server of `mongo-server/` where Go can build it.
 */
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort } from "./server/free-port.ts";

export interface MongoServer {
  readonly uri: string;
  /** True for a single server, which the adapters refuse unless told otherwise. */
  readonly allowStandalone: boolean;
  stop(): Promise<void>;
  /** Where it is a process of ours, which can be killed and started again on its data and port. */
  readonly process?: KillableProcess;
}

export interface KillableProcess {
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** Resolves when it answers again. @throws Error when it does not. */
  start(): Promise<void>;
  /** SIGSTOP: connections stay and nothing is answered, as on a machine that hangs. */
  freeze(): void;
  thaw(): void;
}

const SOURCE = fileURLToPath(new URL("./mongo-server/", import.meta.url));
const CACHE = fileURLToPath(new URL("../../node_modules/.cache/mongo-server/", import.meta.url));
const BINARY = join(CACHE, "mongo-server");
const HOST = "127.0.0.1";
/** Above 32768 the system's own outgoing connections take ports away. */
const START_MS = 20_000;
/** The first build of some hundred packages on two cores takes about 90 s. */
const BUILD_MS = 300_000;
const STOP_MS = 5_000;
/** Characters of its last words. */
const MOST_SAID = 1_000;

export async function startMongoServer(): Promise<MongoServer | { readonly notRun: string }> {
  const uri = process.env.MONGODB_URI;
  if (uri !== undefined && uri !== "") {
    const allowStandalone = process.env.MONGODB_ALLOW_STANDALONE === "1";
    return { uri, allowStandalone, stop: async () => {} };
  }
  if (await succeeds("mongod", ["--version"])) {
    return launch("mongod", (port, folder) => [
      ...["--bind_ip", HOST, "--port", String(port)],
      ...["--dbpath", folder],
    ]);
  }
  if (!(await succeeds("go", ["version"]))) {
    return { notRun: "no MongoDB-compatible server: MONGODB_URI is not set, no mongod, no go" };
  }
  await mkdir(CACHE, { recursive: true });
  const built = await succeeds("go", ["build", "-o", BINARY, "."], SOURCE, BUILD_MS);
  if (!built) return { notRun: "no MongoDB-compatible server: its build with go failed" };
  await stat(BINARY);
  return launch(BINARY, (port, folder) => [`${HOST}:${port}`, folder]);
}

async function launch(
  command: string,
  argsFor: (port: number, folder: string) => string[],
): Promise<MongoServer | { readonly notRun: string }> {
  const folder = await mkdtemp(join(tmpdir(), "mongo-server-"));
  const port = await freePort();
  let child: ChildProcess;
  const start = async () => {
    let said = "";
    child = spawn(command, argsFor(port, folder), {
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
    });
    child.stderr?.on("data", (part: Buffer) => {
      said = `${said}${part.toString()}`.slice(-MOST_SAID);
    });
    if (await answers(port, child)) return;
    const how = hasEnded(child) ? `ended (${child.exitCode ?? child.signalCode})` : "is silent";
    throw new Error(`${command} ${how}: ${said}`);
  };
  const kill = async () => {
    const ended = hasEnded(child) ? undefined : once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  const stop = async () => {
    await end(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await start();
    const uri = `mongodb://${HOST}:${port}/`;
    const freeze = () => void child.kill("SIGSTOP");
    const thaw = () => void child.kill("SIGCONT");
    return { uri, allowStandalone: true, stop, process: { kill, start, freeze, thaw } };
  } catch (error) {
    await stop();
    return { notRun: `no MongoDB-compatible server: ${error}` };
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, "exit");
  child.kill("SIGCONT");
  child.kill("SIGTERM");
  const forced = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
  await ended;
  clearTimeout(forced);
}

async function answers(port: number, child: ChildProcess): Promise<boolean> {
  for (const deadline = performance.now() + START_MS; performance.now() < deadline; ) {
    if (hasEnded(child)) return false;
    if (await accepts(port)) return true;
    await sleep(50);
  }
  return false;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, HOST);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

/** False also when the command does not exist. */
function succeeds(
  command: string,
  args: readonly string[],
  cwd?: string,
  timeoutMs = 10_000,
): Promise<boolean> {
  return new Promise((resolve) => {
    const stdio = ["ignore", "ignore", "inherit"] as const;
    const child = spawn(command, args, { stdio: [...stdio], timeout: timeoutMs, cwd });
    child.once("error", () => resolve(false));
    child.once("exit", (status) => resolve(status === 0));
  });
}
