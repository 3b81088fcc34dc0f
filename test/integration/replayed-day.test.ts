import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { startSimulator } from "../../client/simulator/start-simulator.ts";
import { startServer } from "../../server/compose.ts";
import { readConfig } from "../../server/config.ts";
import { createLogger } from "../../server/edge/logging.ts";
import { worldDump } from "../bench/world-dump.ts";
import { freePort } from "../support/server/free-port.ts";
import { foldedWorld } from "../support/server/read-log.ts";

const run = promisify(execFile);
/** A whole day of 16 hours takes 290 s at this speed; some hours of it are enough for every run. */
const SPEED = 200;
const PLAY_MS = Number(process.env.DAY_SECONDS ?? 15) * 1_000;

test(
  "LOG-21 given a simulated day over real sockets, when it is replayed cold here and in another process, then all three worlds are byte-identical",
  async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "replayed-day-"));
    const env = { PORT: String(await freePort()), DATA_DIR: dataDir, SIMULATOR: "0" };
    const server = await startServer(
      readConfig(env, () => []),
      { logger: createLogger("silent"), clientDir: join(dataDir, "no-client") },
    );
    const simulator = startSimulator({
      url: server.url,
      tokens: server.handout?.devices ?? [],
      officers: 120,
      seed: 7,
      speed: SPEED,
    });
    await pause(PLAY_MS);
    simulator.stop();
    await server.kernel.executor.stop();
    const live = worldDump(server.kernel.replica.world);
    const { tail } = server.kernel.replica;
    await server.stop();

    const { stdout } = await run(process.execPath, [
      "test/bench/log/fold-world.ts",
      join(dataDir, "log.db"),
    ]);
    const elsewhere = JSON.parse(stdout) as { records: number; sha256: string };
    const here = worldDump(await foldedWorld(dataDir));
    await rm(dataDir, { recursive: true, force: true });
    // More happened than the demonstration's own registration.
    expect(tail.seq).toBeGreaterThan(60);
    expect([here.sha256, elsewhere.sha256]).toEqual([live.sha256, live.sha256]);
    expect(elsewhere.records).toBe(live.records);
    process.stdout.write(`${tail.seq} commits, ${live.records} records, ${live.sha256}\n`);
  },
  PLAY_MS + 60_000,
);
