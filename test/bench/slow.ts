import { readFile } from "node:fs/promises";
import { TICK_MS } from "../../shared/wire/position-frame.ts";
import { Callers } from "./fanout/calls.ts";
import { consolesOf } from "./fanout/consoles-of.ts";
import { Feed } from "./fanout/feed.ts";
import { openRoom, type Room } from "./fanout/room.ts";
import { type Bench, type Figures, type Length, pause, quantile } from "./figures.ts";
import { PIN } from "./pinned.ts";

interface Sizes {
  readonly officers: number;
  readonly consoles: number;
  readonly rate: number;
  readonly beforeMs: number;
  readonly stalledMs: number;
  readonly afterMs: number;
}

const SIZES: Readonly<Record<Length, Sizes>> = {
  FULL: {
    officers: 10_000,
    consoles: 1_000,
    rate: 2_000,
    beforeMs: 15_000,
    stalledMs: 60_000,
    afterMs: 4_000,
  },
  SMOKE: {
    officers: 200,
    consoles: 40,
    rate: 40,
    beforeMs: 1_000,
    stalledMs: 1_000,
    afterMs: 500,
  },
};
const LOOK_EVERY_MS = 250;
const CALL_EVERY_MS = 2_500;
const KB_PER_MB = 1_024;

const HALF = "half of 1,000 consoles stop reading for 60 s" as const;
const SLOW = { id: "PERF-17", better: "LOWER", judged: "FIGURE", minRounds: 1 } as const;

/** All of them look at everything, so that what waits for one who does not read is the most. */
export const slowBench: Bench = {
  about: `${SIZES.FULL.consoles} consoles of the full picture at ${SIZES.FULL.rate} positions a second and a call for help every ${CALL_EVERY_MS / 1_000} s: ${SIZES.FULL.beforeMs / 1_000} s all of them read, then half of them do not for ${SIZES.FULL.stalledMs / 1_000} s. The healthy half's delay is from the building of a frame to its arrival; memory is the most resident in that time above the most before`,
  goals: [
    {
      ...SLOW,
      what: `${HALF}: the healthy ones' p99 grows by`,
      unit: "%",
      floor: 20,
      aim: 10,
      figure: "healthy_p99_growth_percent",
    },
    {
      ...SLOW,
      what: `${HALF}: the server's memory grows by`,
      unit: "MB",
      floor: 64,
      aim: 32,
      figure: "memory_growth_mb",
    },
  ],
  smoke: true,
  mostRounds: 1,
  run: async (rounds, length) => {
    PIN.driveFromHere();
    const size = SIZES[length];
    const room = await openRoom(size);
    try {
      const callers = await Callers.open(room.ours.port, room.province);
      const figures: Figures[] = [];
      for (let round = 0; round < rounds; round += 1)
        figures.push(await oneRound(room, callers, size));
      callers.close();
      return figures;
    } finally {
      await room.close();
    }
  },
};

async function oneRound(room: Room, callers: Callers, size: Sizes): Promise<Figures> {
  const consoles = consolesOf("full", size.consoles, room.province);
  await room.open("OURS", consoles.slice(0, size.consoles / 2));
  await room.open("SLUGGISH", consoles.slice(size.consoles / 2));
  const load = new Load(room, callers, size);
  await load.during(size.beforeMs / 4);
  const before = await load.during(size.beforeMs);
  await room.stall();
  const stalled = await load.during(size.stalledMs);
  await room.wake();
  const after = await load.during(size.afterMs);
  const sluggish = await room.report("SLUGGISH");
  await room.shut("OURS", "SLUGGISH");
  if (stalled.closed > 0) throw new Error(`${stalled.closed} healthy consoles were closed`);
  return {
    healthy_p99_growth_percent: (stalled.frameP99Ms / before.frameP99Ms - 1) * 100,
    memory_growth_mb: stalled.mostMb - before.mostMb,
    before_frame_p50_ms: before.frameP50Ms,
    before_frame_p99_ms: before.frameP99Ms,
    stalled_frame_p50_ms: stalled.frameP50Ms,
    stalled_frame_p99_ms: stalled.frameP99Ms,
    after_frame_p99_ms: after.frameP99Ms,
    before_age_p99_ms: before.ageP99Ms,
    stalled_age_p99_ms: stalled.ageP99Ms,
    before_call_most_ms: before.callMostMs,
    stalled_call_most_ms: stalled.callMostMs,
    before_rss_mb: before.mostMb,
    stalled_rss_mb: stalled.mostMb,
    stalled_frames_percent:
      (stalled.frames / ((size.stalledMs / TICK_MS) * (size.consoles / 2))) * 100,
    sluggish_closed: sluggish.closed,
  };
}

class Load {
  private readonly room: Room;
  private readonly callers: Callers;
  private readonly size: Sizes;
  private readonly feed: Feed;

  constructor(room: Room, callers: Callers, size: Sizes) {
    this.room = room;
    this.callers = callers;
    this.size = size;
    this.feed = new Feed(room.ours, room.province.officers);
  }

  /** What the healthy consoles got, and the most memory that the server had. */
  async during(ms: number) {
    const { room, size } = this;
    await room.mark("OURS");
    let isOver = false;
    let mostMb = 0;
    const looking = (async () => {
      while (!isOver) {
        mostMb = Math.max(mostMb, await residentMb(room.ours.pid));
        await pause(LOOK_EVERY_MS);
      }
    })();
    const [, calls] = await Promise.all([
      this.feed.run(size.rate, ms),
      this.callers.call(Math.max(1, Math.floor(ms / CALL_EVERY_MS)), ms),
    ]);
    isOver = true;
    await looking;
    const report = await room.report("OURS");
    const toTheLast = calls.map(({ id, sentAt }) => {
      const seen = report.calls.find((one) => one.id === id && one.consoles === size.consoles / 2);
      return (seen?.lastAt ?? Number.POSITIVE_INFINITY) - sentAt;
    });
    return { ...report, mostMb, callMostMs: quantile(toTheLast, 1) };
  }
}

async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / KB_PER_MB;
}
