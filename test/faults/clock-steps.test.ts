/**
 * A real server on a clock that is set back and forth, killed at random, with calls for help through
 * real sockets: each level is reached in time (TIME-8). `ESCALATIONS` (4; 15 in each piece of the
 * long run): how many calls; each climbs three levels.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoCourts } from "../../server/demo/bootstrap.ts";
import { demoOfficers } from "../../server/demo/province.ts";
import type { ClockDto } from "../../shared/domain/kernel/clock.ts";
import type { NodeTime } from "../../shared/domain/timebase/state.ts";
import type { CommandEnvelope } from "../../shared/wire/command.ts";
import type { Heartbeat, Patch, PutRecord, Snapshot } from "../../shared/wire/live.ts";
import { envelope, isAccepted } from "../support/server/envelope.ts";
import { eventually } from "../support/server/eventually.ts";
import { freePort } from "../support/server/free-port.ts";
import { request, signIn } from "../support/server/http-client.ts";
import { RawClient } from "../support/server/raw-client.ts";
import { readCommands } from "../support/server/read-log.ts";
import {
  type DeviceToken,
  deviceTokens,
  type ServerProcess,
  spawnServer,
} from "../support/server/server-process.ts";
import { saw, timesOf, tried } from "../support/trials.ts";

const CALLS = timesOf("ESCALATIONS", 4);
const MAIN = "test/support/server/clocked-main.ts";
const LEVELS_MS = [15_000, 30_000, 60_000];
const MOST_LATE_MS = 2_000;
/** A call that has not climbed to the end by then never will. */
const MOST_TIME_MS = 70_000;
const STEPS_MS = [-4_000, -2_000, -1_000, 1_000, 2_000, 4_000];
const STEP_EVERY_MS = 3_500;
const KILL_EVERY_MS = { least: 9_000, most: 18_000 };
const CALL_EVERY_MS = 4_000;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const between = ({ least, most }: { least: number; most: number }): number =>
  least + Math.random() * (most - least);
const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;

/** When the server was up, by this process's monotonic clock. */
class UpTime {
  private downs: { readonly from: number; to: number }[] = [];
  down(): void {
    this.downs.push({ from: performance.now(), to: Number.POSITIVE_INFINITY });
  }
  up(): void {
    const last = this.downs.at(-1);
    if (last) last.to = performance.now();
  }
  between(from: number, to: number): number {
    const down = this.downs.reduce(
      (sum, d) => sum + Math.max(0, Math.min(to, d.to) - Math.max(from, d.from)),
      0,
    );
    return to - from - down;
  }
}

interface Call {
  readonly id: string;
  readonly storedAt: number;
  /** Up time from storage to each level, ms, as the parent court's desk saw it. */
  readonly levels: number[];
}

/** A desk of the parent court that comes back whenever the server does. */
class ParentDesk {
  readonly calls = new Map<string, Call>();
  readonly step: {
    held?: NodeTime | undefined;
    /** The last heartbeat said that a step is held; one ever did. */
    isSaid: boolean;
    wasSaid: boolean;
    /** Server time minus this process's monotonic time. */
    aheadMs?: number;
  } = { isSaid: false, wasSaid: false };
  private over = false;
  private socket: RawClient | undefined;
  private readonly upTime: UpTime;

  constructor(upTime: UpTime) {
    this.upTime = upTime;
  }

  async follow(url: string, cookie: string): Promise<void> {
    while (!this.over) {
      this.socket = await RawClient.open(
        url,
        { seat: "console", cookie },
        { onEvent: ({ event, body, at }) => this.take(event, body, at) },
      ).catch(() => undefined);
      this.socket?.emit("resume", null);
      if (this.socket) await this.socket.closed;
      else await wait(50);
    }
  }

  stop(): void {
    this.over = true;
    this.socket?.terminate();
  }

  private take(event: string, body: unknown, at: number): void {
    if (event === "hb") this.beat(body as Heartbeat, at);
    if (event !== "patch" && event !== "snapshot") return;
    for (const put of (body as Patch | Snapshot).put) this.look(put, at);
  }

  private beat({ trouble, at: serverAt }: Heartbeat, at: number): void {
    this.step.isSaid = trouble.includes("CLOCK_HELD");
    this.step.wasSaid ||= this.step.isSaid;
    this.step.aheadMs = serverAt - at;
  }

  private look({ type, id, dto }: PutRecord, at: number): void {
    if (type === "timebase") {
      const nodes = dto.nodes as readonly NodeTime[];
      this.step.held = nodes.find(({ state }) => state === "HELD");
    }
    const call = this.calls.get(id);
    if (type !== "incident" || !call) return;
    const ack = (dto.clocks as readonly ClockDto[]).find(({ name }) => name === "ack");
    for (let level = call.levels.length; level < (ack?.level ?? 0); level += 1)
      call.levels.push(this.upTime.between(call.storedAt, at));
  }
}

describe("a server whose machine's clock is set", () => {
  let dataDir: string;
  let port: number;
  let server: ServerProcess;
  let wallOffMs = 0;
  const upTime = new UpTime();

  const start = async (): Promise<void> => {
    const env = { WALL_OFF_MS: String(wallOffMs) };
    server = await spawnServer({ dataDir, port, env, main: MAIN });
    upTime.up();
  };
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "clock-steps-"));
    port = await freePort();
    await start();
  });
  afterAll(async () => {
    if (server.isRunning()) await server.kill();
    await rm(dataDir, { recursive: true, force: true });
  });

  /** With the same id until the server says that it holds it. */
  const store = async (phone: DeviceToken, command: CommandEnvelope): Promise<number> => {
    for (;;) {
      const socket = await RawClient.open(server.url, { seat: "field", device: phone.token }).catch(
        () => undefined,
      );
      const answer = await socket?.ask("command", command, 3_000);
      socket?.terminate();
      if (isAccepted(answer)) return performance.now();
      await wait(100);
    }
  };

  it(
    `TIME-8 given steps of 1, 2 and 4 s and kill -9 at random, when ${CALLS} calls for help stay unanswered, then each level is reached within ${MOST_LATE_MS} ms of up time, once`,
    async () => {
      const desk = new ParentDesk(upTime);
      void desk.follow(server.url, await signIn(server.url, "wuhan.duty"));
      const highDesk = await signIn(server.url, "gaoyuan.duty");
      const phones = await phonesUnderWuhan(dataDir);
      let over = false;
      let steps = 0;
      let kills = 0;
      const stepping = async (): Promise<void> => {
        while (!over) {
          await wait(STEP_EVERY_MS);
          const ms = pick(STEPS_MS);
          wallOffMs += ms;
          server.order(`step ${ms}`);
          steps += 1;
          if (Math.random() < 0.4) await decide(server.url, highDesk, desk.step.held);
        }
      };
      const killing = async (): Promise<void> => {
        for (;;) {
          await wait(between(KILL_EVERY_MS));
          if (over) return;
          upTime.down();
          await server.kill();
          await wait(Math.random() * 1_500);
          await start();
          kills += 1;
        }
      };
      const calling = async (): Promise<void> => {
        for (let n = 0; n < CALLS; n += 1) {
          const id = `sos-${n}`;
          const phone = phones[n];
          if (!phone) throw new Error("too few phones under Wuhan");
          const call: Call = {
            id,
            levels: [],
            storedAt: await store(phone, envelope("incident.sos", id)),
          };
          desk.calls.set(id, call);
          await wait(CALL_EVERY_MS * Math.random() * 2);
        }
      };
      /** The last call has had the time that its third level may take, or every level is there. */
      const climbing = async (): Promise<void> => {
        await calling();
        const isDone = (call: Call): boolean =>
          call.levels.length === LEVELS_MS.length ||
          upTime.between(call.storedAt, performance.now()) > MOST_TIME_MS;
        while (![...desk.calls.values()].every(isDone)) await wait(200);
        over = true;
      };
      await Promise.all([stepping(), killing(), climbing()]);
      desk.stop();
      const calls = [...desk.calls.values()];
      const lateness = calls.flatMap(({ levels }) =>
        LEVELS_MS.map((ms, i) => (levels[i] ?? Number.POSITIVE_INFINITY) - ms),
      );
      const late = lateness.filter((ms) => ms > MOST_LATE_MS);
      tried("escalations on time: kills and clock steps", lateness.length, late.length);
      if (desk.step.wasSaid) saw("held clock step");
      if (kills > 0) saw("restart during an open SOS");
      const shown = {
        calls: calls.length,
        steps,
        kills,
        latestMs: Math.round(Math.max(...lateness)),
      };
      process.stdout.write(`clock steps: ${JSON.stringify(shown)}\n`);
      expect(calls).toHaveLength(CALLS);
      expect(late).toEqual([]);
      expect(await raisedTwice(dataDir)).toEqual([]);
    },
    120_000 + CALLS * CALL_EVERY_MS * 2,
  );

  it("TIME-5 given a leap of a minute, when the desk that holds the question accepts it, then server time is there and nothing is held", async () => {
    const cookie = await signIn(server.url, "gaoyuan.duty");
    const desk = new ParentDesk(upTime);
    void desk.follow(server.url, cookie);
    const until = (holds: () => boolean) =>
      eventually(() => expect(holds(), JSON.stringify(desk.step)).toBe(true), 8_000);
    await until(() => desk.step.aheadMs !== undefined);
    const before = desk.step.aheadMs ?? 0;
    server.order("step 60000");
    await until(() => desk.step.isSaid && (desk.step.held?.offMs ?? 0) > 40_000);
    expect(await decide(server.url, cookie, desk.step.held, true)).toMatchObject({
      outcome: "ACCEPTED",
    });
    await until(() => !desk.step.isSaid && (desk.step.aheadMs ?? 0) - before > 40_000);
    desk.stop();
  }, 60_000);
});

async function decide(
  url: string,
  cookie: string,
  step: NodeTime | undefined,
  accepts = Math.random() < 0.5,
): Promise<unknown> {
  if (!step) return;
  const { node, offMs } = step;
  const kind = accepts ? "timebase.accept" : "timebase.refuse";
  const command = envelope(kind, "time", { node, offMs });
  // The server may just be down, or the step another one by now.
  const answer = await request(url, "POST", "/api/commands", { cookie }, command).catch(
    () => undefined,
  );
  return answer?.json;
}

/** Field officers of basic courts whose parent is Wuhan: its desk sees their calls at once. */
async function phonesUnderWuhan(dataDir: string): Promise<readonly DeviceToken[]> {
  const courts = await demoCourts();
  const wuhan = courts.find(({ name }) => name === "武汉市中级人民法院")?.id;
  const below = new Set(courts.filter(({ parentId }) => parentId === wuhan).map(({ id }) => id));
  const field = new Set(
    demoOfficers(courts)
      .filter(({ courtId, id }) => below.has(courtId) && /-(police2?|judge|executor)$/.test(id))
      .map(({ id }) => id),
  );
  return (await deviceTokens(dataDir)).filter(({ officerId }) => field.has(officerId));
}

/** Levels of a clock that stand in the log more than once. */
async function raisedTwice(dataDir: string): Promise<string[]> {
  const raised = (await readCommands(dataDir)).flatMap(({ command }) =>
    command.events
      .filter(({ type }) => type === "ClockRaised")
      .map(({ ref, data }) => {
        const { clock, startSeq, level } = data as Record<string, unknown>;
        return `${ref.id} ${clock} ${startSeq} ${level}`;
      }),
  );
  return raised.filter((key, i) => raised.indexOf(key) !== i);
}
