/**
 * Roads that break at random points while people act, and what every client holds when it is calm
 * again: exactly its projection, field for field. `RECONNECTS` reconnects in all (40 here, 500 in the
 * long run); a printed SEED runs the same cuts again.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ViewKey } from "../../shared/domain/authority/audience.ts";
import { type FaultyRoad, startFaultyRoad } from "../support/net/faulty-road.ts";
import { type ConsolePage, openPage } from "../support/server/console-page.ts";
import { type DemoPeople, demoPeople } from "../support/server/demo-people.ts";
import { envelope } from "../support/server/envelope.ts";
import { eventually } from "../support/server/eventually.ts";
import { freePort } from "../support/server/free-port.ts";
import { type ServerHere, startHere } from "../support/server/server-here.ts";
import { saw, timesOf, tried } from "../support/trials.ts";

const RECONNECTS = timesOf("RECONNECTS", 40);
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
/** Some come back over the ring, some need a snapshot. */
const RING_COMMITS = 60;
const DESKS = [
  "jiangan.duty",
  "wuhan.duty",
  "gaoyuan.duty",
  "huangpi.duty",
  "jiangan.director",
  "jiangan.president",
];
/** The longest wait of a dial, and a lost answer to `resume`, which is asked for again after 10 s. */
const REPAIRED_WITHIN_MS = 30_000;

interface Client {
  readonly road: FaultyRoad;
  readonly page: ConsolePage;
  readonly view: ViewKey;
}

describe("clients whose roads break", () => {
  let here: ServerHere;
  let people: DemoPeople;
  const clients: Client[] = [];
  let state = SEED;
  let n = 0;
  beforeAll(async () => {
    here = await startHere({ ringCommits: RING_COMMITS });
    people = await demoPeople();
    for (const login of DESKS) clients.push(await open(login));
  });
  afterAll(async () => {
    for (const { page, road } of clients) {
      page.close();
      await road.close();
    }
    await here.close();
  });

  const chance = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (most: number): number => Math.floor(chance() * most);

  async function open(login: string): Promise<Client> {
    const { id, courtId } = people.of(login);
    const headers = [`Cookie: ${await here.cookieOf(id)}`];
    const road = await startFaultyRoad({ port: await freePort(), target: here.port, headers });
    const page = openPage(road.url, "console");
    await eventually(
      () => expect(page.stores.connection.getState().connection.kind).toBe("live"),
      15_000,
    );
    return { road, page, view: `console:${courtId}` };
  }

  async function report(): Promise<void> {
    n += 1;
    const { id } = people.of(n % 2 ? "jiangan.police" : "jiangan.police2");
    const payload = { kind: "TRAFFIC", level: "GENERAL", place: { lat: 30.6, lng: 114.3 } };
    const command = envelope("incident.report", `i${n}`, payload);
    const answer = await here.server.kernel.app.command(command, { officerId: id, session: "s" });
    expect(answer.outcome).toBe("ACCEPTED");
  }

  /** At a random point: between frames, within one, or so that one is missing. Always a new socket. */
  async function breakOnce({ road, page }: Client): Promise<void> {
    await pause(below(120));
    const how = below(5);
    if (how === 0)
      road.loseNext((text) => text.startsWith('42["patch"') || text.startsWith('42["hb"'));
    if (how === 1) road.set({ down: { splitBytes: 1 + below(40), bytesPerSecond: 20_000 } });
    if (how === 2) road.blackHole();
    await pause(below(300));
    if (how === 3) road.cut();
    else road.reset();
    road.heal();
    await pause(below(200));
    page.link.soon();
  }

  async function brokenWhileActing(): Promise<void> {
    let isOver = false;
    const acting = (async () => {
      while (!isOver) {
        await Promise.all([report(), report()]);
        await pause(20 + below(40));
      }
    })();
    await Promise.all(clients.map(breakOnce));
    isOver = true;
    await acting;
  }

  /** More is committed while nobody gets through than the ring holds. */
  async function awayTooLong(): Promise<void> {
    for (const { road } of clients) road.refuse(true);
    for (let i = 0; i < RING_COMMITS + 20; i += 1) await report();
    for (const { road, page } of clients) {
      road.heal();
      page.link.soon();
    }
  }

  async function expectSame({ page, view }: Client): Promise<void> {
    const { views, replica } = here.server.kernel;
    await eventually(async () => {
      const puts = await views.project(view);
      const truth = Object.fromEntries(
        puts.map(({ type, id, rev, dto }) => [
          `${type}:${id}`,
          JSON.parse(JSON.stringify({ rev, dto })),
        ]),
      );
      expect(page.stores.records.getState().cursor?.seq).toBe(replica.tail.seq);
      expect(page.records()).toEqual(truth);
    }, REPAIRED_WITHIN_MS);
  }

  it(
    `NET-19 given ${RECONNECTS} reconnects at random points while people act, then after each repair every client holds exactly its projection`,
    async () => {
      const reconnects = (): number =>
        clients.reduce((sum, { page }) => sum + page.counted.reconnects, 0);
      const snapshots = (): number =>
        clients.reduce((sum, { page }) => sum + page.counted.snapshots, 0);
      const before = { reconnects: reconnects(), snapshots: snapshots() };
      process.stdout.write(`divergence: SEED=${SEED}\n`);
      for (let round = 0; reconnects() - before.reconnects < RECONNECTS; round += 1) {
        if (round % 4 === 3) await awayTooLong();
        else await brokenWhileActing();
        for (const client of clients) await expectSame(client);
      }
      const done = {
        reconnects: reconnects() - before.reconnects,
        snapshots: snapshots() - before.snapshots,
      };
      process.stdout.write(
        `divergence: ${done.reconnects} reconnects, ${done.snapshots} of them by snapshot, ${n} commits, 0 of ${clients.length} clients differ\n`,
      );
      saw("resume");
      if (done.snapshots > 0) saw("snapshot");
      tried("divergence: real reconnects", done.reconnects);
    },
    60_000 + RECONNECTS * 6_000,
  );
});

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
