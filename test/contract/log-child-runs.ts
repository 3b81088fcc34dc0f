/** Starts `log-child.ts` and reads what it says. */
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const CHILD = fileURLToPath(new URL("./log-child.ts", import.meta.url));

export interface LogChild {
  /** Every line so far. */
  readonly lines: readonly string[];
  /** Resolves when so many lines begin with this word. */
  until(word: string, count: number): Promise<void>;
  /** SIGKILL; resolves when the process is gone and its last line was read. */
  kill(): Promise<void>;
}

/** Starts children and ends them all, so that none outlives a test that failed. */
export function createLogChildren() {
  const children: LogChild[] = [];
  return {
    start: (file: string, node: string, wrapper: readonly string[] = []): LogChild => {
      const child = startLogChild(file, node, wrapper);
      children.push(child);
      return child;
    },
    killAll: async () => {
      await Promise.all(children.splice(0).map((child) => child.kill()));
    },
  };
}

/** @param wrapper a command that runs the child, e.g. `["strace", "-f"]`. */
function startLogChild(file: string, node: string, wrapper: readonly string[]): LogChild {
  const [command = "", ...args] = [...wrapper, process.execPath, CHILD, file, node];
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"], detached: true });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on("line", (line) => lines.push(line));
  const closed = Promise.all([once(reader, "close"), once(child, "exit")]);
  return {
    lines,
    until: (word, count) => linesOf(child, reader, lines, word, count),
    kill: async () => {
      killGroup(child);
      await closed;
    },
  };
}

/** `won SEQ HASH` lines as a map. */
export function wins(lines: readonly string[]): Map<number, string> {
  const won = lines.map((line) => line.split(" ")).filter(([word]) => word === "won");
  return new Map(won.map(([, seq, hash = ""]) => [Number(seq), hash]));
}

function linesOf(
  child: ChildProcess,
  reader: ReturnType<typeof createInterface>,
  lines: readonly string[],
  word: string,
  count: number,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const check = () => {
      if (lines.filter((line) => line.startsWith(word)).length >= count) resolve();
    };
    reader.on("line", check);
    child.once("exit", () => reject(new Error(`the child ended: ${lines.slice(-3).join(" | ")}`)));
    check();
  });
}

/** The child leads a group of its own, so a wrapper and what it wraps go together. */
function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended already.
  }
}
