import type { Page } from "playwright-core";

/** A picture of a 4K screen is kept smaller: one sees proportions and words, and it stays small. */
const WIDEST = 1_440;
const QUALITY = 0.5;
const SETTLE_MS = 500;

/** The page as it is, when its fonts are there and it had a moment to lay itself out. */
export async function lookAt(page: Page): Promise<Buffer> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.waitForTimeout(SETTLE_MS);
  // A busy machine paints late: what is taken is what was laid out last.
  await page.evaluate(
    () =>
      new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  );
  return page.screenshot({ type: "png", animations: "disabled", caret: "hide" });
}

/** Lossy and small, made by the browser itself in an empty page. */
export async function toWebp(darkroom: Page, png: Buffer): Promise<Buffer> {
  const asked = { url: `data:image/png;base64,${png.toString("base64")}`, WIDEST, QUALITY };
  const encoded = await darkroom.evaluate(async ({ url, WIDEST: widest, QUALITY: quality }) => {
    const image = new Image();
    image.src = url;
    await image.decode();
    const scale = Math.min(1, widest / image.naturalWidth);
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.naturalWidth * scale);
    canvas.height = Math.round(image.naturalHeight * scale);
    const paint = canvas.getContext("2d");
    if (!paint) throw new Error("no canvas");
    paint.imageSmoothingQuality = "high";
    paint.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/webp", quality);
  }, asked);
  return Buffer.from(encoded.slice(encoded.indexOf(",") + 1), "base64");
}
