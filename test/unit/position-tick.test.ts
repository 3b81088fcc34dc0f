import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { Fix } from "../../server/app/positions/fix.ts";
import { LastValues } from "../../server/app/positions/last-values.ts";
import { bitsOf } from "../../server/app/positions/officer-bits.ts";
import { OfficerSets } from "../../server/app/positions/officer-sets.ts";
import { SnapshotGate } from "../../server/app/positions/snapshot-gate.ts";
import { TickLoop } from "../../server/app/positions/tick.ts";
import type { TickRate } from "../../server/app/positions/tick-groups.ts";
import {
  decodeFrame,
  framePosition,
  type PositionFrame,
} from "../../shared/wire/position-frame.ts";

const START = 1_795_000_000_000;

class Setup {
  now = START;
  readonly values = new LastValues();
  readonly sent: { view: string; socket: string; bytes: Uint8Array; frame: PositionFrame }[] = [];
  /** Work that waits for a turn of its own. */
  readonly turns: (() => void)[] = [];
  /** Sockets of a view; one of its name unless said. */
  readonly sinksOf = new Map<string, readonly string[]>();
  /** Sockets whose road throws. */
  readonly broken = new Set<string>();
  readonly failures: unknown[] = [];
  /** What each look at the clock of turns costs: 0 leaves all work in one turn. */
  msPerLook = 0;
  turnMs = 4;
  private monoMs = 0;
  readonly timers: { delayMs: number; run: () => void }[] = [];
  readonly loop = new TickLoop({
    values: this.values,
    clock: { now: () => this.now },
    scheduler: {
      after: (delayMs, run) => {
        const timer = { delayMs, run };
        this.timers.push(timer);
        return () => this.timers.splice(this.timers.indexOf(timer), 1);
      },
    },
    turns: {
      next: (run) => this.turns.push(run),
      monoMs: () => this.monoMs++ * this.msPerLook,
      turnMs: () => this.turnMs,
    },
    sinks: (view) =>
      (this.sinksOf.get(view) ?? [view]).map((socket) => ({
        take: (bytes) => {
          if (this.broken.has(socket)) throw new Error(`${socket} is broken`);
          this.sent.push({ view, socket, bytes, frame: read(bytes) });
        },
        mend: () => undefined,
      })),
    stale: () => [],
    failed: (error) => this.failures.push(error),
  });

  move(trackIndex: number, lat = 30, deviceAt = this.now): void {
    const fix: Fix = {
      officerId: `o${trackIndex}`,
      deviceId: `d${trackIndex}`,
      trackIndex,
      deviceAt,
      receivedAt: this.now,
      lat,
      lng: 114,
      source: "SOCKET",
      mock: false,
    };
    this.values.put(fix);
    this.loop.changed(trackIndex);
  }

  view(key: string, officers: number[], rate: TickRate = "FAST"): void {
    this.loop.setView(key, bitsOf(officers), rate);
  }

  /** Lets ticks pass; returns what was sent meanwhile, as view: officers. */
  ticks(n = 1): [string, number[]][] {
    const from = this.sent.length;
    for (let i = 0; i < n; i++) {
      this.now += 250;
      this.loop.fire();
    }
    return this.sent.slice(from).map(({ view, frame }) => [view, [...frame.trackIndex]]);
  }

  /** Lets all work be done that waits. */
  toEnd(): void {
    while (this.turns.length > 0) this.turns.shift()?.();
  }

  last(view: string): PositionFrame | undefined {
    return this.sent.findLast((one) => one.view === view)?.frame;
  }
}

function read(bytes: Uint8Array): PositionFrame {
  const result = decodeFrame(bytes);
  if (!result.ok) throw new Error(result.refusal);
  return result.value;
}

let s: Setup;
beforeEach(() => {
  s = new Setup();
  s.loop.fire();
});

describe("tick loop", () => {
  it("POS-20 sends a view what changed among its officers, and nothing when nothing did", () => {
    s.view("a", [1, 2, 40]);
    s.move(1);
    s.move(40);
    s.move(3);
    expect(s.ticks()).toEqual([["a", [1, 40]]]);
    expect(s.ticks()).toEqual([]);
    s.move(2);
    expect(s.ticks()).toEqual([["a", [2]]]);
  });

  it("POS-21 shares id and bytes among views with equal officers, and only among them", () => {
    s.view("a", [1, 2]);
    s.view("b", [2, 1]);
    s.view("c", [1, 2, 3]);
    s.move(1);
    s.ticks();
    const [a, b, c] = ["a", "b", "c"].map((view) => s.sent.find((one) => one.view === view));
    expect(a?.bytes).toBe(b?.bytes);
    expect(c?.bytes).not.toBe(a?.bytes);
    expect(c?.frame.set).not.toBe(a?.frame.set);
  });

  it("POS-22 says in each frame which one it follows", () => {
    s.view("a", [1]);
    s.move(1);
    s.ticks();
    s.ticks(3);
    s.move(1);
    s.ticks();
    const [first, second] = s.sent.map(({ frame }) => frame);
    expect(first?.tick).toBe((START + 250) / 250);
    expect(second).toMatchObject({ prevTick: first?.tick, tick: (first?.tick ?? 0) + 4 });
    expect(s.loop.mark("a")).toEqual({ set: second?.set, tick: second?.tick });
  });

  it("POS-23 brings the last value of an added officer in the next frame", () => {
    s.move(5);
    s.ticks(4);
    s.view("a", [1]);
    s.view("a", [1, 5, 6]);
    expect(s.ticks()).toEqual([["a", [5]]]);
    expect(s.ticks()).toEqual([]);
  });

  it("POS-23 keeps what is owed when the view changes twice before a frame", () => {
    s.move(5);
    s.ticks();
    s.view("a", [1]);
    s.view("a", [1, 5]);
    s.view("a", [1, 5, 9]);
    expect(s.ticks()).toEqual([["a", [5]]]);
  });

  it("POS-23 sends nothing of an officer who was taken out", () => {
    s.view("a", [1, 2]);
    s.view("a", [1]);
    s.move(2);
    expect(s.ticks()).toEqual([]);
  });

  it("POS-22 follows for a view that joins officers whose set is further on", () => {
    s.view("a", [1]);
    s.view("b", [1, 2]);
    s.move(1);
    s.ticks();
    const held = s.last("a")?.tick ?? 0;
    s.move(2);
    s.ticks();
    s.view("a", [1, 2]);
    s.move(1);
    s.ticks();
    expect(s.last("a")?.prevTick).toBeLessThanOrEqual(held);
    expect(s.last("a")?.trackIndex).toEqual(Uint32Array.of(1, 2));
  });

  it("POS-24 sends calm and slow views a frame each second and every two", () => {
    s.now = START;
    s.view("fast", [1]);
    s.view("calm", [1], "CALM");
    s.view("slow", [1], "SLOW");
    const views = Array.from({ length: 8 }, () => {
      s.move(1);
      return s.ticks().map(([view]) => view);
    }).flat();
    const count = (view: string) => views.filter((v) => v === view).length;
    expect([count("fast"), count("calm"), count("slow")]).toEqual([8, 2, 1]);
  });

  it("POS-24 loses no change when a view becomes faster or slower", () => {
    for (const [from, to] of [
      ["SLOW", "FAST"],
      ["FAST", "SLOW"],
    ] as const) {
      const t = new Setup();
      t.view("a", [1], from);
      t.ticks(8);
      t.move(1);
      t.ticks();
      if (from === "FAST") t.move(1, 31);
      t.view("a", [1], to);
      t.ticks(8);
      expect(t.last("a")?.lat[0]).toBe(from === "FAST" ? 31 : 30);
    }
  });

  it("POS-25 gives a snapshot of everything the view may see, shared within the tick", () => {
    s.view("a", [1, 2, 3]);
    s.view("b", [1, 2, 3]);
    s.move(1);
    s.move(3);
    s.move(7);
    s.ticks();
    const bytes = s.loop.snapshot("a");
    expect(s.loop.snapshot("b")).toBe(bytes);
    const frame = read(bytes ?? new Uint8Array());
    expect(frame).toMatchObject({ kind: "SNAPSHOT", prevTick: 0, tick: s.now / 250, count: 2 });
    expect([...frame.trackIndex]).toEqual([1, 3]);
    s.ticks();
    expect(s.loop.snapshot("b")).not.toBe(bytes);
    expect(s.loop.snapshot("unknown")).toBeUndefined();
  });

  it("POS-25 forgets an officer who went off duty, in frames and snapshots", () => {
    s.view("a", [1]);
    s.move(1);
    s.values.forget(1);
    expect(s.ticks()).toEqual([]);
    expect(read(s.loop.snapshot("a") ?? new Uint8Array()).count).toBe(0);
  });

  it("POS-26 counts the age from the device's time to the frame's", () => {
    s.view("a", [1, 2]);
    s.move(1, 30, s.now - 7_000);
    s.move(2, 30, s.now - 999_000);
    s.ticks();
    expect([...(s.last("a")?.ageS ?? [])]).toEqual([7, 255]);
  });

  it("POS-27 runs at the boundaries of ticks, by the scheduler alone, until stopped", () => {
    s.now = START + 60;
    s.loop.start();
    expect(s.timers.map((t) => t.delayMs)).toEqual([190]);
    s.view("a", [1]);
    s.move(1);
    s.now = START + 251;
    s.timers.shift()?.run();
    expect(s.sent).toHaveLength(1);
    expect(s.timers.map((t) => t.delayMs)).toEqual([249]);
    s.loop.stop();
    expect(s.timers).toEqual([]);
  });

  it("POS-27 fires once per tick, and catches up with one frame after a pause", () => {
    s.view("a", [1]);
    s.move(1);
    s.ticks();
    s.move(1);
    s.loop.fire();
    expect(s.sent).toHaveLength(1);
    s.now += 2_000;
    s.loop.fire();
    expect(s.sent).toHaveLength(2);
  });

  it("POS-31 given a thousand sockets of one view, when a tick is written, then no turn writes for longer than its few ms and every socket gets the same frame", () => {
    s.msPerLook = 1;
    const sockets = Array.from({ length: 1_000 }, (_, n) => `s${n}`);
    s.sinksOf.set("a", sockets);
    s.view("a", [1]);
    s.move(1);
    s.ticks();
    const perTurn = [s.sent.length];
    while (s.turns.length > 0) {
      const before = s.sent.length;
      s.turns.shift()?.();
      perTurn.push(s.sent.length - before);
    }
    expect(Math.max(...perTurn)).toBeLessThanOrEqual(4);
    expect(s.sent.map(({ socket }) => socket)).toEqual(sockets);
    expect(new Set(s.sent.map(({ bytes }) => bytes)).size).toBe(1);
  });

  it("POS-31 takes less of a turn while events wait", () => {
    s.msPerLook = 1;
    s.sinksOf.set("a", ["s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8"]);
    s.view("a", [1]);
    s.move(1);
    s.ticks();
    const before = s.sent.length;
    s.turnMs = 1;
    s.turns.shift()?.();
    expect(s.sent.length - before).toBe(1);
    s.turnMs = 4;
    s.turns.shift()?.();
    expect(s.sent.length - before).toBe(5);
  });

  it("POS-32 given a tick that is still being written when the next is due, when it is done, then one frame with the newest of both follows at once, to everybody", () => {
    s.msPerLook = 1;
    const sockets = Array.from({ length: 10 }, (_, n) => `s${n}`);
    s.sinksOf.set("a", sockets);
    s.view("a", [1, 2]);
    s.move(1);
    s.ticks();
    s.move(1, 31);
    s.ticks();
    s.move(1, 32);
    s.move(2, 33);
    s.ticks();
    expect(s.sent.length).toBeLessThan(10);
    while (s.turns.length > 0) s.turns.shift()?.();
    expect(s.sent).toHaveLength(20);
    const [first, second] = [s.sent.slice(0, 10), s.sent.slice(10)];
    expect(new Set(first.map(({ frame }) => frame.tick))).toEqual(new Set([START / 250 + 1]));
    expect(second.map(({ socket }) => socket)).toEqual(sockets);
    expect(second[0]?.frame).toMatchObject({ prevTick: START / 250 + 1, tick: START / 250 + 3 });
    expect([...(second[0]?.frame.lat ?? [])]).toEqual([32, 33]);
  });

  it("POS-35 given a socket whose road throws, when ticks are written, then everybody else gets each of them and it is said", () => {
    s.sinksOf.set("a", ["s1", "s2", "s3"]);
    s.broken.add("s2");
    s.view("a", [1]);
    for (const lat of [31, 32]) {
      s.move(1, lat);
      s.ticks();
    }
    expect(s.sent.map(({ socket, frame }) => [socket, frame.lat[0]])).toEqual([
      ["s1", 31],
      ["s3", 31],
      ["s1", 32],
      ["s3", 32],
    ]);
    expect(s.failures.map(String)).toEqual(["Error: s2 is broken", "Error: s2 is broken"]);
  });

  it("POS-28 leaves every view with the truth, whatever moves, joins, changes and goes", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 60, size: "max" }), (steps) => {
        const t = new Setup();
        // Each frame built and each socket written to is a turn of its own.
        t.msPerLook = 4;
        const screens = new Map<string, Screen>();
        for (const one of steps) {
          play(one, t, screens);
          deliver(t, screens);
        }
        t.toEnd();
        t.ticks(8);
        t.toEnd();
        t.ticks(8);
        t.toEnd();
        deliver(t, screens);
        for (const [key, screen] of screens) {
          const truth = screen.officers
            .filter((i) => t.values.has(i))
            .map((i) => [i, t.values.previous(i)?.lat]);
          expect(screen.shown()).toEqual(truth);
          expect(screen.lost).toBe(0);
          expect(screen.foreign).toBe(0);
          expect(t.loop.mark(key)?.tick).toBeLessThanOrEqual(screen.tick);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

/** Few, so that views come to share their sets; on both sides of the borders of words. */
const officer = fc.constantFrom(0, 31, 32, 64);
const key = fc.constantFrom("a", "b", "c");
const step = fc.oneof(
  fc.record({ do: fc.constant("move" as const), officer, lat: fc.integer({ min: 1, max: 80 }) }),
  fc.record({ do: fc.constant("tick" as const) }),
  fc.record({ do: fc.constant("turn" as const) }),
  fc.record({
    do: fc.constant("view" as const),
    key,
    officers: fc.subarray([0, 31, 32, 64]),
    rate: fc.constantFrom("FAST" as const, "CALM" as const, "SLOW" as const),
  }),
  fc.record({ do: fc.constant("leave" as const), key }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function play(one: Step, t: Setup, screens: Map<string, Screen>): void {
  switch (one.do) {
    case "move":
      t.move(one.officer, one.lat);
      return;
    case "tick":
      t.ticks();
      return;
    case "turn":
      t.turns.shift()?.();
      return;
    case "leave":
      t.loop.removeView(one.key);
      screens.delete(one.key);
      return;
    case "view": {
      t.view(one.key, one.officers, one.rate);
      const held = screens.get(one.key);
      const screen = held ?? new Screen();
      screen.officers = one.officers;
      if (!held) screen.take(read(t.loop.snapshot(one.key) ?? new Uint8Array()));
      screens.set(one.key, screen);
    }
  }
}

function deliver(t: Setup, screens: Map<string, Screen>): void {
  for (const { view, frame } of t.sent.splice(0)) screens.get(view)?.take(frame);
}

/** A client: applies what follows, counts what does not. */
class Screen {
  officers: number[] = [];
  tick = -1;
  lost = 0;
  /** Positions of officers whom the view may not see. */
  foreign = 0;
  readonly #lats = new Map<number, number>();

  take(frame: PositionFrame): void {
    if (frame.kind === "DELTA" && frame.prevTick > this.tick) this.lost++;
    // A snapshot may overtake a frame that is being written.
    this.tick = Math.max(this.tick, frame.tick);
    for (let i = 0; i < frame.count; i++) {
      const { trackIndex, lat } = framePosition(frame, i);
      this.#lats.set(trackIndex, lat);
      if (!this.officers.includes(trackIndex)) this.foreign++;
    }
  }

  shown(): [number, number | undefined][] {
    return this.officers.filter((i) => this.#lats.has(i)).map((i) => [i, this.#lats.get(i)]);
  }
}

describe("officer sets", () => {
  it("POS-21 changes the id when the bits change, and gives equal bits the same id for ever", () => {
    const sets = new OfficerSets();
    const first = sets.assign("a", bitsOf([1, 33])).set.id;
    const second = sets.assign("a", bitsOf([1, 34])).set.id;
    expect(second).not.toBe(first);
    expect(sets.assign("a", bitsOf([33, 1])).set.id).toBe(first);
    expect(new OfficerSets().assign("z", bitsOf([1, 33])).set.id).toBe(first);
    expect(sets.count).toBe(1);
    sets.remove("a");
    expect(sets.count).toBe(0);
  });

  it("POS-21 keeps different sets apart even where their hashes meet", () => {
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(fc.nat(5_000)), { maxLength: 40 }), (lists) => {
        const sets = new OfficerSets();
        const ids = new Map(
          lists.map((list, i) => [bitsOf(list).join(), sets.assign(`${i}`, bitsOf(list)).set.id]),
        );
        expect(new Set(ids.values()).size).toBe(ids.size);
      }),
    );
  });
});

describe("last values", () => {
  it("POS-19 doubles its columns and keeps what they hold", () => {
    s.move(3, 31);
    s.move(5_000, 32);
    expect(s.values.capacity).toBe(8_192);
    expect([s.values.previous(3)?.lat, s.values.previous(5_000)?.lat]).toEqual([31, 32]);
    expect(s.values.previous(4)).toBeUndefined();
    expect(s.values.previous(99_999)).toBeUndefined();
  });
});

describe("snapshot gate", () => {
  it("POS-29 admits one snapshot per socket and 5 s, and only when nothing waits", () => {
    let now = 0;
    const gate = new SnapshotGate({ now: () => now });
    const answers = [
      gate.admit("a", false),
      gate.admit("a", true),
      gate.admit("a", true),
      gate.admit("b", true),
    ];
    expect(answers).toEqual([false, true, false, true]);
    now = 5_000;
    expect(gate.admit("a", true)).toBe(true);
    gate.forget("a");
    expect(gate.admit("a", true)).toBe(true);
  });
});
