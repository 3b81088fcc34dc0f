import { type ChildProcess, fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { v7 } from "uuid";
import { openSqliteAccountStore } from "../../server/accounts/account-store-sqlite.ts";
import { hashToken, newToken } from "../../server/accounts/tokens.ts";
import { demoPeople } from "../support/server/demo-people.ts";
import { freePort } from "../support/server/free-port.ts";
import { deviceTokens, type ServerProcess, spawnServer } from "../support/server/server-process.ts";
import { type Bench, type Figures, pause, quantile } from "./figures.ts";
import type { FromClients, SocketOf, ToClients } from "./recover-clients.ts";

const SOCKETS = 1_000;
const PHONES = 500;
const COMMANDS_EACH = 10;
/** Heartbeats carry the last cursor to every socket, field phones' come every 10 s. */
const CALM_MS = 12_000;
const CLIENTS = fileURLToPath(new URL("./recover-clients.ts", import.meta.url));

export const recoverBench: Bench = {
  soak: true,
  about: `kill -9 of a server with ${SOCKETS} sockets (${PHONES} phones, the rest consoles, in a process of their own) and ${PHONES * COMMANDS_EACH} commands in its log, started again at once: until it listens, until it is ready, until every socket has dialled again by its back-off, resumed and is in sync; all from the kill`,
  run: async (rounds) => {
    const dataDir = await mkdtemp(join(tmpdir(), "bench-recover-"));
    const port = await freePort();
    let server = await spawnServer({ dataDir, port });
    const clients = fork(CLIENTS);
    try {
      const first = heard(clients, "sync");
      tell(clients, { do: "follow", url: server.url, sockets: await socketsOf(dataDir) });
      await first;
      const filled = heard(clients, "fill");
      tell(clients, { do: "fill", commandsEach: COMMANDS_EACH });
      await filled;
      const figures: Figures[] = [];
      for (let round = 0; round < rounds; round += 1) {
        await pause(CALM_MS);
        const killed = await oneKill(server, clients);
        server = killed.server;
        figures.push(killed.figures);
      }
      return figures;
    } finally {
      clients.kill("SIGKILL");
      await server.kill();
      await rm(dataDir, { recursive: true, force: true });
    }
  },
};

async function oneKill(
  running: ServerProcess,
  clients: ChildProcess,
): Promise<{ readonly server: ServerProcess; readonly figures: Figures }> {
  const { dataDir, port } = running;
  const synced = heard(clients, "sync");
  tell(clients, { do: "arm" });
  await pause(200);
  const from = sharedClockMs();
  await running.kill();
  const started = spawnServer({ dataDir, port });
  await accepts(port);
  const listeningMs = sharedClockMs() - from;
  const server = await started;
  const saidMs = sharedClockMs() - from;
  const { atMs, dials, snapshots } = await synced;
  const after = atMs.map((at) => at - from);
  const figures = {
    listening_ms: listeningMs,
    said_where_to_go_ms: saidMs,
    in_sync_p50_ms: quantile(after, 0.5),
    in_sync_p99_ms: quantile(after, 0.99),
    all_in_sync_ms: Math.max(...after),
    dials_each: dials / atMs.length,
    snapshots,
  };
  return { server, figures };
}

const sharedClockMs = (): number => Number(process.hrtime.bigint()) / 1e6;

const tell = (clients: ChildProcess, message: ToClients): void => {
  clients.send(message);
};

function heard<D extends FromClients["done"]>(
  clients: ChildProcess,
  done: D,
): Promise<Extract<FromClients, { done: D }>> {
  return new Promise((resolve) => {
    const listen = (message: FromClients): void => {
      if (message.done !== done) return;
      clients.off("message", listen);
      resolve(message as Extract<FromClients, { done: D }>);
    };
    clients.on("message", listen);
  });
}

/** Resolves when somebody listens there. */
async function accepts(port: number): Promise<void> {
  const tried = (): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = connect(port, "127.0.0.1", () => {
        socket.destroy();
        resolve(true);
      });
      socket.once("error", () => resolve(false));
    });
  while (!(await tried())) await pause(5);
}

/** Phones with their tokens; consoles of every duty officer, several screens to a session. */
async function socketsOf(dataDir: string): Promise<readonly SocketOf[]> {
  const phones = (await deviceTokens(dataDir)).slice(0, PHONES).map(({ officerId, token }) => {
    return { auth: { seat: "field", device: token } as const, officerId };
  });
  const cookies = await consoleCookies(dataDir);
  const consoles = Array.from({ length: SOCKETS - phones.length }, (_, i) => {
    return { auth: { seat: "console", cookie: cookies[i % cookies.length] ?? "" } as const };
  });
  return [...phones, ...consoles];
}

async function consoleCookies(dataDir: string): Promise<readonly string[]> {
  const { all } = await demoPeople();
  const accounts = await openSqliteAccountStore({ file: join(dataDir, "accounts.db") });
  const cookies: string[] = [];
  for (const { id } of all.filter((person) => person.id.endsWith("-duty"))) {
    const token = newToken();
    const subject = { kind: "person", officerId: id, login: id } as const;
    const createdAt = Date.now();
    const times = { createdAt, expiresAt: createdAt + 3_600_000 };
    await accounts.putSession({ id: v7(), tokenHash: hashToken(token), subject, ...times });
    cookies.push(`__Host-ec=${token}`);
  }
  await accounts.close();
  return cookies;
}
