/** A Redis server of the test's own, from the system's package; nothing is downloaded. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../server/free-port.ts";
import { notRun } from "../trials.ts";

export interface RedisHere {
  readonly url: string;
  readonly port: number;
  /** Ends at once, as a crash would. */
  kill(): Promise<void>;
  /** On the same port again, empty. */
  revive(): Promise<void>;
  /** Hangs: connections stand, and nothing is answered. */
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
}

export const hasRedis = (): boolean =>
  spawnSync("redis-server", ["--version"], { stdio: "ignore" }).status === 0;

/** Says so where there is none; with REQUIRE_ALL=1 the run then fails. */
export function redisOrSaid(what: string): boolean {
  const isHere = hasRedis();
  if (!isHere) notRun(`no redis (Debian package redis-server): ${what}`);
  return isHere;
}

export async function startRedis(port?: number): Promise<RedisHere> {
  const dir = await mkdtemp(join(tmpdir(), "redis-here-"));
  const at = port ?? (await freePort());
  let child = await spawned(at, dir);
  return {
    url: `redis://127.0.0.1:${at}`,
    port: at,
    kill: () => ended(child),
    revive: async () => {
      child = await spawned(at, dir);
    },
    freeze: () => child.kill("SIGSTOP"),
    thaw: () => child.kill("SIGCONT"),
    close: async () => {
      await ended(child);
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function spawned(port: number, dir: string): Promise<ChildProcess> {
  const args = ["--bind", "127.0.0.1", "--port", String(port), "--dir", dir];
  const child = spawn("redis-server", [...args, "--save", "", "--appendonly", "no"], {
    stdio: "ignore",
  });
  const until = performance.now() + 10_000;
  while (!(await answers(port))) {
    if (child.exitCode !== null || performance.now() > until)
      throw new Error("redis-server did not come up");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return child;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: "127.0.0.1" });
    socket.once("connect", () => socket.write("PING\r\n"));
    socket.once("data", (data) => {
      socket.destroy();
      resolve(data.toString().startsWith("+PONG"));
    });
    socket.once("error", () => resolve(false));
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGCONT");
  child.kill("SIGKILL");
  await gone;
}
