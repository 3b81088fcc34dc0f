import { spawn } from "node:child_process";
import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../support/server/free-port.ts";
import type { Bench, Figures } from "./figures.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const LEFT_OUT = new Set(["node_modules", ".git", "dist", "data", "results"]);

/** In a copy of the sources, so that nobody's build is taken away. */
export const startBench: Bench = {
  about:
    "from `npm start` to the line that says where to go; cold builds the client and the demo province; the compile cache in node_modules lasts from one to the other",
  run: async (rounds) => {
    const figures: Figures[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const folder = await mkdtemp(join(tmpdir(), "bench-start-"));
      try {
        await cp(ROOT, folder, {
          recursive: true,
          filter: (from) => !LEFT_OUT.has(basename(from)),
        });
        await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
        const port = await freePort();
        const coldMs = await startMs(folder, port);
        const warmMs = await startMs(folder, port);
        figures.push({ cold_ms: coldMs, warm_ms: warmMs });
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    }
    return figures;
  },
};

function startMs(folder: string, port: number): Promise<number> {
  const from = performance.now();
  const child = spawn(process.execPath, ["server/start.js"], {
    cwd: folder,
    env: {
      ...process.env,
      PORT: String(port),
      DATA_DIR: join(folder, "data"),
      SIMULATOR: "0",
      LOG_LEVEL: "warn",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve, reject) => {
    let readyMs: number | undefined;
    child.stdout.on("data", (chunk: Buffer) => {
      if (readyMs !== undefined || !chunk.toString().includes("/login")) return;
      readyMs = performance.now() - from;
      child.kill("SIGTERM");
    });
    child.once("exit", () =>
      readyMs === undefined ? reject(new Error("it did not start")) : resolve(readyMs),
    );
  });
}
