import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { v7 } from "uuid";
import { openSqliteAccountStore } from "../../server/accounts/account-store-sqlite.ts";
import { hashToken, newToken } from "../../server/accounts/tokens.ts";
import { encodeBatch } from "../../shared/wire/position-batch.ts";
import { demoPeople } from "../support/server/demo-people.ts";
import { envelope } from "../support/server/envelope.ts";
import { freePort } from "../support/server/free-port.ts";
import { request } from "../support/server/http-client.ts";
import { RawClient } from "../support/server/raw-client.ts";
import {
  type DeviceToken,
  deviceTokens,
  type ServerProcess,
  spawnServer,
} from "../support/server/server-process.ts";

export const OFFICERS = 350;
export const CONSOLES = 30;
const FIX_EVERY_MS = 5_000;

/** A province's ordinary day: phones that move and consoles that look, on a server of its own. */
export interface Load {
  readonly server: ServerProcess;
  readonly officers: readonly DeviceToken[];
  /** Position frames that came to consoles. */
  frames(): number;
  stop(): Promise<void>;
}

/** @param onFrame is given every text frame that comes to a console. */
export async function startLoad(onFrame: (text: string) => void = () => undefined): Promise<Load> {
  const dataDir = await mkdtemp(join(tmpdir(), "bench-load-"));
  const server = await spawnServer({ dataDir, port: await freePort() });
  const officers = (await deviceTokens(dataDir))
    .filter(({ officerId }) => /-(police2?|executor|judge)$/.test(officerId))
    .slice(0, OFFICERS);
  let frames = 0;
  const consoles = await Promise.all(
    (await consoleCookies(dataDir)).map((cookie) =>
      RawClient.open(
        server.url,
        { seat: "console", cookie },
        {
          onFrame,
          onBytes: () => {
            frames += 1;
          },
        },
      ),
    ),
  );
  for (const one of consoles) one.emit("resume", null);
  const phones: RawClient[] = [];
  for (const { officerId, token } of officers) {
    const phone = await RawClient.open(server.url, { seat: "field", device: token });
    await phone.ask(
      "command",
      envelope("officer.setDuty", officerId, { duty: "ON_DUTY" }, { deviceAt: Date.now() }),
    );
    phone.emit("resume", null);
    phones.push(phone);
  }
  const timers = phones.map((phone, i) => moveOn(phone, i));
  return {
    server,
    officers,
    frames: () => frames,
    stop: async () => {
      for (const stop of timers) stop();
      for (const client of [...phones, ...consoles]) client.terminate();
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** One fix per 5 s, each phone at its own moment. */
function moveOn(phone: RawClient, i: number): () => void {
  let seq = 0;
  const send = (): void => {
    seq += 1;
    const lat = 30.5 + (i % 20) / 50 + seq / 10_000;
    const lng = 114.3 + Math.floor(i / 20) / 50;
    phone.raw(
      Buffer.from(
        encodeBatch([
          {
            seq,
            deviceAt: Date.now(),
            lat,
            lng,
            speedMps: 3,
            headingDeg: 10,
            batteryPct: 80,
            mock: false,
          },
        ]),
      ),
    );
  };
  let repeat: NodeJS.Timeout | undefined;
  const first = setTimeout(
    () => {
      send();
      repeat = setInterval(send, FIX_EVERY_MS);
    },
    (i * FIX_EVERY_MS) / OFFICERS,
  );
  return () => {
    clearTimeout(first);
    clearInterval(repeat);
  };
}

/** Desks of every tier: the High Court and the intermediate courts see most. */
async function consoleCookies(dataDir: string): Promise<string[]> {
  const { all } = await demoPeople();
  const desks = all.filter(({ id }) => id.endsWith("-duty")).slice(0, CONSOLES);
  const accounts = await openSqliteAccountStore({ file: join(dataDir, "accounts.db") });
  const cookies: string[] = [];
  for (const { id } of desks) {
    const token = newToken();
    const subject = { kind: "person", officerId: id, login: id } as const;
    await accounts.putSession({
      id: v7(),
      tokenHash: hashToken(token),
      subject,
      createdAt: Date.now(),
      expiresAt: Date.now() + 3_600_000,
    });
    cookies.push(`__Host-ec=${token}`);
  }
  await accounts.close();
  return cookies;
}

export interface Reading {
  readonly loopP99Ms: number;
  readonly loopMaxMs: number;
  readonly rssMb: number;
  /** User and system time of the process since it began. */
  readonly cpuMs: number;
}

/** The loop's figures are since the last reading. */
export async function readServer({ url, pid }: ServerProcess): Promise<Reading> {
  const { text } = await request(url, "GET", "/metrics");
  const value = (name: string): number =>
    Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]);
  const stat = (await readFile(`/proc/${pid}/stat`, "utf8")).split(") ")[1]?.split(" ") ?? [];
  const TICKS_TO_MS = 10;
  return {
    loopP99Ms: value('ec_event_loop_delay_seconds\\{quantile="0.99"\\}') * 1_000,
    loopMaxMs: value('ec_event_loop_delay_seconds\\{quantile="1"\\}') * 1_000,
    rssMb: value('ec_memory_bytes\\{kind="rss"\\}') / 1e6,
    cpuMs: (Number(stat[11]) + Number(stat[12])) * TICKS_TO_MS,
  };
}
