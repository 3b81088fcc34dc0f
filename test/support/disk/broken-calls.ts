import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Why the system calls of a running process cannot be broken here; nothing when they can. */
export async function whyNoBrokenCalls(): Promise<string | undefined> {
  const sleeper = spawn("sleep", ["30"], { stdio: "ignore" });
  try {
    const mend = await breakCalls(sleeper.pid ?? 0, ["/dev/null"], {
      calls: "fsync",
      fault: "error=EIO",
    });
    await mend();
    return undefined;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return `faults of the disk: strace may not attach here (${why})`;
  } finally {
    sleeper.kill("SIGKILL");
  }
}

/** e.g. `{calls: "fsync,fdatasync", fault: "error=EIO:when=3"}`, as `strace -e inject` takes it. */
export interface BrokenCalls {
  readonly calls: string;
  readonly fault: string;
}

/**
 * From now on these calls of the process fail where they touch one of these files. The process is
 * slower meanwhile: it is stopped at each of its system calls.
 * @returns what mends the disk; a call that is being held goes on.
 */
export async function breakCalls(
  pid: number,
  files: readonly string[],
  { calls, fault }: BrokenCalls,
): Promise<() => Promise<void>> {
  const paths = files.flatMap((file) => ["-P", file]);
  const inject = ["-e", `trace=${calls}`, "-e", `inject=${calls}:${fault}`];
  const tracer = spawn(
    "strace",
    ["-f", "-qq", "-o", "/dev/null", "-p", String(pid), ...paths, ...inject],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  // Without strace on this machine there is an error event instead of an end.
  const failed = once(tracer, "error").then(([error]) => Promise.reject(error));
  await Promise.race([attached(tracer, pid), failed]);
  return async () => {
    if (tracer.exitCode !== null || tracer.signalCode !== null) return;
    const ended = once(tracer, "exit");
    tracer.kill("SIGTERM");
    await ended;
  };
}

/** Every thread must be held, or the one that matters goes on unhindered. */
async function attached(tracer: ChildProcess, pid: number): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (tracer.exitCode !== null) throw new Error(`strace ended with ${tracer.exitCode}`);
    if (await everyThreadIsTraced(pid, tracer.pid ?? 0)) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error("strace did not attach");
}

async function everyThreadIsTraced(pid: number, tracer: number): Promise<boolean> {
  const tasks = join("/proc", String(pid), "task");
  const threads = await readdir(tasks);
  const states = await Promise.all(
    threads.map((thread) => readFile(join(tasks, thread, "status"), "utf8").catch(() => "")),
  );
  return states.every((text) => text === "" || text.includes(`TracerPid:\t${tracer}\n`));
}
