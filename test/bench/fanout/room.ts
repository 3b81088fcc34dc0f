import { type ChildProcess, fork, spawn } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../../support/server/free-port.ts";
import { pause } from "../figures.ts";
import { PIN } from "../pinned.ts";
import {
  COLLECT,
  type ConsoleOf,
  type FromClients,
  type Report,
  SENDS_NO_POSITIONS,
  type ToClients,
  type Whose,
} from "./messages.ts";
import { type BenchProvince, buildProvince, serverEnv } from "./province.ts";

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const READY_WITHIN_MS = 120_000;
const COLLECTED_WITHIN_MS = 500;

/** A server of the bench: what it costs is asked by its pid, positions go into its standard input. */
export interface FedServer {
  readonly pid: number;
  readonly port: number;
  feed(rows: Buffer): void;
  stop(): Promise<void>;
}

/** The real server, the same once more that sends no positions, the limit, and the consoles' process. */
export interface Room {
  readonly province: BenchProvince;
  readonly ours: FedServer;
  /** What everything but the fan-out costs with the same consoles and positions is measured here. */
  readonly twin: FedServer;
  readonly clientsPid: number;
  readonly limit: { readonly pid: number; run(rate: number, ms: number): Promise<void> };
  open(whose: Whose, consoles: readonly ConsoleOf[]): Promise<void>;
  /** From then on nothing is bound to a core: so many phones of two servers are more than one core's work. */
  openIdle(tokens: readonly string[]): Promise<void>;
  shut(...all: readonly Whose[]): Promise<void>;
  /** The consoles that were opened as `SLUGGISH` read no more, or again. */
  stall(): Promise<void>;
  wake(): Promise<void>;
  /** All three servers are without garbage when it resolves. */
  collect(): Promise<void>;
  mark(whose: Whose): Promise<void>;
  report(whose: Whose): Promise<Report>;
  close(): Promise<void>;
}

export async function openRoom(size: {
  readonly officers: number;
  readonly consoles: number;
}): Promise<Room> {
  const folder = await mkdtemp(join(tmpdir(), "bench-fanout-"));
  const [data, copy] = [join(folder, "data"), join(folder, "twin")];
  const province = await buildProvince(data, size);
  await cp(data, copy, { recursive: true });
  const clients = fork(file("./clients.ts"));
  const ours = await startFed(data);
  const twin = await startFed(copy, { [SENDS_NO_POSITIONS]: "1" });
  const limitPort = await freePort();
  const limit = await startLimit(limitPort);
  const asked = asking(clients);
  const others: ChildProcess[] = [];
  const ports = { OURS: ours.port, SLUGGISH: ours.port, TWIN: twin.port, LIMIT: limitPort };
  return {
    province,
    ours,
    twin,
    clientsPid: clients.pid ?? 0,
    limit: {
      pid: limit.pid ?? 0,
      run: async (rate, ms) => {
        limit.send({ rate, ms });
        await messageOf(limit);
      },
    },
    open: async (whose, consoles) => {
      await asked({ do: "open", whose, port: ports[whose], consoles });
    },
    openIdle: async (tokens) => {
      const { pid: clientsPid = 0 } = clients;
      PIN.release(process.pid, clientsPid, ours.pid, twin.pid, limit.pid ?? 0);
      // In a process of its own: one may have no more than some ten thousand files open.
      const phones = fork(file("./clients.ts"));
      others.push(phones);
      await Promise.all([
        asked({ do: "idle", port: ours.port, tokens }),
        asking(phones)({ do: "idle", port: twin.port, tokens }),
      ]);
    },
    shut: async (...all) => {
      for (const whose of all) await asked({ do: "close", whose });
      await pause(500);
    },
    stall: async () => {
      await asked({ do: "stall", whose: "SLUGGISH" });
    },
    wake: async () => {
      await asked({ do: "wake", whose: "SLUGGISH" });
    },
    collect: async () => {
      for (const pid of [ours.pid, twin.pid, limit.pid]) if (pid) process.kill(pid, COLLECT);
      await pause(COLLECTED_WITHIN_MS);
    },
    mark: async (whose) => {
      await asked({ do: "mark", whose });
    },
    report: async (whose) => (await asked({ do: "report", whose })) as Report,
    close: async () => {
      for (const child of [clients, ...others]) child.kill("SIGKILL");
      limit.kill("SIGKILL");
      await Promise.all([ours.stop(), twin.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startFed(dataDir: string, more: Record<string, string> = {}): Promise<FedServer> {
  const port = await freePort();
  const [command = "", ...args] = [...PIN.server, ...nodeArgs(dataDir)];
  const env = { ...process.env, ...serverEnv(dataDir), ...more, PORT: String(port) };
  const child = spawn(command, args, { env, stdio: ["pipe", "pipe", "inherit"] });
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("not ready")), READY_WITHIN_MS);
    child.stdout.on("data", (chunk: Buffer) => {
      if (!chunk.toString().includes("/login")) return;
      clearTimeout(timer);
      resolve();
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return {
    pid: child.pid ?? 0,
    port,
    feed: (rows) => child.stdin.write(rows),
    stop: () => {
      const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
      child.kill("SIGTERM");
      return gone;
    },
  };
}

/** `BENCH_CPU_PROF=folder` leaves profiles there, of each server in a folder of its own. */
function nodeArgs(dataDir: string): string[] {
  const folder = process.env.BENCH_CPU_PROF;
  const profiling = folder
    ? ["--cpu-prof", `--cpu-prof-dir=${join(folder, basename(dataDir))}`]
    : [];
  return [process.execPath, "--expose-gc", ...profiling, file("./server.ts")];
}

async function startLimit(port: number): Promise<ChildProcess> {
  const [command = "", ...args] = [
    ...PIN.server,
    process.execPath,
    "--expose-gc",
    file("./limit.ts"),
    String(port),
  ];
  const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  await messageOf(child);
  return child;
}

const messageOf = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve) => child.once("message", resolve));

/** One question at a time, each with its answer. */
function asking(child: ChildProcess): (message: ToClients) => Promise<FromClients> {
  return (message) =>
    new Promise((resolve, reject) => {
      const ended = () => reject(new Error(`the clients ended while asked to ${message.do}`));
      child.once("exit", ended);
      child.once("message", (answer) => {
        child.off("exit", ended);
        resolve(answer as FromClients);
      });
      child.send(message);
    });
}
