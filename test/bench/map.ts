import type { Browser, Page } from "playwright-core";
import { type Bench, type Figures, type Length, pause, quantile } from "./figures.ts";
import { type Alarm, openAlarm } from "./map/alarm.ts";
import { openBlank } from "./map/blank.ts";
import { drawn } from "./map/drawn.ts";
import { GOALS, type Scene } from "./map/goals.ts";
import { pan } from "./map/pan.ts";
import { type MapRoom, openMapRoom } from "./map/room.ts";
import {
  DESK_1080,
  GLASS_4K,
  gathered,
  MAP,
  openFace,
  type Size,
  shoot,
  startBrowser,
} from "./map/screen.ts";
import { Walkers } from "./map/walkers.ts";

interface Sizes {
  readonly officers: number;
  /** Positions a second. */
  readonly rate: number;
  readonly panMs: number;
  readonly marksMs: number;
  readonly scenes: "ALL" | "DESK";
}

const SIZES: Readonly<Record<Length, Sizes>> = {
  FULL: { officers: 10_000, rate: 2_000, panMs: 2_200, marksMs: 3_500, scenes: "ALL" },
  SMOKE: { officers: 400, rate: 100, panMs: 700, marksMs: 1_000, scenes: "DESK" },
};

/** How far the wheel turns for the closer look: at most officers drawn one by one. */
const WHEEL = { desk_close: -160, glass_close: -60 } as const;
/** Half of the camera's flight is fastest; all of it is looked at. */
const FLIGHT_MS = 1_200;
/** A zoom of the map, or its new size, and the redraw after it. */
const SETTLED_MS = 600;

export const mapBench: Bench = {
  about: `the High Court's console and wall in Chromium without a graphics card, ${SIZES.FULL.officers} officers on the move with ${SIZES.FULL.rate} positions a second; frame intervals while a real pointer drags the map, against a blank canvas of the same size that is dragged alike, in turns; and the time from the server's taking in a marked fix to the browser's taking over the first redraw in which its dot is found at its new place. Server and browser share all cores (none is pinned)`,
  goals: GOALS,
  smoke: true,
  run: async (rounds, length) => {
    const size = SIZES[length];
    const room = await openMapRoom(size.officers);
    const browser = await startBrowser();
    const alarm = await openAlarm(room);
    const walkers = new Walkers(room);
    walkers.start(size.rate);
    try {
      return await new MapRounds({ room, browser, alarm, walkers, size }).all(rounds);
    } finally {
      walkers.stop();
      alarm.close();
      await browser.close();
      await room.close();
    }
  },
};

interface Parts {
  readonly room: MapRoom;
  readonly browser: Browser;
  readonly alarm: Alarm;
  readonly walkers: Walkers;
  readonly size: Sizes;
}

class MapRounds {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /**
   * A console is opened anew for each round: one that has been larger for a while may still draw more
   * coarsely (MAP-12). A wall stays open, as walls do.
   */
  async all(rounds: number): Promise<readonly Figures[]> {
    const isAll = this.parts.size.scenes === "ALL";
    const figures: Figures[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const ours = await this.console(isAll);
      const blank = await this.blank("desk_blank", DESK_1080);
      const larger = isAll ? await this.blank("glass_blank", GLASS_4K) : {};
      figures.push({ ...ours, ...blank, ...larger });
    }
    if (!isAll) return figures;
    const flights = await this.wall(rounds);
    return figures.map((each, round) => ({ ...each, ...flights[round] }));
  }

  /** The window is made larger for the second size: opening the page takes longer than all the rest. */
  private async console(isAll: boolean): Promise<Figures> {
    const { browser, room } = this.parts;
    const { page, close } = await openFace(browser, room, "console", DESK_1080);
    try {
      const desk = {
        ...(await this.marks(page)),
        ...(await this.pan(page, "desk")),
        ...(await this.closer(page, "desk_close")),
      };
      if (!isAll) return desk;
      await page.setViewportSize(GLASS_4K);
      await pause(SETTLED_MS);
      await this.wholeProvince(page);
      return {
        ...desk,
        ...(await this.pan(page, "glass")),
        ...(await this.closer(page, "glass_close")),
      };
    } finally {
      await close();
    }
  }

  private async wholeProvince(page: Page): Promise<void> {
    await page.getByRole("button", { name: "全省" }).click();
    await pause(SETTLED_MS);
  }

  private async closer(page: Page, scene: keyof typeof WHEEL): Promise<Figures> {
    await this.wholeProvince(page);
    const box = await page.locator(MAP).boundingBox();
    if (!box) throw new Error("there is no map");
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.wheel(0, WHEEL[scene]);
    await pause(SETTLED_MS);
    return this.pan(page, scene);
  }

  private async pan(page: Page, scene: Scene): Promise<Figures> {
    const { medianMs, p95Ms } = await pan(page, MAP, this.parts.size.panMs);
    await shoot(page, scene);
    return { [`${scene}_pan_median_ms`]: medianMs, [`${scene}_pan_p95_ms`]: p95Ms };
  }

  private async blank(scene: string, viewport: Size): Promise<Figures> {
    const { page, close } = await openBlank(this.parts.browser, viewport);
    const { medianMs, p95Ms } = await pan(page, "#blank", this.parts.size.panMs);
    await close();
    return { [`${scene}_pan_median_ms`]: medianMs, [`${scene}_pan_p95_ms`]: p95Ms };
  }

  private async marks(page: Page): Promise<Figures> {
    const { room, walkers, size } = this.parts;
    const found = await drawn(page, room, walkers, size.marksMs);
    return {
      marks: found.marks,
      marks_lost: found.lost,
      drawn_p50_ms: found.drawnP50Ms,
      drawn_p99_ms: found.drawnP99Ms,
      shown_p99_ms: found.shownP99Ms,
    };
  }

  /** Nobody touches a wall: it moves when somebody calls for help, and back. @returns one of a round */
  private async wall(rounds: number): Promise<readonly Figures[]> {
    const { browser, room } = this.parts;
    const { page, close } = await openFace(browser, room, "wall", GLASS_4K);
    const figures: Figures[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const intervals = await this.thereAndBack(page);
      figures.push({
        wall_flight_median_ms: quantile(intervals, 0.5),
        wall_flight_p95_ms: quantile(intervals, 0.95),
      });
    }
    await shoot(page, "wall");
    await close();
    return figures;
  }

  private async thereAndBack(page: Page): Promise<readonly number[]> {
    const card = page.locator(".wall-alarm");
    const flight = async () => {
      await gathered(page);
      await pause(FLIGHT_MS);
      return (await gathered(page)).intervals;
    };
    const putAside = await this.parts.alarm.raise();
    await card.waitFor();
    const there = await flight();
    await shoot(page, "wall_alarm");
    await putAside();
    await card.waitFor({ state: "detached" });
    return [...there, ...(await flight())];
  }
}
