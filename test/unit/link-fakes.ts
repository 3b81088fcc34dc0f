import type { Platform } from "../../client/store/platform.ts";
import { createStores, type Stores } from "../../client/store/stores.ts";
import type { Heartbeat, Hello, Patch, PutRecord } from "../../shared/wire/live.ts";
import { WIRE_VERSION } from "../../shared/wire/version.ts";

interface Timer {
  readonly run: () => void;
  readonly everyMs: number | undefined;
  at: number;
}

/** A platform whose time moves only by `pass`. */
export interface FakePlatform extends Platform {
  pass(ms: number): void;
  /** The device sleeps: the wall goes on, the monotonic clock does not. */
  sleep(ms: number): void;
}

/** `life` tells page lives apart: each makes ids of its own. */
export function fakePlatform(life = 0): FakePlatform {
  let mono = 1_000;
  let wall = 1_764_000_000_000;
  let ids = 0;
  const timers = new Set<Timer>();
  const add = (ms: number, run: () => void, everyMs: number | undefined) => {
    const timer = { run, everyMs, at: mono + ms };
    timers.add(timer);
    return () => timers.delete(timer);
  };
  const fire = (timer: Timer) => {
    if (timer.everyMs === undefined) timers.delete(timer);
    else timer.at += timer.everyMs;
    timer.run();
  };
  return {
    wallMs: () => wall,
    monoMs: () => mono,
    random: () => 0.5,
    newId: () => {
      ids += 1;
      return `0193a000-0000-7000-8${String(life).padStart(3, "0")}-${String(ids).padStart(12, "0")}`;
    },
    after: (ms, run) => add(ms, run, undefined),
    every: (ms, run) => add(ms, run, ms),
    pass(ms) {
      const end = mono + ms;
      for (;;) {
        const next = [...timers].filter((t) => t.at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        wall += Math.max(0, next.at - mono);
        mono = Math.max(mono, next.at);
        fire(next);
      }
      wall += end - mono;
      mono = end;
    },
    sleep(ms) {
      wall += ms;
    },
  };
}

export const memoryStorage = () => {
  const held = new Map<string, string>();
  return {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  };
};

export const freshStores = (platform: Platform): Stores => createStores(platform, memoryStorage());

export const hash8 = (seq: number): string => Math.abs(seq).toString(16).padStart(8, "0");

export const put = (id: string, rev: number, type = "operation"): PutRecord => ({
  type,
  id,
  rev,
  dto: { courtId: "C1", name: `${id} r${rev}` },
});

export function patchOf(from: number, to: number, more: Partial<Patch> = {}): Patch {
  return { from, to, hash8: hash8(to), at: 0, put: [], del: [], lines: [], ...more };
}

export function heartbeatOf(from: number, to: number, more: Partial<Heartbeat> = {}): Heartbeat {
  return { from, to, hash8: hash8(to), at: 0, store: "OK", trouble: [], tick: 0, set: 0, ...more };
}

export function helloOf(more: Partial<Hello> = {}): Hello {
  return {
    wire: WIRE_VERSION,
    view: "console:C1",
    seat: "console",
    courtId: "C1",
    courtName: "江岸区法院",
    officerId: "O1",
    roles: ["DUTY_OFFICER"],
    sessionId: "S1",
    deployment: "d1",
    mode: "DEMO",
    at: 0,
    heartbeatMs: 2_000,
    ...more,
  };
}
