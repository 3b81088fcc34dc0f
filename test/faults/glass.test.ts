/**
 * What a person sees while the road is cut, in Chromium: banner, grey map and band are in the page's
 * own words, looked at five times a second. `GLASS_CUTS` cuts of console and wall (4 here, 20 in the
 * long run), and one of a phone for each ten. The other cuts of the 500 are simulated
 * (`test/simulation/staleness.test.ts`).
 */
import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DESK, PHONE, type Screen, signIn } from "../support/browser/browser.ts";
import { until } from "../support/browser/looking.ts";
import { openRoom, type Room } from "../support/browser/room.ts";
import { CHROMIUM } from "../support/chromium-path.ts";
import { type FaultyRoad, startFaultyRoad } from "../support/net/faulty-road.ts";
import { freePort } from "../support/server/free-port.ts";
import { notRun, timesOf, tried } from "../support/trials.ts";

const CUTS = timesOf("GLASS_CUTS", 4);
const LOOK_EVERY_MS = 200;
/** The glass is looked at twice a second, this test five times, and two cores are shared. */
const GRACE_MS = 1_300;
const DESK_SAYS = { lateMs: 5_000, staleMs: 10_000 };
const PHONE_SAYS = { lateMs: 25_000, staleMs: 45_000 };
const BACK_WITHIN_MS = 30_000;

/** What stood in the page at a moment of the machine's clock. */
interface Sight {
  readonly at: number;
  readonly said: string;
  readonly map: string;
}

const SHAPES: readonly (readonly [string, (road: FaultyRoad) => void])[] = [
  ["black hole", (road) => road.blackHole()],
  ["half-open down", (road) => road.set({ down: { swallow: true } })],
  ["a middlebox that stops reading", (road) => road.set({ down: { noRead: true } })],
  ["nobody gets through", (road) => road.refuse(true)],
];

/** Three seats and one more. */
const MOST_ROADS = 4;

if (!existsSync(CHROMIUM)) notRun(`the glass in a browser: no Chromium at ${CHROMIUM}`);

describe.skipIf(!existsSync(CHROMIUM))("the glass of a browser whose road is cut", () => {
  let room: Room;
  /** Claimed beforehand: the server must know where its pages will come from. */
  const ports: number[] = [];
  const roads: FaultyRoad[] = [];
  beforeAll(async () => {
    for (let i = 0; i < MOST_ROADS; i += 1) ports.push(await freePort());
    const origins = ports.map((port) => `http://127.0.0.1:${port}`);
    room = await openRoom({ ORIGINS: origins.join(",") });
  });
  afterAll(async () => {
    await room?.end();
    for (const road of roads) await road.close();
  });

  async function openRoad(): Promise<FaultyRoad> {
    const port = ports.pop();
    if (port === undefined) throw new Error(`more than ${MOST_ROADS} roads`);
    const road = await startFaultyRoad({ port, target: room.server.port });
    roads.push(road);
    return road;
  }

  /** A seat behind a road of its own, with somebody who notes what it says. */
  async function sit(login: string, seat: "console" | "wall" | "field") {
    const road = await openRoad();
    const screen = await room.device(seat === "field" ? PHONE : DESK);
    await signIn(screen.page, road.url, login);
    await screen.page.goto(`${road.url}/${seat}`);
    await until(
      `${seat} is live`,
      () => freshnessOf(screen),
      (said) => said === "fresh",
      40_000,
    );
    // The connection may be up before the face: a glass that is not there yet cannot grow old.
    await screen.page.locator(seat === "field" ? ".f-main" : ".map-surface").waitFor();
    await screen.page.evaluate(watchGlass, LOOK_EVERY_MS);
    return { road, screen };
  }

  /** Cuts, waits until stale is due, mends; what was said too little, in words. */
  async function oneCut(
    { road, screen }: { road: FaultyRoad; screen: Screen },
    [shape, cut]: (typeof SHAPES)[number],
    { lateMs, staleMs }: typeof DESK_SAYS,
    hasMap: boolean,
  ): Promise<readonly string[]> {
    const cutAt = Date.now();
    cut(road);
    await new Promise((resolve) => setTimeout(resolve, staleMs + GRACE_MS + 1_500));
    const sights = await screen.page.evaluate(
      () => (globalThis as { __sights?: Sight[] }).__sights ?? [],
    );
    road.heal();
    await until(
      "fresh again",
      () => freshnessOf(screen),
      (said) => said === "fresh",
      BACK_WITHIN_MS,
    );
    const during = sights.filter(({ at }) => at > cutAt);
    expect(during.length).toBeGreaterThan(staleMs / LOOK_EVERY_MS / 4);
    return during.flatMap(({ at, said, map }) => {
      const age = at - cutAt;
      const isSilent = age > lateMs + GRACE_MS && said === "";
      const isYoung = age > staleMs + GRACE_MS && !/stale|offline/.test(said);
      const isColoured = hasMap && age > staleMs + GRACE_MS && map !== "stale";
      return isSilent || isYoung || isColoured
        ? [`${shape}: "${said}", map ${map}, after ${age} ms`]
        : [];
    });
  }

  it(
    `NET-17 given ${CUTS} cuts of console and wall and some of a phone, then late and stale stand on the glass in time, the map is grey, and it comes back by itself`,
    async () => {
      const [desk, wall, phone] = await Promise.all([
        sit("jiangan.duty", "console"),
        sit("wuhan.duty", "wall"),
        sit("jiangan.police", "field"),
      ]);
      const lies: string[] = [];
      const rounds = async (
        seat: typeof desk,
        count: number,
        says: typeof DESK_SAYS,
        hasMap: boolean,
      ) => {
        for (let i = 0; i < count; i += 1) {
          const shape = SHAPES[i % SHAPES.length] ?? SHAPES[0];
          if (!shape) throw new Error("no shape");
          const found = await oneCut(seat, shape, says, hasMap);
          lies.push(...found);
          tried(`staleness: ${shape[0]} (Chromium)`, 1, found.length > 0 ? 1 : 0);
        }
      };
      await Promise.all([
        rounds(desk, Math.ceil(CUTS / 2), DESK_SAYS, true),
        rounds(wall, Math.floor(CUTS / 2), DESK_SAYS, true),
        rounds(phone, Math.ceil(CUTS / 10), PHONE_SAYS, false),
      ]);
      expect(lies).toEqual([]);
    },
    120_000 + CUTS * 60_000,
  );

  it("NET-18 given a network that lets no WebSocket through, or answers with a page of its own, then the console says that", async () => {
    const { road, screen } = await sit("wuhan.duty", "console");
    const banner = () => screen.page.locator(".link-banner").textContent({ timeout: 20_000 });
    road.blockUpgrades(true);
    await until("the reason", banner, (text) => /WebSocket/.test(text ?? ""), 30_000);
    road.captivePortal(true);
    await until("the other reason", banner, (text) => /不是本系统/.test(text ?? ""), 30_000);
    road.heal();
    await until(
      "fresh again",
      () => freshnessOf(screen),
      (said) => said === "fresh",
      BACK_WITHIN_MS,
    );
    tried("fault: a console without WebSocket", 1);
  }, 180_000);
});

const freshnessOf = ({ page }: Screen): Promise<string> =>
  page.evaluate(() => document.documentElement.dataset.freshness ?? "");

/** Runs in the page: what banner, band and map say, each so many ms. */
function watchGlass(everyMs: number): void {
  const sights: Sight[] = [];
  Object.assign(globalThis, { __sights: sights });
  setInterval(() => {
    const banner = document.querySelector<HTMLElement>(".link-banner")?.dataset.level;
    const band = document.querySelector<HTMLElement>(".f-band")?.dataset.kind;
    const surface = document.querySelector<HTMLElement>(".map-surface");
    const isGrey = document.querySelector(".map-stale") !== null;
    const map = surface?.dataset.freshness === "stale" && isGrey ? "stale" : "live";
    sights.push({ at: Date.now(), said: banner ?? band ?? "", map });
  }, everyMs);
}
