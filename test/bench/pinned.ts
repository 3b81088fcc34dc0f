import { execFileSync } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { cpus } from "node:os";

/** Core of what is measured, and of what drives it. */
const SERVER_CORE = "0";
const DRIVER_CORE = "1";

/**
 * Which process runs where, as far as the machine lets one say so. For benches of what the loop
 * alone costs: bound to one core, a server whose threads work beside its loop, or a time that
 * somebody waits, would be measured on a machine that nobody has.
 */
export const PIN = {
  isPossible: cpus().length > 1 && hasTaskset(),
  /** Something was bound in this process. */
  isInUse: false,
  /** Before a command that is measured. */
  get server(): readonly string[] {
    return this.isPossible ? ["taskset", "-c", SERVER_CORE] : [];
  },
  /** This process, and the ones that it starts from now on, drive. */
  driveFromHere(): void {
    if (!this.isPossible) return;
    taskset(["-a", "-cp", DRIVER_CORE, String(process.pid)]);
    this.isInUse = true;
  },
  /** These run on any core from now on: where what drives needs more than one. */
  release(...pids: readonly number[]): void {
    if (!this.isPossible) return;
    for (const pid of pids) taskset(["-a", "-cp", `0-${cpus().length - 1}`, String(pid)]);
  },
};

function hasTaskset(): boolean {
  try {
    taskset(["-p", String(process.pid)]);
    return true;
  } catch {
    return false;
  }
}

function taskset(args: readonly string[]): void {
  execFileSync("taskset", args, { stdio: "ignore" });
}

const NS_PER_MS = 1e6;

/** CPU time of a process so far, ms: all its threads, those of the kernel's work for it included. */
export const cpuMsOf = (pid: number): Promise<number> => threadsMsOf(pid, () => true);

/**
 * The same of the thread that runs the loop and of V8's helpers alone: what a worker does for the
 * store at its own time would be taken for what is measured.
 */
export const loopCpuMsOf = (pid: number): Promise<number> =>
  threadsMsOf(pid, async (thread) => {
    if (Number(thread) === pid) return true;
    const name = await readFile(`/proc/${pid}/task/${thread}/comm`, "utf8").catch(() => "");
    return name.startsWith("V8Worker");
  });

async function threadsMsOf(
  pid: number,
  counts: (thread: string) => boolean | Promise<boolean>,
): Promise<number> {
  let ns = 0;
  for (const thread of await readdir(`/proc/${pid}/task`)) {
    if (!(await counts(thread))) continue;
    const text = await readFile(`/proc/${pid}/task/${thread}/schedstat`, "utf8").catch(() => "0");
    ns += Number(text.split(" ")[0]);
  }
  return ns / NS_PER_MS;
}
