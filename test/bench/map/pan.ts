import type { Page } from "playwright-core";
import { quantile } from "../figures.ts";
import { gathered } from "./screen.ts";

/** What a person at the glass saw while the map was dragged. */
export interface Panned {
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly frames: number;
}

/** A hand that drags to and fro: a stroke, a release, the next. */
const STROKE_MS = 1_000;
const STEP_MS = 16;
const REST_MS = 150;

/**
 * Real pointer input by the browser's own input road, until the time is over. Of frames all that began
 * while the hand was at work count, the redraw after a release too.
 */
export async function pan(page: Page, selector: string, ms: number): Promise<Panned> {
  const box = await page.locator(selector).first().boundingBox();
  if (!box) throw new Error(`${selector} is not on the page`);
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await gathered(page);
  const until = performance.now() + ms;
  for (let stroke = 0; performance.now() < until || stroke % 2 === 1; stroke += 1) {
    await oneStroke(page, middle, Math.min(box.width, box.height) * 0.3, stroke);
  }
  const { intervals } = await gathered(page);
  return {
    medianMs: quantile(intervals, 0.5),
    p95Ms: quantile(intervals, 0.95),
    frames: intervals.length,
  };
}

async function oneStroke(
  page: Page,
  middle: { readonly x: number; readonly y: number },
  reach: number,
  stroke: number,
): Promise<void> {
  // Each second stroke goes back, so that the map stays where people are.
  const turn = (Math.floor(stroke / 2) * 5 * Math.PI) / 4 + (stroke % 2) * Math.PI;
  const at = (share: number) =>
    [
      middle.x + Math.cos(turn) * reach * (share - 0.5) * 2,
      middle.y + Math.sin(turn) * reach * (share - 0.5) * 2,
    ] as const;
  await page.mouse.move(...at(0));
  await page.mouse.down();
  const from = performance.now();
  while (performance.now() - from < STROKE_MS) {
    const began = performance.now();
    await page.mouse.move(...at((began - from) / STROKE_MS));
    await rest(STEP_MS - (performance.now() - began));
  }
  await page.mouse.up();
  await rest(REST_MS);
}

const rest = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
