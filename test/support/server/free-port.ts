import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Below the range from which the system gives outgoing connections their ports (32768). */
const FIRST = 22_000;
const COUNT = 8_000;

const claimed = new Set<string>();
process.once("exit", () => {
  for (const file of claimed) rmSync(file, { force: true });
});

/**
 * A port that is this process's until its end: test files run at the same time, and a server that
 * is killed must find its port free again.
 */
export async function freePort(): Promise<number> {
  const start = Math.floor(Math.random() * COUNT);
  for (let step = 0; step < COUNT; step += 1) {
    const port = FIRST + ((start + step) % COUNT);
    if (isClaimed(port) && (await isFree(port))) return port;
  }
  throw new Error(`no free port from ${FIRST} to ${FIRST + COUNT - 1}`);
}

/** @returns whether the port is now this process's. One of a process that has ended is taken over. */
function isClaimed(port: number): boolean {
  const file = join(tmpdir(), `ec-port-${port}`);
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
  } catch {
    if (isRunning(ownerOf(file))) return false;
    writeFileSync(file, String(process.pid));
  }
  claimed.add(file);
  return true;
}

function ownerOf(file: string): number {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch {
    return 0; // gone in this moment: its owner has ended
  }
}

function isRunning(pid: number): boolean {
  if (pid <= 0) return false;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
