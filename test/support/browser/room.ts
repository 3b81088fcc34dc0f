/** A server and the screens around it, as one test file needs them. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { RunnerTask as Task } from "vitest";
import { freePort } from "../server/free-port.ts";
import { type ServerProcess, spawnServer } from "../server/server-process.ts";
import { openScreen, type Screen, type ScreenOptions, type Size, signIn } from "./browser.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const SHOTS = join(ROOT, "test-results", "e2e");

type Seat = "console" | "wall" | "field" | "partner" | "observe" | "inspector";

export interface Room {
  readonly url: string;
  readonly server: ServerProcess;
  /** A person's device, signed in and at its seat. */
  seat(login: string, seat: Seat, size: Size, options?: ScreenOptions): Promise<Screen>;
  /** The wall of a court, as the start of the server printed it. */
  wall(courtName: string, size: Size): Promise<Screen>;
  /** A device that nobody has signed in on. */
  device(size: Size, options?: ScreenOptions): Promise<Screen>;
  wallAddress(courtName: string): string;
  /** The same port, the same data. */
  restart(): Promise<void>;
  /** A picture of every open screen of a test that failed; for `afterEach`. */
  shootOnFailure(task: Task): Promise<void>;
  shoot(name: string, screen: Screen): Promise<void>;
  end(): Promise<void>;
}

/** SHOTS=1 also keeps the pictures that tests take on their way. */
const KEEP_SHOTS = process.env.SHOTS === "1";

export async function openRoom(env: Readonly<Record<string, string>> = {}): Promise<Room> {
  await buildClientOnce();
  const dataDir = await mkdtemp(join(tmpdir(), "ec-room-"));
  const port = await freePort();
  const start = () => spawnServer({ dataDir, port, env: { STORE: "sqlite", ...env } });
  let server = await start();
  const { url } = server;
  const all: Screen[] = [];
  const open = new Set<Screen>();
  const device = async (size: Size, options?: ScreenOptions): Promise<Screen> => {
    const screen = await openScreen(size, options);
    all.push(screen);
    open.add(screen);
    screen.context.once("close", () => open.delete(screen));
    return screen;
  };
  const wallAddress = (courtName: string): string => {
    const line = server
      .output()
      .split("\n")
      .find((each) => each.includes(courtName) && each.includes("/wall?kiosk="));
    if (!line) throw new Error(`the start printed no wall of ${courtName}`);
    return line.slice(line.indexOf("http")).trim();
  };
  const shoot = async (name: string, { page }: Screen): Promise<void> => {
    await mkdir(SHOTS, { recursive: true });
    await page
      .screenshot({ path: join(SHOTS, `${name}.png`), timeout: 20_000 })
      .catch(() => undefined);
  };
  return {
    url,
    get server() {
      return server;
    },
    device,
    wallAddress,
    async seat(login, seat, size, options) {
      const screen = await device(size, options);
      await signIn(screen.page, url, login);
      await screen.page.goto(`${url}/${seat}`);
      return screen;
    },
    async wall(courtName, size) {
      const screen = await device(size);
      await screen.page.goto(wallAddress(courtName));
      return screen;
    },
    async restart() {
      if (server.isRunning()) await server.kill();
      server = await start();
    },
    async shootOnFailure(task) {
      if (task.result?.state !== "fail") return;
      const name = task.name.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60);
      await Promise.all([...open].map((screen, n) => shoot(`FAILED-${name}-${n}`, screen)));
    },
    shoot: async (name, screen) => {
      if (KEEP_SHOTS) await shoot(name, screen);
    },
    async end() {
      await Promise.all([...open].map((screen) => screen.close()));
      await Promise.all(all.map((screen) => screen.forget()));
      if (server.isRunning()) await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** As a start of the server would, before any of them: two builds at once destroy each other. */
async function buildClientOnce(): Promise<void> {
  const script = `
    const { buildClientIfStale } = await import("./server/client-build.ts");
    await buildClientIfStale(process.cwd(), "client/dist");`;
  await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], {
    cwd: ROOT,
    // A test runner says NODE_ENV=test, and the bundle would be the development one.
    env: { ...process.env, NODE_ENV: "production" },
  });
}
