import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { freePort } from "../../support/server/free-port.ts";
import { type BenchProvince, buildProvince, serverEnv } from "../fanout/province.ts";
import type { Accepted } from "./messages.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const READY_WITHIN_MS = 120_000;

/** The real server with its pages and the province on it. */
export interface MapRoom {
  readonly url: string;
  readonly province: BenchProvince;
  feed(rows: Buffer): void;
  /** Told of each marked fix that the server takes in, until the returned is called. */
  onAccepted(listener: (accepted: Accepted) => void): () => void;
  close(): Promise<void>;
}

export async function openMapRoom(officers: number): Promise<MapRoom> {
  await buildClient();
  const folder = await mkdtemp(join(tmpdir(), "bench-map-"));
  const dataDir = join(folder, "data");
  const province = await buildProvince(dataDir, { officers, consoles: 20 });
  const port = await freePort();
  const env = { ...process.env, ...serverEnv(dataDir), PORT: String(port) };
  const file = fileURLToPath(new URL("./server.ts", import.meta.url));
  const child = spawn(process.execPath, [file], {
    cwd: ROOT,
    env,
    stdio: ["pipe", "pipe", "inherit", "ipc"],
  });
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("not ready")), READY_WITHIN_MS);
    child.stdout?.on("data", (chunk: Buffer) => {
      if (!chunk.toString().includes("/login")) return;
      clearTimeout(timer);
      resolve();
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    province,
    feed: (rows) => child.stdin?.write(rows),
    onAccepted: (listener) => {
      const hear = (said: unknown) => listener(said as Accepted);
      child.on("message", hear);
      return () => child.off("message", hear);
    },
    close: async () => {
      const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
      child.kill("SIGTERM");
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** As a start of the server would, in a process of its own. */
async function buildClient(): Promise<void> {
  const script = `
    const { buildClientIfStale } = await import("./server/client-build.ts");
    await buildClientIfStale(process.cwd(), "client/dist");`;
  await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: "production" },
  });
}
