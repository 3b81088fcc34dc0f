/**
 * What the glass says of its age, held against the truth, on a clock of the test's own: the client's
 * link and stores against a simulated server and road. `STALE_CUTS` cuts of random shape (480 here,
 * thousands in the long run), `SEED` to run one again: trial n has the seed SEED + n.
 */
import { describe, expect, it } from "vitest";
import { type Link, startLink } from "../../client/link/start-link.ts";
import type { Stores } from "../../client/store/stores.ts";
import { SimServer } from "../support/link/sim-server.ts";
import { timesOf, tried } from "../support/trials.ts";
import { type FakePlatform, fakePlatform, freshStores } from "../unit/link-fakes.ts";

const CUTS = timesOf("STALE_CUTS", 480);
const FIRST_SEED = Number(process.env.SEED ?? 1);
const CUTS_IN_A_LIFE = 3;
const STEP_MS = 250;
/** The glass is looked at twice a second, and the machine asks once a step. */
const LOOK_MS = 500 + STEP_MS;
const SAYS_BY = {
  console: { heartbeatMs: 2_000, lateMs: 5_000, staleMs: 10_000 },
  field: { heartbeatMs: 10_000, lateMs: 25_000, staleMs: 45_000 },
} as const;
type SimSeat = keyof typeof SAYS_BY;

/** A seeded chance: below 1. */
function chanceOf(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Whether the page is in the background: then nobody looks, and its timers run once a minute. */
interface Tab {
  isHidden: boolean;
}

interface Trial {
  readonly seat: SimSeat;
  readonly server: SimServer;
  readonly platform: FakePlatform;
  readonly stores: Stores;
  readonly link: Link;
  readonly chance: () => number;
  /** Moments at which the glass said less than the truth. */
  readonly lies: string[];
  /** True ms of the last waking: the glass is looked at a moment later. */
  wokeAt: number;
  readonly tab: Tab;
  shape: string;
  commitsPerS: number;
}

/** A whole number of ms. */
const between = ({ chance }: Trial, least: number, most: number): number =>
  Math.round(least + chance() * (most - least));

/** What can go wrong; each begins it and gives back what ends it. */
const SHAPES: Readonly<Record<string, (trial: Trial) => () => void>> = {
  "black hole": (t) => road(t, { up: gone, down: gone, admits: false }),
  "half-open up": (t) => road(t, { up: gone }),
  "half-open down": (t) => road(t, { down: gone }),
  "half-open down, new sockets refused": (t) => road(t, { down: gone, admits: false }),
  "frames lost": (t) => {
    const share = 0.2 + t.chance() * 0.6;
    return road(t, { down: () => (t.chance() < share ? undefined : 30) });
  },
  "constant delay": (t) => {
    const [up, down] = [between(t, 100, 9_000), between(t, 100, 30_000)];
    return road(t, { up: () => up, down: () => down });
  },
  "growing delay": (t) => {
    const from = t.server.trueNow;
    const share = 0.1 + t.chance();
    return road(t, { down: () => (t.server.trueNow - from) * share });
  },
  "held and let go": (t) => {
    const gulp = between(t, 4_000, 20_000);
    return road(t, { down: () => gulp - (t.server.trueNow % gulp) });
  },
  "silent server": (t) => {
    t.server.stalledUntil = t.server.trueNow + between(t, 4_000, 60_000);
    return nothing;
  },
  "slow heartbeat": (t) => {
    const { heartbeatMs } = t.server;
    t.server.heartbeatMs = heartbeatMs * between(t, 3, 8);
    return () => {
      t.server.heartbeatMs = heartbeatMs;
    };
  },
  "dropped and not let in": (t) => {
    t.server.drop(true);
    return road(t, { admits: false });
  },
  "server back with its clock set back": (t) => restart(t, -between(t, 1_000, 7_200_000)),
  "server back with its clock set on": (t) => restart(t, between(t, 1_000, 7_200_000)),
  "device sleeps": (t) => {
    sleep(t, between(t, 1_000, 600_000));
    return nothing;
  },
  "device naps": (t) => {
    for (let naps = between(t, 5, 20); naps > 0; naps -= 1) {
      sleep(t, between(t, 500, 2_900));
      step(t);
    }
    return nothing;
  },
  "device sleeps behind a dead road": (t) => {
    const heal = road(t, { up: gone, down: gone });
    sleep(t, between(t, 1_000, 60_000));
    return heal;
  },
  "device's wall clock jumps": (t) => {
    t.platform.sleep(between(t, -7_200_000, 7_200_000));
    return road(t, { down: gone });
  },
  "background tab": (t) => hide(t, nothing),
  "background tab behind a dead road": (t) => hide(t, road(t, { up: gone, down: gone })),
  flap: (t) => {
    const from = t.server.trueNow;
    const isUp = () => Math.floor((t.server.trueNow - from) / 3_000) % 2 === 1;
    return road(t, { up: () => (isUp() ? 20 : undefined), down: () => (isUp() ? 20 : undefined) });
  },
};

const gone = () => undefined;
const nothing = () => undefined;

function road({ server }: Trial, faults: Partial<SimServer["road"]>): () => void {
  const before = { ...server.road };
  Object.assign(server.road, faults);
  return () => void Object.assign(server.road, before);
}

function hide(trial: Trial, heal: () => void): () => void {
  trial.tab.isHidden = true;
  return () => {
    heal();
    trial.tab.isHidden = false;
    trial.wokeAt = trial.server.trueNow;
    trial.link.soon();
  };
}

const MINUTE_MS = 60_000;

/** A platform whose timers come only once a minute while the tab is hidden, as browsers do it. */
function inTab(platform: FakePlatform, tab: Tab): FakePlatform {
  let lastMinute = 0;
  const mayRun = (): boolean => {
    const minute = Math.floor(platform.monoMs() / MINUTE_MS);
    const isNew = minute !== lastMinute;
    if (!tab.isHidden || isNew) lastMinute = minute;
    return !tab.isHidden || isNew;
  };
  const later = (run: () => void): (() => void) => {
    let cancel: () => void = nothing;
    const look = (): void => {
      if (mayRun()) run();
      else cancel = platform.after(1_000, look);
    };
    look();
    return () => cancel();
  };
  return {
    ...platform,
    every: (ms, run) => platform.every(ms, () => (mayRun() ? run() : undefined)),
    after: (ms, run) => {
      let cancel = platform.after(ms, () => {
        cancel = later(run);
      });
      return () => cancel();
    },
  };
}

function restart(trial: Trial, byMs: number): () => void {
  trial.server.drop(trial.chance() < 0.5);
  trial.server.base += byMs;
  return road(trial, { admits: false });
}

/** The wall goes on, the monotonic clock does not, and what comes meanwhile waits in the buffers. */
function sleep(trial: Trial, ms: number): void {
  const { server, platform, chance } = trial;
  server.sleeps();
  server.advance(ms);
  platform.sleep(ms);
  // Which is first after waking, the network or the timers, is nobody's promise.
  if (chance() < 0.5) platform.pass(0);
  server.wakes();
  trial.wokeAt = server.trueNow;
}

function step(trial: Trial): void {
  const { server, platform, chance, commitsPerS } = trial;
  if (chance() < (commitsPerS * STEP_MS) / 1_000) server.commit();
  server.advance(STEP_MS);
  platform.pass(STEP_MS);
}

/** How old what is held is, in true ms: by what is missing, and by the last that vouched for it. */
function trueAge({ server, stores }: Trial): number {
  const seq = stores.records.getState().cursor?.seq;
  if (seq === undefined) return 0;
  const missing = server.commits[seq + 1];
  const vouched = Math.max(
    0,
    ...server.vouched.filter(({ to }) => to === seq).map((v) => v.sentAt),
  );
  return server.trueNow - Math.min(missing ?? Number.POSITIVE_INFINITY, vouched);
}

function saying(age: number, { lateMs, staleMs }: (typeof SAYS_BY)[SimSeat]) {
  if (age > staleMs) return "stale";
  return age > lateMs ? "late" : "fresh";
}

function check(trial: Trial): void {
  if (trial.tab.isHidden || trial.server.trueNow - trial.wokeAt < LOOK_MS) return;
  const { freshness } = trial.stores.connection.getState();
  const age = trueAge(trial);
  const mustSay = saying(age - LOOK_MS, SAYS_BY[trial.seat]);
  const rank = { never: 2, fresh: 0, late: 1, stale: 2 } as const;
  if (rank[freshness] >= rank[mustSay]) return;
  trial.lies.push(`${trial.shape}: said ${freshness} of what was ${Math.round(age)} ms old`);
}

async function run(trial: Trial, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += STEP_MS) {
    step(trial);
    await null; // answers that are promises
    await null;
    await null;
    if (passed % 1_000 === 0) check(trial);
  }
}

function begin(seed: number): Trial {
  const chance = chanceOf(seed);
  const tab: Tab = { isHidden: false };
  const platform = inTab(fakePlatform(), tab);
  const stores = freshStores(platform);
  const server = new SimServer();
  const seat: SimSeat = chance() < 0.75 ? "console" : "field";
  server.heartbeatMs = SAYS_BY[seat].heartbeatMs;
  const api = { me: async () => ({ ok: false, failure: { status: 0, code: "OFFLINE" } }) } as never;
  const link = startLink({
    stores,
    platform,
    api,
    seat,
    auth: () => ({ seat }),
    open: server.open,
  });
  const commitsPerS = chance() < 0.3 ? 0 : chance() * 2;
  return {
    seat,
    server,
    platform,
    stores,
    link,
    chance,
    lies: [],
    wokeAt: 0,
    tab,
    shape: "calm",
    commitsPerS,
  };
}

/** In step and not said to be older than it is, for good. */
function isWell({ server, stores }: Trial): boolean {
  const { freshness, connection } = stores.connection.getState();
  const isCurrent = stores.records.getState().cursor?.seq === server.tail;
  return freshness === "fresh" && connection.kind === "live" && isCurrent;
}

/** Three cuts in the life of one page, so that what one leaves behind meets the next. */
async function oneLife(seed: number, shapes: readonly string[]): Promise<readonly string[]> {
  const trial = begin(seed);
  const { seat, server } = trial;
  const { heartbeatMs } = SAYS_BY[seat];
  await run(trial, 15_000 + between(trial, 0, 10_000));
  for (const shape of shapes) {
    trial.shape = `seed ${seed}, ${seat}, ${shapes.join(" + ")}, in ${shape}`;
    trial.commitsPerS = trial.chance() < 0.3 ? 0 : trial.chance() * 2;
    const heal = SHAPES[shape]?.(trial) ?? nothing;
    await run(trial, between(trial, 8_000, trial.chance() < 0.2 ? 240_000 : 70_000));
    heal();
    // A stalled server, what is still on its way; then the longest silence until a dead socket is
    // given up, the dialling, and a heartbeat.
    await run(trial, Math.max(0, server.busyUntil() - server.trueNow));
    await run(trial, seat === "field" ? 75_000 : 35_000);
    trial.commitsPerS = 0;
    await run(trial, heartbeatMs + 2_000);
    if (!isWell(trial)) trial.lies.push(`${trial.shape}: not well again`);
  }
  trial.link.stop();
  return trial.lies;
}

describe("what the glass says of its age", () => {
  const names = Object.keys(SHAPES);
  it(
    `NET-10 given ${CUTS} cuts of ${names.length} shapes, at no second is the glass said to be younger than what it holds, and afterwards all is well`,
    async () => {
      const wrong: string[] = [];
      for (let n = 0; n * CUTS_IN_A_LIFE < CUTS; n += 1) {
        const seed = FIRST_SEED + n;
        const pick = chanceOf(seed + 1_000_000);
        const others = [1, 2].map(() => names[Math.floor(pick() * names.length)] as string);
        const shapes = [names[n % names.length] as string, ...others];
        const lies = await oneLife(seed, shapes);
        for (const shape of shapes) {
          const failed = lies.some((lie) => lie.includes(`in ${shape}:`)) ? 1 : 0;
          tried(`staleness: ${shape} (simulated)`, 1, failed);
        }
        if (lies.length > 0) wrong.push(`${lies[0]} (${lies.length} moments)`);
      }
      expect(wrong).toEqual([]);
    },
    60_000 + CUTS * 500,
  );
});
