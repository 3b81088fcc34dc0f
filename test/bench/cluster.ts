import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { envelope, isAccepted } from "../support/server/envelope.ts";
import { freePort } from "../support/server/free-port.ts";
import { signIn } from "../support/server/http-client.ts";
import { RawClient } from "../support/server/raw-client.ts";
import { type DeviceToken, deviceTokens, spawnServer } from "../support/server/server-process.ts";
import { type Bench, type Figures, type Length, pause, quantile } from "./figures.ts";

interface Sizes {
  /** Phones that send to A, each its next command as soon as the last is answered. */
  readonly senders: number;
  readonly ms: number;
}

const SIZES: Readonly<Record<Length, Sizes>> = {
  FULL: { senders: 240, ms: 2_500 },
  SMOKE: { senders: 40, ms: 1_500 },
};
/** A person may send 100 commands in 10 s. */
const LEAST_PAUSE_MS = 105;
/** Officers of the watched court whose commands are measured, in turns. */
const PROBES = 3;
const SEEN_WITHIN_MS = 10_000;

export const clusterBench: Bench = {
  about: `two processes over one SQLite log, without Redis; ${SIZES.FULL.senders} phones send to A, each its next command once the last is answered, and ${PROBES} officers of one court send to B: until B has answered, and from there until a console on A has it. The limit is one process that takes both`,
  goals: [
    {
      id: "NODE-1",
      what: "A saturated: a command at B, p99",
      unit: "ms",
      better: "LOWER",
      floor: 1_000,
      figure: "command_p99_ms",
      limit: "limit_command_p99_ms",
      judged: "FIGURE",
    },
    {
      id: "NODE-2",
      what: "answered by B, until a console on A has it, p99",
      unit: "ms",
      better: "LOWER",
      floor: 300,
      figure: "seen_p99_ms",
      limit: "limit_seen_p99_ms",
      judged: "FIGURE",
    },
  ],
  smoke: true,
  run: async (rounds, length) => {
    const size = SIZES[length];
    const [two, one] = [await openRig(["node-a", "node-b"]), await openRig(["node-a"])];
    try {
      const figures: Figures[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const ours = await two.round(size, `two-${round}`);
        const limit = await one.round(size, `one-${round}`);
        figures.push({
          command_p50_ms: quantile(ours.command, 0.5),
          command_p99_ms: quantile(ours.command, 0.99),
          seen_p50_ms: quantile(ours.seen, 0.5),
          seen_p99_ms: quantile(ours.seen, 0.99),
          probes: ours.seen.length,
          at_a_per_s: ours.perSecond,
          limit_command_p50_ms: quantile(limit.command, 0.5),
          limit_command_p99_ms: quantile(limit.command, 0.99),
          limit_seen_p50_ms: quantile(limit.seen, 0.5),
          limit_seen_p99_ms: quantile(limit.seen, 0.99),
          limit_at_a_per_s: limit.perSecond,
        });
      }
      return figures;
    } finally {
      await two.close();
      await one.close();
    }
  },
};

interface Round {
  readonly command: number[];
  readonly seen: number[];
  /** Commands of the phones that were accepted. */
  readonly perSecond: number;
}

/** Servers on one folder; the first takes the load and has the console, the last the probes. */
async function openRig(names: readonly string[]) {
  const dataDir = await mkdtemp(join(tmpdir(), "bench-cluster-"));
  const urls: string[] = [];
  const servers: Awaited<ReturnType<typeof spawnServer>>[] = [];
  for (const name of names) {
    const env = names.length > 1 ? { NODE_NAME: name } : {};
    const port = await freePort();
    const server = await spawnServer({ dataDir, port, env });
    servers.push(server);
    urls.push(server.url);
  }
  const [first = "", last = first] = [urls[0], urls.at(-1)];
  const devices = await deviceTokens(dataDir);
  const ofCourt = await courtOf(first, "jiangan.duty");
  const probes = devices.filter(({ officerId }) => officerId.startsWith(`${ofCourt}-`));
  const others = devices.filter(({ officerId }) => !officerId.startsWith(`${ofCourt}-`));
  const cookie = await signIn(first, "jiangan.duty");
  return {
    round: (size: Sizes, mark: string) =>
      roundOf({ first, last, cookie, probes: probes.slice(0, PROBES), others, size, mark }),
    close: async () => {
      for (const server of servers) await server.kill();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function courtOf(url: string, login: string): Promise<string> {
  const cookie = await signIn(url, login);
  const answer = await fetch(`${url}/api/me`, { headers: { cookie } });
  return ((await answer.json()) as { courtId: string }).courtId;
}

interface RoundParts {
  readonly first: string;
  readonly last: string;
  readonly cookie: string;
  readonly probes: readonly DeviceToken[];
  readonly others: readonly DeviceToken[];
  readonly size: Sizes;
  readonly mark: string;
}

async function roundOf(parts: RoundParts): Promise<Round> {
  const { first, last, cookie, probes, others, size, mark } = parts;
  const seenAt = new Map<string, number>();
  const desk = await RawClient.open(
    first,
    { seat: "console", cookie },
    {
      onFrame: (text) => {
        const at = performance.now();
        for (const [id] of text.matchAll(PROBE_ID)) if (!seenAt.has(id)) seenAt.set(id, at);
      },
    },
  );
  desk.emit("resume", null);
  const until = performance.now() + size.ms;
  const load = await Promise.all(others.slice(0, size.senders).map((by) => phoneAt(first, by)));
  const sent = Promise.all(load.map((phone) => sendAll(phone, until)));
  const probing = await Promise.all(probes.map((by) => phoneAt(last, by)));
  const measured = await Promise.all(
    probing.map((phone, n) => probe(phone, until, `probe-${mark}-${n}`)),
  );
  const accepted = (await sent).reduce((sum, count) => sum + count, 0);
  const asked = measured.flat();
  const givenUpAt = performance.now() + SEEN_WITHIN_MS;
  while (asked.some(({ id }) => !seenAt.has(id)) && performance.now() < givenUpAt) await pause(20);
  for (const { client } of [{ client: desk }, ...load, ...probing]) client.terminate();
  return {
    command: asked.map(({ ms }) => ms),
    // One that never came counts as the whole wait. It may come before its own answer does.
    seen: asked.map(({ id, at }) => Math.max(0, (seenAt.get(id) ?? givenUpAt) - at)),
    perSecond: (accepted * 1_000) / size.ms,
  };
}

const PROBE_ID = /probe-[a-z]+-\d+-\d+-\d+/g;

interface Phone {
  readonly by: DeviceToken;
  readonly client: RawClient;
}

const phoneAt = async (url: string, by: DeviceToken): Promise<Phone> => ({
  by,
  client: await RawClient.open(url, { seat: "field", device: by.token }),
});

/** Without a text: a text goes through the vault, which is another store. */
const duty = ({ officerId }: DeviceToken, n: number) =>
  envelope("officer.setDuty", officerId, { duty: n % 2 ? "ON_DUTY" : "DEPLOYED" });

const report = (id: string) =>
  envelope("incident.report", id, { kind: "MEDICAL", level: "GENERAL" });

async function sendAll({ by, client }: Phone, until: number): Promise<number> {
  let accepted = 0;
  for (let n = 0; performance.now() < until; n += 1) {
    const startedAt = performance.now();
    const answer = await client.ask("command", duty(by, n));
    if (isAccepted(answer)) accepted += 1;
    await pause(Math.max(0, startedAt + LEAST_PAUSE_MS - performance.now()));
  }
  return accepted;
}

async function probe({ client }: Phone, until: number, mark: string) {
  const asked: { readonly id: string; readonly ms: number; readonly at: number }[] = [];
  for (let n = 0; performance.now() < until; n += 1) {
    const id = `${mark}-${n}`;
    const startedAt = performance.now();
    const answer = await client.ask("command", report(id));
    const at = performance.now();
    if (!isAccepted(answer)) throw new Error(`a probe was refused: ${JSON.stringify(answer)}`);
    asked.push({ id, ms: at - startedAt, at });
    await pause(Math.max(0, startedAt + LEAST_PAUSE_MS - at));
  }
  return asked;
}
