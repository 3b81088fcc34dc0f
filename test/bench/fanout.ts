import { type Call, Callers } from "./fanout/calls.ts";
import { consolesOf } from "./fanout/consoles-of.ts";
import { type Fed, Feed } from "./fanout/feed.ts";
import { GOALS, RATES, VIEWS, type View } from "./fanout/goals.ts";
import type { Report } from "./fanout/messages.ts";
import { openRoom, type Room } from "./fanout/room.ts";
import { type Bench, type Figures, type Length, pause, quantile } from "./figures.ts";
import { cpuMsOf, loopCpuMsOf, PIN } from "./pinned.ts";

interface Sizes {
  readonly officers: number;
  readonly consoles: number;
  readonly idle: number;
  /** Whole ticks, so that each round has as many frames as the others. */
  readonly feedMs: number;
  readonly bareMs: number;
  readonly calls: number;
  readonly callsMs: number;
  /** Of the rounds with idle phones beside, which have no verdict. */
  readonly idleRounds: number;
  readonly idleViews: number;
}

const SIZES: Readonly<Record<Length, Sizes>> = {
  FULL: {
    officers: 10_000,
    consoles: 1_000,
    idle: 10_000,
    feedMs: 3_000,
    bareMs: 1_500,
    calls: 7,
    callsMs: 1_500,
    idleRounds: 1,
    idleViews: VIEWS.length,
  },
  SMOKE: {
    officers: 200,
    consoles: 40,
    idle: 60,
    feedMs: 250,
    bareMs: 250,
    calls: 2,
    callsMs: 250,
    idleRounds: 1,
    idleViews: 1,
  },
};
/** What was sent in last has arrived by then, or is late. */
const ARRIVED_AFTER_MS = 600;
/** The limit has written its last frame when it says that it is over. */
const BARE_ARRIVED_AFTER_MS = 300;

export const fanoutBench: Bench = {
  about: `${SIZES.FULL.consoles} consoles, each looking at 10 of 100 courts or at the full picture of ${SIZES.FULL.officers} officers, at ${RATES.join(" and ")} positions a second, without and with ${SIZES.FULL.idle} idle phones connected; per CPU-second of fan-out against a bare \`ws\` server that writes frames built beforehand, in turns. The fan-out's CPU time is the server's, less that of another one beside it at the same time, which has the same consoles (heartbeats, pings) and the same feed, and is the same in all but that it builds and sends no frames; of the loop's thread and V8's helpers, without the workers that store. All three collect their garbage before each round: a major collection comes every few rounds to each of them, and must not decide the one into which it falls`,
  goals: GOALS,
  smoke: true,
  run: async (rounds, length) => {
    PIN.driveFromHere();
    const size = SIZES[length];
    const room = await openRoom(size);
    const callers = await Callers.open(room.ours.port, room.province).catch(async (error) => {
      await room.close();
      throw error;
    });
    try {
      return await allBlocks(new FanoutRounds(room, callers, size), rounds, size);
    } finally {
      callers.close();
      await room.close();
    }
  },
};

async function allBlocks(bench: FanoutRounds, rounds: number, size: Sizes): Promise<Figures[]> {
  const figures: Figures[] = Array.from({ length: rounds }, () => ({}));
  const runBlocks = async (views: readonly View[], count: number, isIdle: boolean) => {
    for (const view of views) {
      const block = await bench.block(view, count, isIdle);
      for (const [i, more] of block.entries()) Object.assign(figures[i] ?? {}, more);
    }
  };
  await runBlocks(VIEWS, rounds, false);
  await bench.openIdle();
  await runBlocks(VIEWS.slice(0, size.idleViews), Math.min(size.idleRounds, rounds), true);
  return figures;
}

/** With fewer officers less moves: an officer who moves twice in a tick counts once. */
const ratesOf = ({ officers }: Sizes): readonly (readonly [nominal: number, rate: number])[] =>
  RATES.map((rate) => [rate, (rate * officers) / SIZES.FULL.officers]);

type Named = (figure: string) => string;

class FanoutRounds {
  private readonly room: Room;
  private readonly callers: Callers;
  private readonly size: Sizes;
  private readonly ours: Feed;
  private readonly twin: Feed;

  constructor(room: Room, callers: Callers, size: Sizes) {
    this.room = room;
    this.callers = callers;
    this.size = size;
    this.ours = new Feed(room.ours, room.province.officers);
    this.twin = new Feed(room.twin, room.province.officers);
  }

  async openIdle(): Promise<void> {
    const { officers } = this.room.province;
    await this.room.openIdle(officers.slice(-this.size.idle).map(({ token }) => token));
  }

  /** All rounds with consoles of one kind, which stay connected. */
  async block(view: View, rounds: number, isIdle: boolean): Promise<Figures[]> {
    const { room } = this;
    const consoles = consolesOf(view, this.size.consoles, room.province);
    await room.open("OURS", consoles);
    await room.open("TWIN", consoles);
    await room.open(
      "LIMIT",
      consoles.map(({ group }) => ({ group })),
    );
    if (!isIdle) await this.warmUp();
    const made: Figures[] = [];
    for (let round = 0; round < rounds; round += 1) {
      let all: Figures = {};
      for (const [nominal, rate] of ratesOf(this.size)) {
        const name = (figure: string) => `${view}_${nominal}_${figure}${isIdle ? "_idle" : ""}`;
        all = { ...all, ...(await this.oneRate(view, rate, name)) };
      }
      made.push(all);
    }
    await room.shut("OURS", "TWIN", "LIMIT");
    return made;
  }

  private async warmUp(): Promise<void> {
    const { bareMs } = this.size;
    for (const [, rate] of ratesOf(this.size)) {
      await Promise.all([
        this.ours.run(rate, bareMs),
        this.twin.run(rate, bareMs),
        this.room.limit.run(rate, bareMs),
      ]);
    }
  }

  /** CPU time of both servers while the work goes on, ms. */
  private async both<T>(work: () => Promise<T>): Promise<Both & { readonly result: T }> {
    const twin = loopCpuMsOf(this.room.twin.pid);
    const ours = await loopCpuMsOf(this.room.ours.pid);
    const before = { ours, twin: await twin };
    const result = await work();
    const after = await loopCpuMsOf(this.room.ours.pid);
    const twinAfter = await loopCpuMsOf(this.room.twin.pid);
    return { result, ours: after - before.ours, twin: twinAfter - before.twin };
  }

  private async oneRate(view: View, rate: number, name: Named): Promise<Figures> {
    const { room, size } = this;
    await room.collect();
    await room.mark("OURS");
    const fed = await this.both(() =>
      arrived(Promise.all([this.ours.run(rate, size.feedMs), this.twin.run(rate, size.feedMs)])),
    );
    const got = await room.report("OURS");
    await room.mark("LIMIT");
    const bareFrom = await loopCpuMsOf(room.limit.pid);
    await arrived(room.limit.run(rate, size.bareMs), BARE_ARRIVED_AFTER_MS);
    const bareMs = (await loopCpuMsOf(room.limit.pid)) - bareFrom;
    const limit = await room.report("LIMIT");
    const fanoutMs = fed.ours - fed.twin;
    return {
      [name("per_cpu_s")]: got.positions / (fanoutMs / 1_000),
      [name("limit_per_cpu_s")]: limit.positions / (bareMs / 1_000),
      [name("us_per_frame")]: (fanoutMs * 1_000) / got.frames,
      [name("limit_us_per_frame")]: (bareMs * 1_000) / limit.frames,
      [name("fanout_cpu_percent")]: (fanoutMs / size.feedMs) * 100,
      [name("server_cpu_percent")]: (fed.ours / (size.feedMs + ARRIVED_AFTER_MS)) * 100,
      [name("on_time_percent")]: (got.onTime / intended(view, fed.result[0], got)) * 100,
      [name("age_p50_ms")]: got.ageP50Ms,
      [name("age_p99_ms")]: got.ageP99Ms,
      ...(view === "full" ? await this.called(rate, name) : {}),
    };
  }

  /** Under the same load: from sending a call to the last of the consoles, which all see it. */
  private async called(rate: number, name: Named): Promise<Figures> {
    const { room, size } = this;
    const { consoles } = size;
    await room.mark("OURS");
    const feed = arrived(this.ours.run(rate, size.callsMs));
    const clientsFrom = await cpuMsOf(room.clientsPid);
    const calls = await this.callers.call(size.calls, size.callsMs);
    await feed;
    const clientsMs = (await cpuMsOf(room.clientsPid)) - clientsFrom;
    const { calls: seen } = await room.report("OURS");
    const lastAt = ({ id }: Call) =>
      seen.find((one) => one.id === id && one.consoles === consoles)?.lastAt ??
      Number.POSITIVE_INFINITY;
    const fromSending = calls.map((call) => lastAt(call) - call.sentAt);
    const fromAnswer = calls.map((call) => lastAt(call) - call.answeredAt);
    return {
      [name("call_p99_ms")]: quantile(fromSending, 0.99),
      [name("call_after_answer_p99_ms")]: quantile(fromAnswer, 0.99),
      // Near a whole core, what is late is late at the clients.
      [name("call_clients_cpu_percent")]: (clientsMs / (size.callsMs + ARRIVED_AFTER_MS)) * 100,
    };
  }
}

interface Both {
  readonly ours: number;
  readonly twin: number;
}

/** Of the consoles that read what they get: what was sent in for them. */
const intended = (view: View, { byGroup, total }: Fed, { sampled }: Report): number =>
  sampled.reduce(
    (sum, consoles, group) => sum + consoles * (view === "full" ? total : (byGroup[group] ?? 0)),
    0,
  );

const arrived = async <T>(work: Promise<T>, afterMs = ARRIVED_AFTER_MS): Promise<T> => {
  const result = await work;
  await pause(afterMs);
  return result;
};
