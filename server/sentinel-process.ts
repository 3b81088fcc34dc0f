import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Config } from "./config.ts";

const SENTINEL = fileURLToPath(new URL("./sentinel/main.ts", import.meta.url));
const AGAIN_AFTER_MS = 5_000;

/**
 * Starts the sentinel as a process of its own. It outlives a server that is killed: that is what it
 * is for. One that ends by itself was replaced by another; one that fails is started again.
 */
export function startSentinel({ sentinel }: Config): { stop(): void } | undefined {
  if (!sentinel.start) return undefined;
  let stopped = false;
  let again: NodeJS.Timeout | undefined;
  const start = () => {
    const child = spawn(process.execPath, [SENTINEL, "--parent", String(process.pid)], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    child.once("exit", (code) => {
      if (!stopped && code !== 0) again = setTimeout(() => (current = start()), AGAIN_AFTER_MS);
    });
    return child;
  };
  let current = start();
  return {
    stop: () => {
      stopped = true;
      clearTimeout(again);
      current.kill("SIGTERM");
    },
  };
}
