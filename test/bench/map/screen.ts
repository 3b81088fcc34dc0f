import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { CHROMIUM, CHROMIUM_ARGS } from "../../support/chromium-path.ts";
import { pause } from "../figures.ts";
import { type PageWatch, type Watched, type WatchedWindow, watchPage } from "./in-page.ts";
import type { MapRoom } from "./room.ts";
import { MOST_MARKED, type Spot, spotsOf } from "./walkers.ts";

export const DESK_1080 = { width: 1920, height: 1080 } as const;
export const GLASS_4K = { width: 3840, height: 2160 } as const;
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The map's own element on every face. */
export const MAP = ".map-canvas-host";

export const startBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, args: [...CHROMIUM_ARGS], headless: true });

export interface MapScreen {
  readonly page: Page;
  close(): Promise<void>;
}

const SHOWN_WITHIN_MS = 90_000;

/** A console or wall of the High Court: the full picture. */
export async function openFace(
  browser: Browser,
  room: MapRoom,
  face: "console" | "wall",
  viewport: Size,
): Promise<MapScreen> {
  const context = await newContext(browser, viewport);
  await context.addCookies([sessionCookie(room)]);
  const page = await context.newPage();
  await page.goto(`${room.url}/${face}`);
  await page.locator(".leaflet-officers-pane canvas").waitFor({ timeout: SHOWN_WITHIN_MS });
  await page.locator(".leaflet-courts-pane .map-mark").nth(50).waitFor({
    state: "attached",
    timeout: SHOWN_WITHIN_MS,
  });
  // Fonts, the first full picture, the compiler: all of that once.
  await pause(2_500);
  return { page, close: () => context.close() };
}

export async function newContext(browser: Browser, viewport: Size): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport,
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
  });
  await context.addInitScript(watchPage);
  return context;
}

function sessionCookie({ url, province }: MapRoom) {
  const [name = "", value = ""] = (province.cookies.high[0] ?? "").split("=");
  const { hostname: domain } = new URL(url);
  return { name, value, domain, path: "/", secure: true, httpOnly: true } as const;
}

/** `BENCH_SHOTS=folder` keeps pictures of what was measured. */
export async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.BENCH_SHOTS;
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** What was gathered since it was last asked. */
export const gathered = (page: Page): Promise<PageWatch> =>
  page.evaluate(() => {
    const { benchWatch } = globalThis as WatchedWindow;
    const { intervals, redraws, seen } = benchWatch;
    Object.assign(benchWatch, { intervals: [], redraws: 0, seen: [] });
    return { intervals, redraws, seen, watched: [] };
  });

/** From now on the page looks for the marked officers. Where they are drawn is told by the courts' marks. */
export async function watchMarked(page: Page, room: MapRoom): Promise<void> {
  const toPixel = await projectionOf(page, room);
  const watched = Array.from({ length: MOST_MARKED }, (_, who) =>
    spotsOf(who).map((spot, side): Watched => ({ who, side: side as 0 | 1, ...toPixel(spot) })),
  ).flat();
  await page.evaluate((spots) => {
    (globalThis as WatchedWindow).benchWatch.watched = spots;
  }, watched);
}

const mercator = ({ lat, lng }: Spot) => {
  const sin = Math.sin((lat * Math.PI) / 180);
  return { x: lng / 360 + 0.5, y: 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI) };
};

/** Two courts far apart give scale and offset. */
async function projectionOf(page: Page, { province }: MapRoom) {
  const [first, second] = province.seats;
  if (!first || !second) throw new Error("no courts to measure by");
  const drawn = await page.evaluate(
    (names) => {
      const placeOf = (element: HTMLElement | null) => {
        const [x = 0, y = 0] = (element?.style.transform.match(/-?[\d.]+(?=px)/g) ?? []).map(
          Number,
        );
        return { x, y };
      };
      const canvas = document.querySelector<HTMLElement>(".leaflet-officers-pane canvas");
      const marks = names.map((name) =>
        placeOf(document.querySelector(`.leaflet-courts-pane [aria-label="${name}"]`)),
      );
      return { canvas: placeOf(canvas), marks };
    },
    [first.name, second.name],
  );
  const [a = { x: 0, y: 0 }, b = { x: 0, y: 0 }] = drawn.marks;
  const [from, to] = [mercator(first), mercator(second)];
  const scale = (b.x - a.x) / (to.x - from.x);
  return (spot: Spot) => {
    const at = mercator(spot);
    return {
      x: Math.round(a.x + (at.x - from.x) * scale - drawn.canvas.x),
      y: Math.round(a.y + (at.y - from.y) * scale - drawn.canvas.y),
    };
  };
}
