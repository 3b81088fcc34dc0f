/** Screens that were cut off and come back: what they then hold, and what they said meanwhile. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ViewKey } from "../../shared/domain/authority/audience.ts";
import { type ConsolePage, openPage } from "../support/server/console-page.ts";
import { type CutProxy, startCutProxy } from "../support/server/cut-proxy.ts";
import { type DemoPeople, demoPeople } from "../support/server/demo-people.ts";
import { envelope } from "../support/server/envelope.ts";
import { eventually } from "../support/server/eventually.ts";
import { freePort } from "../support/server/free-port.ts";
import { type ServerHere, startHere } from "../support/server/server-here.ts";

const CUT_MS = 30_000;
const RING_COMMITS = 40;

describe("screens that come back", () => {
  let here: ServerHere;
  let people: DemoPeople;
  let n = 0;
  const closing: (() => unknown)[] = [];
  beforeAll(async () => {
    here = await startHere({ ringCommits: RING_COMMITS });
    people = await demoPeople();
  });
  afterAll(async () => {
    for (const close of closing.reverse()) await close();
    await here.close();
  });

  /** A console on a road of its own. */
  async function openConsole(
    login: string,
  ): Promise<{ page: ConsolePage; road: CutProxy; view: ViewKey }> {
    const { id, courtId } = people.of(login);
    const cookie = await here.cookieOf(id);
    const road = await startCutProxy({
      port: await freePort(),
      target: here.port,
      headers: [`Cookie: ${cookie}`],
    });
    const page = openPage(road.url, "console");
    closing.push(
      () => road.close(),
      () => page.close(),
    );
    await eventually(
      () => expect(page.stores.connection.getState().connection.kind).toBe("live"),
      10_000,
    );
    return { page, road, view: `console:${courtId}` };
  }

  /** The next one comes 2 s after it: until then nobody tells a console what it lacks. */
  const heartbeatOn = (road: CutProxy): Promise<void> =>
    new Promise((resolve) =>
      road.loseNext((text) => {
        if (text.startsWith('42["hb"')) resolve();
        return false;
      }),
    );

  /** One commit that 江岸's console sees. */
  async function report(): Promise<number> {
    n += 1;
    const { id } = people.of(n % 2 ? "jiangan.police" : "jiangan.police2");
    const payload = { kind: "TRAFFIC", level: "GENERAL", place: { lat: 30.6, lng: 114.3 } };
    const answer = await here.server.kernel.app.command(
      envelope("incident.report", `i${n}`, payload),
      { officerId: id, session: "s" },
    );
    expect(answer.outcome).toBe("ACCEPTED");
    return answer.seq;
  }

  const inStep = (page: ConsolePage, view: ViewKey, withinMs: number) =>
    eventually(async () => {
      const { views, replica } = here.server.kernel;
      const puts = await views.project(view);
      const truth = Object.fromEntries(
        puts.map(({ type, id, rev, dto }) => [
          `${type}:${id}`,
          JSON.parse(JSON.stringify({ rev, dto })),
        ]),
      );
      expect(page.stores.records.getState().cursor?.seq).toBe(replica.tail.seq);
      expect(page.records()).toEqual(truth);
    }, withinMs);

  it(`FLT-10 given a console cut off without a word for ${CUT_MS / 1_000} s, when the road is back, then it resumed, holds exactly its projection, and had said late after 5 s and stale after 10 s`, async () => {
    const { page, road, view } = await openConsole("jiangan.duty");
    await report();
    await inStep(page, view, 5_000);
    const before = { ...page.counted };
    page.said.length = 0;
    const cutAt = Date.now();
    road.cut();
    const ended = setInterval(() => void report(), 2_000);
    await pause(CUT_MS);
    clearInterval(ended);
    road.mend();
    await inStep(page, view, 15_000);
    expect(page.said.map(({ freshness }) => freshness)).toEqual(["late", "stale", "fresh"]);
    // A heartbeat is up to 2 s old when the road ends; looked at twice a second.
    const [late, stale] = page.said.map(({ at }) => at - cutAt);
    expect(late).toBeGreaterThan(2_500);
    expect(late).toBeLessThan(5_900);
    expect(stale).toBeGreaterThan(7_500);
    expect(stale).toBeLessThan(10_900);
    expect(page.counted.snapshots).toBe(before.snapshots);
    expect(page.counted.reconnects).toBe(before.reconnects + 1);
  }, 90_000);

  it("FLT-11 given a road that loses exactly the last patch, when the next heartbeat comes, then the gap shows and is closed within 4 s by a resume", async () => {
    const { page, road, view } = await openConsole("jiangan.director");
    await inStep(page, view, 5_000);
    const before = { ...page.counted };
    await heartbeatOn(road);
    road.loseNext((text) => text.startsWith('42["patch"'));
    const seq = await report();
    await eventually(() => expect(road.lost()).toBe(1), 2_000);
    const lostAt = performance.now();
    expect(page.stores.records.getState().cursor?.seq).toBeLessThan(seq);
    await inStep(page, view, 6_000);
    expect(performance.now() - lostAt).toBeLessThan(4_000);
    expect(page.counted).toEqual({ ...before, gaps: before.gaps + 1 });
  });

  it("FLT-12 given a cut in which more was committed than the ring holds, when the console is back, then it takes a snapshot and holds exactly its projection", async () => {
    const { page, road, view } = await openConsole("jiangan.president");
    await report();
    await inStep(page, view, 5_000);
    const before = { ...page.counted };
    road.reset();
    road.cut();
    for (let i = 0; i < RING_COMMITS * 1.25 + 10; i += 1) await report();
    road.mend();
    await inStep(page, view, 20_000);
    expect(page.counted.snapshots).toBe(before.snapshots + 1);
  }, 60_000);

  it("FLT-13 given roads that break a hundred times while people act, when all is calm, then every console holds exactly its projection", async () => {
    const consoles = await Promise.all(
      ["jiangan.duty", "wuhan.duty", "gaoyuan.duty", "huangpi.duty"].map(openConsole),
    );
    const before = consoles.map(({ page }) => ({ ...page.counted }));
    for (let i = 0; i < 25; i += 1) {
      for (const [k, one] of consoles.entries()) breakRoad(one, (i + k) % 3 === 0);
      await Promise.all([report(), report()]);
      await pause(40 + ((i * 37) % 90));
      for (const { page } of consoles) page.link.soon();
    }
    for (const { road } of consoles) road.loseNext(() => false);
    // The longest back-off is 12 s, and a lost answer to `resume` is asked for again after 10 s.
    for (const { page, view } of consoles) await inStep(page, view, 25_000);
    const sum = (key: "gaps" | "snapshots" | "reconnects") =>
      consoles.reduce((all, { page }, i) => all + page.counted[key] - (before[i]?.[key] ?? 0), 0);
    expect(sum("reconnects")).toBeGreaterThanOrEqual(4);
    process.stdout.write(
      `cuts: ${sum("reconnects")} reconnects, ${sum("snapshots")} snapshots, ${sum("gaps")} gaps noticed, 0 of 4 consoles differ\n`,
    );
  }, 60_000);
});

function breakRoad({ page, road }: { page: ConsolePage; road: CutProxy }, losesOne: boolean): void {
  if (losesOne) road.loseNext((text) => text.startsWith('42["patch"'));
  else road.reset();
  page.link.soon();
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
