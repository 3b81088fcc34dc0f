import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DEMO_DEVICES_FILE } from "../../../server/simulator-process.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const PRELOAD = fileURLToPath(new URL("./without-client-build.ts", import.meta.url));
const READY_WITHIN_MS = 60_000;

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The server (`npm start`) as a process of its own: it can be killed, and its end be seen. */
export interface ServerProcess {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  readonly pid: number;
  /** Everything it printed, errors included. */
  output(): string;
  readonly exited: Promise<Exit>;
  isRunning(): boolean;
  /** A line on its standard input, for a main that listens there. */
  order(line: string): void;
  /** SIGKILL: no handler runs, nothing is flushed. */
  kill(): Promise<void>;
  /** SIGTERM, as a service manager stops it. */
  stop(): Promise<Exit>;
}

export interface SpawnOptions {
  readonly dataDir: string;
  readonly port: number;
  readonly env?: Readonly<Record<string, string>>;
  /** A command that runs the server, e.g. `["strace", "-D", "-f"]`; its pid must be the server's. */
  readonly wrapper?: readonly string[];
  /** Another main instead of `server/start.js`, under the root of the project. */
  readonly main?: string;
}

interface Started {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly exited: Promise<Exit>;
}

/** Resolves when the server says where to go. @throws Error with its output when it ends before. */
export async function spawnServer(options: SpawnOptions): Promise<ServerProcess> {
  const started = start(options);
  const { child, output, exited } = started;
  const ended = await Promise.race([exited, printed(child, output, "/login")]);
  if (ended !== "PRINTED") {
    child.kill("SIGKILL");
    throw new Error(`the server did not start: ${JSON.stringify(ended)}\n${output()}`);
  }
  return processOf(started, options);
}

/** Started, and not yet waited for: it may be waiting for something itself. */
export async function startServerProcess(options: SpawnOptions): Promise<ServerProcess> {
  return processOf(start(options), options);
}

function processOf({ child, output, exited }: Started, options: SpawnOptions): ServerProcess {
  return {
    url: `http://127.0.0.1:${options.port}`,
    port: options.port,
    dataDir: options.dataDir,
    pid: child.pid ?? 0,
    output,
    exited,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    order: (line) => child.stdin?.write(`${line}\n`),
    kill: async () => {
      child.kill("SIGKILL");
      await exited;
    },
    stop: async () => {
      child.kill("SIGTERM");
      return exited;
    },
  };
}

/** Starts and kills after `ms`, wherever the start has come by then. */
export async function spawnAndKill(options: SpawnOptions, ms: number): Promise<void> {
  const { child, exited } = start(options);
  const timer = setTimeout(() => child.kill("SIGKILL"), ms);
  await exited;
  clearTimeout(timer);
}

/** For a start that must be refused: waits for the end. */
export async function spawnToEnd(
  options: SpawnOptions,
): Promise<Exit & { readonly output: string }> {
  const { child, output, exited } = start(options);
  const timer = setTimeout(() => child.kill("SIGKILL"), READY_WITHIN_MS);
  const exit = await exited;
  clearTimeout(timer);
  return { ...exit, output: output() };
}

/** Tokens of the field officers' phones, as a simulator gets them. */
export async function deviceTokens(dataDir: string): Promise<readonly DeviceToken[]> {
  return JSON.parse(await readFile(join(dataDir, DEMO_DEVICES_FILE), "utf8"));
}

export interface DeviceToken {
  readonly officerId: string;
  readonly token: string;
}

function start(options: SpawnOptions): Started {
  const { dataDir, port, env = {}, wrapper = [], main: file = "server/start.js" } = options;
  const settings = {
    PORT: String(port),
    DATA_DIR: dataDir,
    SIMULATOR: "0",
    SENTINEL: "0",
    LOG_LEVEL: "warn",
    // Read by the preloaded module: no server outlives a run that was cut off.
    TEST_RUNNER_PID: String(process.pid),
  };
  const main = [process.execPath, "--import", PRELOAD, join(ROOT, file)];
  const [command = "", ...args] = [...wrapper, ...main];
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", ...settings, ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8");
    stream?.on("data", (chunk: string) => {
      text += chunk;
    });
  }
  const exited = new Promise<Exit>((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
  return { child, output: () => text, exited };
}

function printed(
  child: ChildProcess,
  output: () => string,
  what: string,
): Promise<"PRINTED" | "LATE"> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve("LATE"), READY_WITHIN_MS);
    const look = (): void => {
      if (!output().includes(what)) return;
      clearTimeout(timer);
      resolve("PRINTED");
    };
    child.stdout?.on("data", look);
    child.once("close", () => clearTimeout(timer));
  });
}
