/**
 * `npm run screens`: takes the pictures of `docs/screens` anew. Each face gets a server of its own
 * with a demonstration's data on a free port; its states are made by commands as people make them.
 * `-- --face NAME`, `-- --page NAME` for a part, `-- --to DIR` for another folder,
 * `-- --png DIR` keeps the whole pictures too. The last line is `N pictures, N troubles`.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Browser, chromium, type Page } from "playwright-core";
import type { Language } from "../../client/store/ui.ts";
import { signIn } from "../support/browser/browser.ts";
import { misfits } from "../support/browser/inspect.ts";
import { openRoom } from "../support/browser/room.ts";
import { CHROMIUM, CHROMIUM_ARGS } from "../support/chromium-path.ts";
import { indexText } from "./index-text.ts";
import { FACES } from "./registry.ts";
import {
  type FacePages,
  LANGUAGES,
  pictureOf,
  type ScreenPage,
  SIZE_NAMES,
  SIZES,
} from "./screen-page.ts";
import { openStage, type Stage } from "./stage.ts";
import { lookAt, toWebp } from "./take-picture.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** A selector that never comes is said of that page; the others are taken all the same. */
const STEP_MS = 15_000;
const WHOLE_RUN_MS = 40 * 60_000;

const { values: asked } = parseArgs({
  options: {
    face: { type: "string", multiple: true },
    page: { type: "string", multiple: true },
    to: { type: "string", default: "docs/screens" },
    png: { type: "string" },
  },
});
const folder = resolve(ROOT, asked.to);
const troubles: string[] = [];
let taken = 0;

/** The process's end closes the browser, and the server looks for itself whether we still live. */
setTimeout(() => {
  console.error(`not finished after ${WHOLE_RUN_MS / 60_000} minutes`);
  process.exit(1);
}, WHOLE_RUN_MS).unref();

await mkdir(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: [...CHROMIUM_ARGS],
  headless: true,
});
try {
  const darkroom = await browser.newPage();
  for (const face of FACES) await takeFace(face, browser, darkroom);
} finally {
  await browser.close();
}
if (asked.to === "docs/screens") await writeFile(join(folder, "README.md"), indexText(FACES));
for (const trouble of troubles) console.log(trouble);
console.log(`${taken} pictures, ${troubles.length} troubles`);
process.exit(troubles.length > 0 ? 1 : 0);

function isAsked(face: FacePages, page: ScreenPage): boolean {
  return (
    (!asked.face || asked.face.includes(face.face)) &&
    (!asked.page || asked.page.includes(page.name))
  );
}

async function takeFace(face: FacePages, from: Browser, darkroom: Page): Promise<void> {
  if (!face.pages.some((page) => isAsked(face, page))) return;
  const room = await openRoom(face.env);
  const stage = openStage(room);
  try {
    for (const page of face.pages) {
      await takeEntry({ page, face, stage, from, darkroom }).catch((error: unknown) => {
        const said = error instanceof Error ? error.message : String(error);
        troubles.push(`${page.name}: ${said.split("\n").slice(0, 3).join(" ")}`);
      });
    }
  } finally {
    await room.end();
  }
}

/** The state is made even of a page that was not asked for: a later one may stand on it. */
async function takeEntry(taking: Omit<Taking, "language">): Promise<void> {
  const { page, face, stage } = taking;
  await page.state?.(stage);
  for (const language of isAsked(face, page) ? LANGUAGES : [])
    await takePage({ ...taking, language });
  await page.after?.(stage);
}

interface Taking {
  readonly page: ScreenPage;
  readonly face: FacePages;
  readonly language: Language;
  readonly stage: Stage;
  readonly from: Browser;
  readonly darkroom: Page;
}

async function takePage(taking: Taking): Promise<void> {
  const { page: entry, stage, language, darkroom } = taking;
  const page = await openPage(taking);
  try {
    await page.locator(entry.readyWhen).first().waitFor();
    await entry.press?.(page, stage);
    for (const size of entry.sizes ?? SIZE_NAMES) {
      await page.setViewportSize(SIZES[size]);
      await entry.sized?.(page);
      const png = await lookAt(page);
      const name = pictureOf(entry.name, size, language);
      await writeFile(join(folder, name), await toWebp(darkroom, png));
      if (asked.png) await writeFile(join(asked.png, name.replace(/webp$/, "png")), png);
      taken += 1;
      troubles.push(...(await misfits(page)).map((what) => `${name}: ${what}`));
    }
  } finally {
    await page.context().close();
  }
}

async function openPage({ page: entry, face, language, stage, from }: Taking): Promise<Page> {
  const { room } = stage;
  const context = await from.newContext({
    viewport: SIZES[(entry.sizes ?? ["1366"])[0] ?? "1366"],
    locale: language === "zh" ? "zh-CN" : "en-GB",
    timezoneId: "Asia/Shanghai",
    // No flight of the map is half done in a picture.
    reducedMotion: "reduce",
    ...(entry.place
      ? { geolocation: { ...entry.place, accuracy: 8 }, permissions: ["geolocation"] }
      : {}),
  });
  context.setDefaultTimeout(STEP_MS);
  const kept = JSON.stringify({ state: { theme: "dark", language, muted: false }, version: 0 });
  await context.addInitScript((ui) => {
    if (!localStorage.getItem("ec.ui")) localStorage.setItem("ec.ui", ui);
  }, kept);
  const page = await context.newPage();
  const { seat } = entry;
  if (seat !== "nobody" && "login" in seat) await signIn(page, room.url, seat.login, face.password);
  const route = typeof entry.route === "string" ? entry.route : entry.route(stage);
  const start = seat !== "nobody" && "wall" in seat ? room.wallAddress(seat.wall) : room.url;
  await page.goto(`${start}${route}`);
  return page;
}
