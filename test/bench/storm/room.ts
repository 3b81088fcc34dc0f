import { type ChildProcess, fork, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../../support/server/free-port.ts";
import { type BenchProvince, buildProvince, serverEnv } from "../fanout/province.ts";
import { type ManyEvents, withManyEvents } from "../many-events.ts";
import type { StormConsole, ToClients, ToServer } from "./messages.ts";

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const READY_WITHIN_MS = 180_000;

/** The courts of the province, each with those above it, for records to be theirs. */
export const COURTS: ManyEvents["courts"] = Array.from({ length: 100 }, (_, i) => {
  const inter = `inter-${i % 10}`;
  const courtId = `basic-${i % 10}-${Math.floor(i / 10)}`;
  return { courtId, tierPath: ["high", inter, courtId] };
});

export interface Province extends BenchProvince {
  readonly dataDir: string;
  remove(): Promise<void>;
}

/** A folder in which a server has worked for so many events. */
export async function provinceWith(
  people: { readonly officers: number; readonly consoles: number },
  many: Pick<ManyEvents, "events" | "live">,
): Promise<Province> {
  const folder = await mkdtemp(join(tmpdir(), "bench-storm-"));
  const dataDir = join(folder, "data");
  // A person for each console: the budget of one is not what is measured.
  const province = await buildProvince(dataDir, { ...people, consoles: people.consoles * 10 });
  await withManyEvents(join(dataDir, "log.db"), { ...many, courts: COURTS });
  const remove = () => rm(folder, { recursive: true, force: true });
  return { ...province, dataDir, remove };
}

/** Each looks at 10 of 100 courts. */
export const groupConsoles = ({ cookies }: BenchProvince, count: number): StormConsole[] =>
  Array.from({ length: count }, (_, i) => {
    const sessions = cookies.groups[i % cookies.groups.length] ?? [];
    const turn = Math.floor(i / cookies.groups.length);
    return { path: LIVE, cookie: sessions[turn % sessions.length] ?? "" };
  });

const LIVE = "/socket.io/?EIO=4&transport=websocket";
export const highConsole = ({ cookies }: BenchProvince): StormConsole => ({
  path: LIVE,
  cookie: cookies.high[0] ?? "",
});

export interface StormServer {
  readonly port: number;
  readonly pid: number;
  order(order: ToServer): void;
  /** What is in memory when all garbage is gone. */
  rss(): Promise<number>;
  stop(): Promise<void>;
}

export async function startStormServer(dataDir: string): Promise<StormServer> {
  const port = await freePort();
  const profiling = process.env.BENCH_CPU_PROF
    ? ["--cpu-prof", `--cpu-prof-dir=${process.env.BENCH_CPU_PROF}`]
    : [];
  const args = ["--expose-gc", ...profiling, file("./server.ts")];
  const env = {
    // As `npm start` has it: nothing is compiled that was compiled before.
    NODE_COMPILE_CACHE: file("../../../node_modules/.cache/compiled"),
    ...process.env,
    ...serverEnv(dataDir),
    PORT: String(port),
  };
  const child = spawn(process.execPath, args, {
    env,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  await answerOf(child);
  return {
    port,
    pid: child.pid ?? 0,
    order: (order) => child.send(order),
    rss: async () => {
      child.send({ memory: true });
      return ((await answerOf(child)) as { rss: number }).rss;
    },
    stop: () => ended(child, () => child.disconnect()),
  };
}

export const startLimit = (bytes: number) =>
  startBare(new URL("./limit.ts", import.meta.url), [String(Math.round(bytes))]);

/** A server of the limit: told its port first, and says when it listens. */
export async function startBare(
  program: URL,
  more: readonly string[],
): Promise<Pick<StormServer, "port" | "pid" | "stop">> {
  const port = await freePort();
  const args = [fileURLToPath(program), String(port), ...more];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  await answerOf(child);
  return { port, pid: child.pid ?? 0, stop: () => ended(child, () => child.disconnect()) };
}

export const startClients = () => forked<ToClients>(new URL("./clients.ts", import.meta.url));

/** A process that answers each order with one message. */
export function forked<Order>(program: URL) {
  const child = fork(fileURLToPath(program));
  return {
    ask: async <T>(order: Order): Promise<T> => {
      child.send(order as object);
      return (await answerOf(child)) as T;
    },
    stop: () => ended(child, () => child.disconnect()),
  };
}

function answerOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("no answer")), READY_WITHIN_MS);
    const gone = () => reject(new Error("it ended instead of answering"));
    child.once("exit", gone);
    child.once("message", (answer) => {
      clearTimeout(timer);
      child.off("exit", gone);
      resolve(answer);
    });
  });
}

function ended(child: ChildProcess, end: () => void): Promise<void> {
  return new Promise((resolve) => {
    if (!child.connected) return resolve();
    child.once("exit", () => resolve());
    end();
  });
}
