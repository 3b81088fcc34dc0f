import type { Browser } from "playwright-core";
import { type MapScreen, newContext, type Size } from "./screen.ts";

/** As far beyond the glass as the map's own canvas. */
const PADDING = 0.15;

/** The limit: a blank canvas as large as the map's, which a pointer moves and nobody draws. */
export async function openBlank(browser: Browser, viewport: Size): Promise<MapScreen> {
  const context = await newContext(browser, viewport);
  const page = await context.newPage();
  await page.setContent(
    `<style>body{margin:0;background:#0b1220}div{position:fixed;inset:0;overflow:hidden}
    canvas{position:absolute;left:${-100 * PADDING}%;top:${-100 * PADDING}%}</style>
    <div id="blank"><canvas></canvas></div>`,
  );
  await page.evaluate((padding) => {
    const host = document.querySelector<HTMLElement>("#blank");
    const canvas = document.querySelector("canvas");
    if (!host || !canvas) return;
    canvas.width = innerWidth * (1 + 2 * padding);
    canvas.height = innerHeight * (1 + 2 * padding);
    canvas.getContext("2d")?.clearRect(0, 0, 1, 1);
    let from: { readonly x: number; readonly y: number } | undefined;
    host.addEventListener("pointerdown", ({ x, y }) => {
      from = { x, y };
    });
    host.addEventListener("pointerup", () => {
      from = undefined;
    });
    host.addEventListener("pointermove", ({ x, y }) => {
      if (from) canvas.style.transform = `translate3d(${x - from.x}px,${y - from.y}px,0)`;
    });
  }, PADDING);
  return { page, close: () => context.close() };
}
