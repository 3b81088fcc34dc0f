import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer as createHttpServer, type Server as HttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { hostname } from "node:os";
import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import { v7 as uuidv7 } from "uuid";
import { type Clock, SystemClock } from "./app/clock.ts";
import { beatDue } from "./app/heartbeat.ts";
import { type Kernel, openKernel } from "./app/kernel.ts";
import { reasonToClose } from "./app/rights.ts";
import { scanOnce } from "./app/scan-deadlines.ts";
import { createPasswords } from "./accounts/passwords.ts";
import type { Config } from "./config.ts";
import { bootstrapDemo, type DemoHandout } from "./demo/bootstrap.ts";
import { demoSecrets } from "./demo/seed.ts";
import { createLiveServer } from "./edge/live/live-server.ts";
import { createMetrics, type Metrics } from "./edge/metrics.ts";
import { createSessions } from "./edge/sessions.ts";
import { createPositionService, type PositionService } from "./positions.ts";
import { openStores, type Stores } from "./stores.ts";
import { startJobs } from "./timers.ts";

export interface ServerPorts {
  readonly logger: Logger;
  /** Tests bring their own; otherwise the machine's. */
  readonly clock?: Clock & { notBefore?(at: number): void };
  readonly stores?: Stores;
  readonly clientDir: string;
}

export interface RunningServer {
  /** e.g. `http://127.0.0.1:3000` */
  readonly url: string;
  readonly kernel: Kernel;
  readonly handout: DemoHandout | undefined;
  /** Finishes the append in flight, closes sockets with a reason, closes the stores. */
  stop(): Promise<void>;
}

/** Dependencies in, running server out. The only place, with `stores.ts`, that knows every adapter. */
export async function startServer(config: Config, ports: ServerPorts): Promise<RunningServer> {
  const clock = ports.clock ?? new SystemClock();
  const stores = ports.stores ?? (await openStores(config));
  const metrics = createMetrics();
  const kernel = await openKernel({
    log: stores.log,
    access: stores.access,
    vault: stores.vault,
    clock,
    genesis: { deployment: config.deployment, alg: config.hashAlg, mode: config.demo ? "DEMO" : "LIVE" },
    node: hostname(),
    severalWriters: config.store.kind === "mongodb",
    newId: () => uuidv7(),
    pause,
    yieldTurn: () => nextTurn(),
    onAppend: ({ ms }) => metrics.appendSeconds.observe(ms / 1_000),
  });
  const handout = config.demo ? await demo(config, kernel, stores, clock) : undefined;
  const positions = createPositionService(kernel, clock, metrics);
  const edge = await openEdge(config, ports, { kernel, stores, clock, metrics, positions, handout });
  const stopJobs = startJobs(periodicWork(kernel, positions, edge, clock), (name, err) =>
    ports.logger.error({ err, area: name }, "periodic work failed"),
  );
  return {
    url: edge.url,
    kernel,
    handout,
    stop: async () => {
      await stopJobs();
      await kernel.executor.stop();
      await edge.close();
      positions.stop();
      metrics.stop();
      await stores.close();
    },
  };
}
