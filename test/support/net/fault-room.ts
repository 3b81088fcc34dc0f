import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { v7 } from "uuid";
import { openSqliteAccountStore } from "../../../server/accounts/account-store-sqlite.ts";
import { hashToken, newToken } from "../../../server/accounts/tokens.ts";
import { eventually } from "../server/eventually.ts";
import { freePort } from "../server/free-port.ts";
import { readCommands } from "../server/read-log.ts";
import {
  type DeviceToken,
  deviceTokens,
  type ServerProcess,
  spawnServer,
} from "../server/server-process.ts";

/** A server of its own with the people and phones of the demonstration. */
export interface FaultRoom {
  readonly server: ServerProcess;
  /** The first `count` phones of judicial police. */
  phones(count: number): [DeviceToken, DeviceToken, ...DeviceToken[]];
  /** A signed-in session of an officer, without the work of a password. */
  cookieOf(officerId: string): Promise<string>;
  rssMb(): Promise<number>;
  /** @throws when a command does not stand in the log exactly once, a journalled one a while later. */
  expectOnce(commandIds: readonly string[]): Promise<void>;
  /** The same data on the same port, after its end. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function openFaultRoom(
  env: Readonly<Record<string, string>> = {},
): Promise<FaultRoom> {
  const dataDir = await mkdtemp(join(tmpdir(), "fault-room-"));
  const port = await freePort();
  const start = () => spawnServer({ dataDir, port, env });
  let server = await start();
  const devices = (await deviceTokens(dataDir)).filter(({ officerId }) =>
    /-police2?$/.test(officerId),
  );
  return {
    get server() {
      return server;
    },
    phones: (count) => {
      const [first, second, ...rest] = devices.slice(0, count);
      if (!first || !second || rest.length + 2 < count)
        throw new Error(`fewer than ${count} phones`);
      return [first, second, ...rest];
    },
    cookieOf: async (officerId) => {
      const accounts = await openSqliteAccountStore({ file: join(dataDir, "accounts.db") });
      const token = newToken();
      const subject = { kind: "person", officerId, login: officerId } as const;
      const createdAt = Date.now();
      const expiresAt = createdAt + 3_600_000;
      await accounts.putSession({
        id: v7(),
        tokenHash: hashToken(token),
        subject,
        createdAt,
        expiresAt,
      });
      await accounts.close();
      return `__Host-ec=${token}`;
    },
    rssMb: async () => {
      const status = await readFile(`/proc/${server.pid}/status`, "utf8");
      return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
    },
    expectOnce: (commandIds) =>
      eventually(() => onceInLog(dataDir, commandIds), IMPORTED_WITHIN_MS),
    restart: async () => {
      if (server.isRunning()) await server.kill();
      server = await start();
    },
    close: async () => {
      if (server.isRunning()) await server.kill();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** On a machine that is slow for a moment a call for help is journalled first. */
const IMPORTED_WITHIN_MS = 20_000;

/** Taken, by the log or by the emergency journal; what it is worth shows `expectOnce`. */
export const isTaken = (answer: unknown): boolean =>
  typeof answer === "object" &&
  answer !== null &&
  "outcome" in answer &&
  (answer.outcome === "ACCEPTED" || answer.outcome === "JOURNALLED");

async function onceInLog(dataDir: string, commandIds: readonly string[]): Promise<void> {
  const counts = new Map<string, number>();
  for (const { command } of await readCommands(dataDir)) {
    counts.set(command.id, (counts.get(command.id) ?? 0) + 1);
  }
  const wrong = commandIds.filter((id) => counts.get(id) !== 1);
  if (wrong.length === 0) return;
  const said = wrong.map((id) => `${id}: ${counts.get(id) ?? 0}`);
  throw new Error(`not exactly once in the log: ${said.join(", ")}`);
}
