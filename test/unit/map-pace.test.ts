import { describe, expect, test } from "vitest";
import { createBrushChoice } from "../../client/map/brush.ts";
import { startFrameLoop } from "../../client/map/frame-loop.ts";
import { createPace } from "../../client/map/pace.ts";

const VSYNC_MS = 1_000 / 60;

/** A browser whose frames come when the test says. */
function screen() {
  let frame: ((monoMs: number) => void) | undefined;
  let monoMs = 0;
  const animation = {
    request: (wanted: (monoMs: number) => void) => {
      frame = wanted;
      return 1;
    },
    cancel: () => {
      frame = undefined;
    },
  };
  const next = (ms = VSYNC_MS) => {
    monoMs += ms;
    frame?.(monoMs);
    return monoMs;
  };
  return {
    animation,
    next,
    now: () => monoMs,
    isAsleep: () => frame === undefined,
    run(ms: number) {
      const until = monoMs + ms;
      while (monoMs + VSYNC_MS <= until) next();
    },
  };
}

function loopOn({ animation }: ReturnType<typeof screen>, { moving = false, everyMs = 80 } = {}) {
  const state = { moving, everyMs };
  const drawn: number[] = [];
  const costs: number[] = [];
  const frames = startFrameLoop({
    step: () => state.moving,
    everyMs: () => state.everyMs,
    animation,
  });
  frames.onFrame((monoMs) => drawn.push(monoMs));
  frames.onCost((costMs) => costs.push(Math.round(costMs)));
  return { frames, drawn, costs, state };
}

describe("MAP-6 when the map is drawn", () => {
  test("MAP-6 twelve times a second while something moves, once a second at rest", () => {
    const glass = screen();
    const { drawn, state } = loopOn(glass, { moving: true });
    glass.run(2_000);
    expect(drawn.length).toBeGreaterThanOrEqual(23);
    expect(drawn.length).toBeLessThanOrEqual(25);
    state.moving = false;
    drawn.length = 0;
    glass.run(5_000);
    expect(drawn.length).toBeGreaterThanOrEqual(4);
    expect(drawn.length).toBeLessThanOrEqual(5);
  });

  test("MAP-6 positions that arrive are in the very next animation frame", () => {
    const glass = screen();
    const { frames, drawn } = loopOn(glass);
    glass.run(500);
    const last = glass.next();
    drawn.length = 0;
    frames.now();
    glass.next();
    expect(drawn).toEqual([last + VSYNC_MS]);
    frames.now();
    glass.next();
    expect(drawn).toHaveLength(2);
  });

  test("MAP-6 a map under a hand is carried by the browser and drawn twice a second", () => {
    const glass = screen();
    const { frames, drawn } = loopOn(glass, { moving: true });
    glass.run(200);
    drawn.length = 0;
    for (let i = 0; i < 120; i += 1) {
      frames.carried(glass.now());
      frames.now();
      glass.next();
    }
    expect(drawn.length).toBeGreaterThanOrEqual(3);
    expect(drawn.length).toBeLessThanOrEqual(5);
  });

  test("MAP-6 a drag that runs out of the picture has a new one at once, and so has its end", () => {
    const glass = screen();
    const { frames, drawn } = loopOn(glass, { moving: true });
    glass.run(200);
    frames.carried(glass.now());
    drawn.length = 0;
    frames.must();
    glass.next();
    expect(drawn).toHaveLength(1);
    frames.carried(glass.now());
    frames.released();
    frames.now();
    glass.next();
    expect(drawn).toHaveLength(2);
  });

  test("MAP-6 nothing runs on after the map is gone", () => {
    const glass = screen();
    loopOn(glass).frames.stop();
    expect(glass.isAsleep()).toBe(true);
  });
});

describe("MAP-11 what a redraw costs", () => {
  test("MAP-11 the longest of the two frames in which it is felt", () => {
    const glass = screen();
    const { frames, costs } = loopOn(glass);
    glass.run(300);
    costs.length = 0;
    frames.now();
    glass.next();
    glass.next();
    glass.next(50);
    expect(costs).toEqual([50]);
  });

  test("MAP-11 redraws that take longer than the pace are measured too", () => {
    const glass = screen();
    const { costs } = loopOn(glass, { moving: true });
    glass.next(90);
    costs.length = 0;
    for (let i = 0; i < 5; i += 1) glass.next(120);
    expect(costs).toEqual([120, 120, 120, 120, 120]);
  });

  test("MAP-11 a hidden page and a hand on the map say nothing about it", () => {
    const glass = screen();
    const { frames, costs } = loopOn(glass);
    glass.run(300);
    costs.length = 0;
    frames.now();
    glass.next();
    glass.next(60_000);
    expect(costs).toEqual([]);
    glass.run(300);
    costs.length = 0;
    frames.must();
    glass.next();
    frames.carried(glass.now());
    glass.next(90);
    glass.next(90);
    expect(costs).toEqual([]);
  });
});

/** Redraws with that many officers, each with what the brush in use then costs. */
function redraws(
  choice: ReturnType<typeof createBrushChoice>,
  count: number,
  costOf: Readonly<Record<"SPRITES" | "BLIT", number>>,
  { times = 40, fromMs = 0 } = {},
) {
  const used = [];
  for (let i = 0; i < times; i += 1) {
    const brush = choice.pick(count, fromMs + i * 80);
    choice.measured(costOf[brush]);
    used.push(brush);
  }
  return used;
}

describe("MAP-11 pictures or pixels", () => {
  test("MAP-11 until it is measured: pictures for few, pixels for many", () => {
    const choice = createBrushChoice();
    const quick = { SPRITES: 17, BLIT: 17 };
    expect(new Set(redraws(choice, 300, quick))).toEqual(new Set(["SPRITES"]));
    expect(new Set(redraws(choice, 5_000, quick))).toEqual(new Set(["BLIT"]));
  });

  test("MAP-11 where pictures are slow for few as well, pixels are tried and kept", () => {
    const used = redraws(createBrushChoice(), 800, { SPRITES: 120, BLIT: 17 });
    expect(used[0]).toBe("SPRITES");
    expect(new Set(used.slice(8))).toEqual(new Set(["BLIT"]));
  });

  test("MAP-11 with a graphics card pictures are tried for many and kept", () => {
    const used = redraws(createBrushChoice(), 9_000, { SPRITES: 17, BLIT: 60 });
    expect(used[0]).toBe("BLIT");
    expect(new Set(used.slice(8))).toEqual(new Set(["SPRITES"]));
  });

  test("MAP-11 a trial that was worse is over soon and not made again for half a minute", () => {
    const choice = createBrushChoice();
    const costs = { SPRITES: 200, BLIT: 50 };
    const used = redraws(choice, 9_000, costs, { times: 100 });
    const tried = used.filter((brush) => brush === "SPRITES").length;
    expect(tried).toBeGreaterThanOrEqual(4);
    expect(tried).toBeLessThanOrEqual(6);
    expect(used.at(-1)).toBe("BLIT");
    const later = redraws(choice, 9_000, costs, { times: 40, fromMs: 60_000 });
    expect(later).toContain("SPRITES");
    expect(later.at(-1)).toBe("BLIT");
  });

  test("MAP-11 what holds for many is not said of few", () => {
    const choice = createBrushChoice();
    redraws(choice, 900, { SPRITES: 200, BLIT: 17 });
    expect(choice.pick(40, 9_000)).toBe("SPRITES");
  });
});

/** One redraw per turn of the pace, at what it costs. */
function live(pace: ReturnType<typeof createPace>, ms: number, costMs: () => number, fromMs = 0) {
  const levels = [pace.level];
  for (let at = fromMs; at < fromMs + ms; at += Math.max(costMs(), pace.ease.everyMs)) {
    pace.measured(costMs(), at);
    if (levels.at(-1) !== pace.level) levels.push(pace.level);
  }
  return levels;
}

describe("MAP-12 a slow machine", () => {
  test("MAP-12 a machine that keeps up is left at everything", () => {
    const pace = createPace();
    expect(live(pace, 60_000, () => 33)).toEqual([0]);
    expect(pace.ease).toEqual({ everyMs: 80, names: 60, sharpness: 1 });
  });

  test("MAP-12 one slow frame changes nothing", () => {
    const pace = createPace();
    let n = 0;
    expect(live(pace, 60_000, () => (n++ % 10 === 0 ? 400 : 17))).toEqual([0]);
  });

  test("MAP-12 it steps down one at a time, and no further than it must", () => {
    expect(live(createPace(), 60_000, () => 60)).toEqual([0, 1]);
    expect(live(createPace(), 60_000, () => 100)).toEqual([0, 1, 2]);
  });

  test("MAP-12 the last step is coarser dots, whose pixels are a quarter", () => {
    const pace = createPace();
    const levels = live(pace, 60_000, () => 200 * pace.ease.sharpness ** 2 + 10);
    expect(levels).toEqual([0, 1, 2, 3]);
    expect(pace.ease.sharpness).toBe(0.5);
  });

  test("MAP-12 it steps back when there is room again, not to and fro", () => {
    const pace = createPace();
    live(pace, 20_000, () => 200);
    expect(pace.level).toBe(3);
    expect(live(pace, 5_000, () => 17, 20_000)).toEqual([3]);
    expect(live(pace, 60_000, () => 17, 25_000)).toEqual([3, 2, 1, 0]);
    expect(live(pace, 120_000, () => 41, 85_000)).toEqual([0, 1]);
    expect(live(pace, 120_000, () => 33, 205_000)).toEqual([1]);
  });

  test("MAP-12 who shows the map is told of each step", () => {
    const pace = createPace();
    const told: number[] = [];
    const stop = pace.subscribe(() => told.push(pace.level));
    live(pace, 20_000, () => 100);
    stop();
    live(pace, 60_000, () => 17, 20_000);
    expect(told).toEqual([1, 2]);
    expect(pace.level).toBe(0);
  });
});
