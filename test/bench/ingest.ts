import { envelope } from "../support/server/envelope.ts";
import { RawClient } from "../support/server/raw-client.ts";
import { type Bench, type Figures, type Length, median, pause, quantile } from "./figures.ts";
import { INGEST_GOALS, PACES } from "./ingest/goals.ts";
import type { Ingested, IngestOrder, Load, Road } from "./ingest/messages.ts";
import { cpuMsOf } from "./pinned.ts";
import {
  forked,
  provinceWith,
  type StormServer,
  startBare,
  startStormServer,
} from "./storm/room.ts";

interface Sizes {
  readonly phones: number;
  readonly connections: number;
  readonly paces: readonly number[];
  readonly ms: number;
  readonly eventMs: number;
}

const SIZES: Readonly<Record<Length, Sizes>> = {
  FULL: { phones: 1_000, connections: 300, paces: PACES, ms: 1_000, eventMs: 2_500 },
  SMOKE: { phones: 40, connections: 10, paces: [100, 200], ms: 200, eventMs: 200 },
};
/** Desks that send events in turns: each person may send ten a second. */
const DESKS = 5;
const EVENT_EVERY_MS = 25;
/** A round that is not counted. */
const WARM = { ms: 400, eventMs: 500 } as const;
/** Worse than any time that an answer takes. */
const REFUSED = 60_000;
/** The two take turns several times in a round, so that a slow second of the machine meets both. */
const SLICES = 4;
const ROADS: readonly Road[] = ["ONE", "BATCH", "JSON", "HTTP"];

export const ingestBench: Bench = {
  about: `positions answered per CPU-second of the server with all its threads, each answered when its track would survive a crash; against bare \`ws\` and bare \`node:http\` that read, judge and answer the same messages and keep nothing. ${SIZES.FULL.connections} of ${SIZES.FULL.phones} phones with one message outstanding each (single positions and batches of 20 in binary, single ones as JSON, a tracker's query by HTTP), and all of them at 2,000/s. Under 2,000 and 10,000 positions a second ${1_000 / EVENT_EVERY_MS} events a second are timed until they are durable and answered`,
  goals: INGEST_GOALS,
  smoke: true,
  run: async (rounds, length) => {
    const sizes = SIZES[length];
    const people = { officers: sizes.phones, consoles: 10 };
    const province = await provinceWith(people, { events: 100, live: 100 });
    const server = await startStormServer(province.dataDir);
    const limit = await startBare(new URL("./ingest/limit.ts", import.meta.url), []);
    const clients = [server, limit].map((each) => ({ ...newClients(), pid: each.pid }));
    const [ours, bare] = clients;
    if (!ours || !bare) throw new Error("no clients");
    const desks = await deskSockets(server, province.cookies.high);
    try {
      const tokens = province.officers.map(({ token }) => token);
      for (const road of ROADS) {
        await ours.ask({ do: "open", road, port: server.port, tokens });
        await bare.ask({ do: "open", road, port: limit.port, tokens: tokens.map(() => null) });
      }
      const figures: Figures[] = [];
      // Compiles, and fills what is remembered.
      if (length === "FULL") await oneRound({ ours, bare, desks, sizes: { ...sizes, ...WARM } });
      for (let round = 0; round < rounds; round += 1)
        figures.push(await oneRound({ ours, bare, desks, sizes }));
      return figures;
    } finally {
      for (const desk of desks) desk.terminate();
      await Promise.all(clients.map(({ stop }) => stop()));
      await limit.stop();
      await server.stop();
      await province.remove();
    }
  },
};

const newClients = () => forked<IngestOrder>(new URL("./ingest/clients.ts", import.meta.url));

type Driven = ReturnType<typeof newClients> & Pick<StormServer, "pid">;

interface Round {
  readonly ours: Driven;
  readonly bare: Driven;
  readonly desks: readonly RawClient[];
  readonly sizes: Sizes;
}

const LOADS = [
  { name: "one", road: "ONE" },
  { name: "paced", road: "ONE", isPaced: true },
  { name: "json", road: "JSON" },
  { name: "batch", road: "BATCH" },
  { name: "http", road: "HTTP" },
] as const;

async function oneRound({ ours, bare, desks, sizes }: Round): Promise<Figures> {
  const { connections, paces, ms, eventMs } = sizes;
  const figures: Record<string, number> = {};
  for (const { name, road, ...more } of LOADS) {
    const load: Load =
      "isPaced" in more ? { kind: "PACED", rate: paces[0] ?? 0 } : { kind: "CLOSED", connections };
    const got: Measured[] = [];
    const limited: Measured[] = [];
    for (let slice = 0; slice < SLICES; slice += 1) {
      got.push(await measured(ours, road, load, ms / SLICES));
      limited.push(await measured(bare, road, load, ms / SLICES));
    }
    figures[`${name}_per_cpu_s`] = perCpuS(got);
    figures[`${name}_per_cpu_s_limit`] = perCpuS(limited);
    figures[`${name}_answered_percent`] = (sum(got, "answered") / sum(got, "sent")) * 100;
    figures[`${name}_stored_p50_ms`] = median(got.map(({ p50Ms }) => p50Ms));
    figures[`${name}_stored_p99_ms`] = Math.max(...got.map(({ p99Ms }) => p99Ms));
  }
  for (const [i, rate] of paces.entries()) {
    const load: Load = { kind: "PACED", rate };
    const [took, got] = await Promise.all([
      timedEvents(desks, eventMs),
      ours.ask<Ingested>({ do: "run", road: "ONE", load, ms: eventMs }),
    ]);
    const at = `event_at_${PACES[i] ?? 0}`;
    figures[`${at}_p50_ms`] = quantile(took, 0.5);
    figures[`${at}_p99_ms`] = quantile(took, 0.99);
    figures[`${at}_refused`] = took.filter((time) => time === REFUSED).length;
    figures[`${at}_positions_answered_percent`] = (got.answered / got.sent) * 100;
  }
  return figures;
}

interface Measured extends Ingested {
  readonly cpuMs: number;
}

async function measured(who: Driven, road: Road, load: Load, ms: number): Promise<Measured> {
  const from = await cpuMsOf(who.pid);
  const got = await who.ask<Ingested>({ do: "run", road, load, ms });
  return { ...got, cpuMs: (await cpuMsOf(who.pid)) - from };
}

const sum = (all: readonly Measured[], what: keyof Measured): number =>
  all.reduce((total, one) => total + one[what], 0);

const perCpuS = (all: readonly Measured[]): number =>
  sum(all, "answered") / (sum(all, "cpuMs") / 1_000);

const deskSockets = ({ port }: StormServer, cookies: readonly string[]): Promise<RawClient[]> =>
  Promise.all(
    cookies
      .slice(0, DESKS)
      .map((cookie) => RawClient.open(`http://127.0.0.1:${port}`, { seat: "console", cookie })),
  );

async function timedEvents(desks: readonly RawClient[], ms: number): Promise<number[]> {
  const took: number[] = [];
  const all: Promise<void>[] = [];
  const until = performance.now() + ms;
  for (let n = 0; performance.now() < until; n += 1) {
    const desk = desks[n % desks.length];
    if (desk)
      all.push(timedEvent(desk, `ingest-${Date.now()}-${n}`).then((t) => void took.push(t)));
    await pause(EVENT_EVERY_MS);
  }
  await Promise.all(all);
  return took;
}

async function timedEvent(desk: RawClient, id: string): Promise<number> {
  const from = performance.now();
  const made = { deviceAt: Date.now(), knownSeq: 0, knownAt: Date.now() };
  const payload = { toCourtId: "basic-0-0", text: "试" };
  const answer = await desk.ask("command", envelope("message.send", id, payload, made));
  const isTaken = (answer as { outcome?: unknown } | null)?.outcome === "ACCEPTED";
  return isTaken ? performance.now() - from : REFUSED;
}
