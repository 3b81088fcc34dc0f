import { type ChildProcess, spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { RunningServer } from "./compose.ts";
import type { Config } from "./config.ts";

const SIMULATOR = fileURLToPath(new URL("../client/simulator/main.ts", import.meta.url));

const EXERCISE_PLAYER = fileURLToPath(
  new URL("../client/simulator/exercise/main.ts", import.meta.url),
);

/** File in DATA_DIR from which the simulator reads its officers' device tokens. */
export const DEMO_DEVICES_FILE = "demo-devices.json";

/**
 * Starts the simulator as a process of its own: it is a client like any other and gets nothing but
 * an address and device tokens.
 */
export async function startSimulator(
  config: Config,
  server: RunningServer,
): Promise<{ stop(): void } | undefined> {
  if (!server.handout) return undefined;
  const { devices, desks = [] } = server.handout;
  const tokens = join(config.dataDir, DEMO_DEVICES_FILE);
  await writeIfOther(tokens, JSON.stringify([...devices, ...desks]));
  const program = await programOf(config);
  if (!program) return undefined;
  const args = [...program, "--url", server.url, "--tokens", tokens];
  args.push("--parent", String(process.pid));
  const child: ChildProcess = spawn(process.execPath, args, {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, ...trustOf(config) },
  });
  return { stop: () => child.kill("SIGTERM") };
}

/** A day of the province, or the seats of an exercise at which nobody sits. */
async function programOf({ simulator, exercise }: Config): Promise<string[] | undefined> {
  if (exercise?.simulated) {
    const { scenarioFile } = await import("./exercise/load-scenario.ts");
    return [
      EXERCISE_PLAYER,
      "--scenario",
      scenarioFile(exercise.scenario),
      "--speed",
      String(exercise.speed),
    ];
  }
  if (!simulator) return undefined;
  const { officers, seed, speed } = simulator;
  const numbers = ["--officers", officers, "--seed", seed, "--speed", speed];
  return [SIMULATOR, ...numbers.map(String)];
}

/** On a warm start it is all there, and a full disk does not keep the server from coming up. */
async function writeIfOther(file: string, text: string): Promise<void> {
  const kept = await readFile(file, "utf8").catch(() => undefined);
  if (kept !== text) await writeFile(file, text, { mode: 0o600 });
}

/** A certificate of the local authority lies beside it (`npm run tls:local`). */
const trustOf = ({ tls }: Config): NodeJS.ProcessEnv =>
  tls ? { NODE_EXTRA_CA_CERTS: join(dirname(tls.certFile), "ca.crt") } : {};
