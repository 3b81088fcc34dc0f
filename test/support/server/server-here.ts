import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { v7 } from "uuid";
import type { Clock } from "../../../server/app/clock.ts";
import { type RunningServer, type ServerPorts, startServer } from "../../../server/compose.ts";
import { readConfig } from "../../../server/config.ts";
import { createLogger } from "../../../server/edge/logging.ts";
import { createSessions } from "../../../server/edge/sessions.ts";
import { openStores, type Stores } from "../../../server/stores.ts";
import { freePort } from "./free-port.ts";

/** Time that passes as it does, and that a test may push on. */
export class PushedClock implements Clock {
  private pushedMs = 0;
  now(): number {
    return Date.now() + this.pushedMs;
  }
  monotonic(): number {
    return performance.now() + this.pushedMs;
  }
  push(ms: number): void {
    this.pushedMs += ms;
  }
}

/** The whole server in this process, on SQLite in a folder of its own: its inside can be asked. */
export interface ServerHere {
  readonly server: RunningServer;
  readonly url: string;
  readonly port: number;
  readonly stores: Stores;
  readonly clock: PushedClock;
  /** A signed-in session of any officer, without the work of a password. */
  cookieOf(officerId: string): Promise<string>;
  /** Everything the server logged. */
  logged(): string;
  close(): Promise<void>;
}

export async function startHere(ports: Partial<ServerPorts> = {}): Promise<ServerHere> {
  const dataDir = await mkdtemp(join(tmpdir(), "server-here-"));
  const port = await freePort();
  const config = readConfig({ PORT: String(port), DATA_DIR: dataDir, SIMULATOR: "0" }, () => []);
  const stores = await openStores(config);
  const clock = new PushedClock();
  let text = "";
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      text += chunk.toString();
      done();
    },
  });
  const server = await startServer(config, {
    logger: createLogger("info", sink),
    clientDir: join(dataDir, "no-client"),
    clock,
    stores,
    ...ports,
  });
  const sessions = createSessions({
    accounts: stores.accounts,
    world: server.kernel.replica.world,
    now: () => clock.now(),
    newId: () => v7(),
    sessionHours: config.sessionHours,
    secureCookies: config.secureCookies,
  });
  return {
    server,
    url: server.url,
    port,
    stores,
    clock,
    cookieOf: async (officerId) => {
      const subject = { kind: "person", officerId, login: officerId.toLowerCase() } as const;
      const { setCookie } = await sessions.open(subject);
      return setCookie.split(";")[0] ?? "";
    },
    logged: () => text,
    close: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
