import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { CHROMIUM, CHROMIUM_ARGS } from "../chromium-path.ts";
import { collectFrames, type Frame } from "./frames.ts";

export const PHONE = { width: 390, height: 844 } as const;
export const PHONE_ACROSS = { width: 844, height: 390 } as const;
export const DESK = { width: 1366, height: 768 } as const;
export const WALL_4K = { width: 3840, height: 2160 } as const;

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

export interface ScreenOptions {
  /** The profile of an earlier screen: the same device, switched on again. */
  readonly profile?: string;
  readonly geolocation?: Place;
}

export interface Screen {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Console errors and failed page scripts, in order. */
  readonly problems: string[];
  /** Every WebSocket message of this screen, both ways, in order. */
  readonly frames: readonly Frame[];
  readonly profile: string;
  /** Closes the browser as a person does; the profile stays until `forget`. */
  close(): Promise<void>;
  /** SIGKILL, as a battery that dies: no handler runs, nothing is flushed. */
  kill(): Promise<void>;
  forget(): Promise<void>;
}

/** A browser with a profile of its own, as one person's device. */
export async function openScreen(viewport: Size, options: ScreenOptions = {}): Promise<Screen> {
  const profile = options.profile ?? (await mkdtemp(join(tmpdir(), "ec-browser-")));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    args: [...CHROMIUM_ARGS],
    headless: true,
    viewport,
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    ...(options.geolocation
      ? { geolocation: { ...options.geolocation, accuracy: 8 }, permissions: ["geolocation"] }
      : {}),
  });
  const page = context.pages()[0] ?? (await context.newPage());
  return {
    page,
    context,
    problems: collectProblems(page),
    frames: collectFrames(page),
    profile,
    close: () => context.close(),
    kill: async () => {
      const gone = new Promise<void>((resolve) => context.once("close", () => resolve()));
      process.kill(pidOfBrowser(profile), "SIGKILL");
      await gone;
    },
    forget: () => rm(profile, { recursive: true, force: true, maxRetries: 3 }),
  };
}

function collectProblems(page: Page): string[] {
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(`pageerror: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() !== "error") return;
    problems.push(`console: ${message.text()} ${message.location().url}`);
  });
  return problems;
}

/** The browser process itself: the one with this profile that is nobody's helper. */
function pidOfBrowser(profile: string): number {
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    const line = commandLine(pid);
    if (
      line.includes(`--user-data-dir=${profile}`) &&
      !line.some((arg) => arg.startsWith("--type="))
    )
      return Number(pid);
  }
  throw new Error(`no browser runs with the profile ${profile}`);
}

function commandLine(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    return []; // ended while we were looking
  }
}

/** Signs in through the API of the page's own origin, so that the cookie is the browser's. */
export async function signIn(
  page: Page,
  url: string,
  login: string,
  password = "demo-2026",
): Promise<void> {
  const response = await page.context().request.post(`${url}/api/login`, {
    data: { login, password },
    headers: { origin: url },
  });
  if (!response.ok())
    throw new Error(`sign-in of ${login}: ${response.status()} ${await response.text()}`);
}
