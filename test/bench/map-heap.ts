import type { CDPSession } from "playwright-core";
import { type Bench, type Figures, median, pause } from "./figures.ts";
import { type Alarm, openAlarm } from "./map/alarm.ts";
import { openMapRoom } from "./map/room.ts";
import { DESK_1080, gathered, openFace, startBrowser } from "./map/screen.ts";
import { Walkers } from "./map/walkers.ts";

/** `BENCH_MINUTES=5` for a look at the slope; what is judged takes the whole half hour. */
const WHOLE_MIN = 30;
const MINUTES = Number(process.env.BENCH_MINUTES ?? WHOLE_MIN);
/** Caches fill; the lists of lines and of ended matters reach their bounds. */
const WARM_UP_MS = 20_000;
const WARM_UP_ALARMS = 60;
const WARM_UP_ALARM_MS = 1_000;
const READ_EVERY_MS = 10_000;
const ALARM_EVERY = 2;
/** Readings at each end whose median counts. */
const AT_END = 5;
const MIB = 2 ** 20;
const OFFICERS = 10_000;
const RATE = 2_000;

export const mapHeapBench: Bench = {
  soak: true,
  about: `a console of the High Court over ${MINUTES} min with ${OFFICERS} officers, ${RATE} positions a second and a call for help each ${(ALARM_EVERY * READ_EVERY_MS) / 1_000} s: JavaScript heap with the memory of its arrays and its page, each time after a collection`,
  goals: [
    {
      id: "MAP",
      what: "heap growth of a console over 30 min of live traffic",
      unit: "MB",
      better: "LOWER",
      floor: 10,
      figure: "growth_30_min_mb",
      judged: "FIGURE",
      minRounds: 1,
    },
  ],
  run: async () => [await oneRun()],
};

async function oneRun(): Promise<Figures> {
  const room = await openMapRoom(OFFICERS);
  const browser = await startBrowser();
  const alarm = await openAlarm(room);
  const walkers = new Walkers(room);
  walkers.start(RATE);
  try {
    const { page } = await openFace(browser, room, "console", DESK_1080);
    const devtools = await page.context().newCDPSession(page);
    for (let n = 0; n < WARM_UP_ALARMS; n += 1) await oneAlarm(alarm, WARM_UP_ALARM_MS);
    await pause(WARM_UP_MS);
    const readings: Reading[] = [];
    const from = performance.now();
    for (let n = 0; performance.now() - from < MINUTES * 60_000; n += 1) {
      await gathered(page);
      readings.push({ ...(await readHeap(devtools)), min: (performance.now() - from) / 60_000 });
      if (n % ALARM_EVERY === 0) await oneAlarm(alarm, READ_EVERY_MS);
      else await pause(READ_EVERY_MS);
    }
    return figuresOf(readings);
  } finally {
    walkers.stop();
    alarm.close();
    await browser.close();
    await room.close();
  }
}

async function oneAlarm(alarm: Alarm, ms: number): Promise<void> {
  const putAside = await alarm.raise();
  await pause(ms / 2);
  await putAside();
  await pause(ms / 2);
}

interface Reading {
  readonly min: number;
  readonly mb: number;
  /** Of `mb`: typed arrays and images. */
  readonly arraysMb: number;
  readonly nodes: number;
  readonly listeners: number;
}

async function readHeap(devtools: CDPSession): Promise<Omit<Reading, "min">> {
  await devtools.send("HeapProfiler.collectGarbage");
  const heap = (await devtools.send("Runtime.getHeapUsage")) as Readonly<Record<string, number>>;
  const { usedSize = 0, embedderHeapUsedSize = 0, backingStorageSize = 0 } = heap;
  const { nodes, jsEventListeners } = await devtools.send("Memory.getDOMCounters");
  const mb = (usedSize + embedderHeapUsedSize + backingStorageSize) / MIB;
  return { mb, arraysMb: backingStorageSize / MIB, nodes, listeners: jsEventListeners };
}

function figuresOf(readings: readonly Reading[]): Figures {
  const growth = (of: "mb" | "arraysMb" | "nodes" | "listeners"): number =>
    median(readings.slice(-AT_END).map((reading) => reading[of])) -
    median(readings.slice(0, AT_END).map((reading) => reading[of]));
  return {
    minutes: MINUTES,
    first_mb: median(readings.slice(0, AT_END).map(({ mb }) => mb)),
    growth_mb: growth("mb"),
    growth_arrays_mb: growth("arraysMb"),
    growth_30_min_mb: MINUTES >= WHOLE_MIN ? growth("mb") : Number.NaN,
    slope_mb_per_min: slope(readings),
    growth_nodes: growth("nodes"),
    growth_listeners: growth("listeners"),
  };
}

/** The median of the slopes between all pairs: an image that is there for a moment does not count. */
function slope(readings: readonly Reading[]): number {
  const pairs = readings.flatMap((early, i) =>
    readings.slice(i + 1).map((late) => (late.mb - early.mb) / (late.min - early.min)),
  );
  return median(pairs);
}
