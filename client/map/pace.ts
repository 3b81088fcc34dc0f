/** How much the map asks of the machine. */
export interface Ease {
  /** ms between two redraws of what moves. */
  readonly everyMs: number;
  /** More names than this are not drawn. */
  readonly names: number;
  /** Share of the screen's own pixels along each side of the officers' picture. */
  readonly sharpness: number;
}

/** From all to least. Marks in the DOM, alarms first, are the same at each. */
const EASES: readonly [Ease, ...Ease[]] = [
  { everyMs: 80, names: 60, sharpness: 1 },
  { everyMs: 125, names: 60, sharpness: 1 },
  { everyMs: 250, names: 20, sharpness: 1 },
  { everyMs: 250, names: 20, sharpness: 0.5 },
];

/** Watches what redraws cost and asks less of a slow machine, one step at a time (MAP-12). */
export interface Pace {
  readonly ease: Ease;
  /** 0 = nothing is left out. */
  readonly level: number;
  /** What one redraw cost, ms. */
  measured(costMs: number, monoMs: number): void;
  subscribe(listener: () => void): () => void;
}

/** Half of the time for the map is too much: people, and the rest of the page, need the other half. */
const MOST_SHARE = 0.5;
/** The step back must leave some room, or it would be taken to and fro. */
const ROOM_SHARE = 0.35;
/** One slow frame says nothing. */
const SAMPLES = 9;
const BACK_AFTER_MS = 10_000;

export function createPace(): Pace {
  const listeners = new Set<() => void>();
  const costs: number[] = [];
  let level = 0;
  /** When there was last no room for the step back. */
  let tightAt = 0;
  const easeAt = (at: number): Ease => EASES[at] ?? EASES[0];
  const go = (to: number, monoMs: number) => {
    level = to;
    tightAt = monoMs;
    costs.length = 0;
    for (const listener of listeners) listener();
  };
  /** Share of all time at that level, as far as the cost goes with the pixels. */
  const shareAt = (at: number, costMs: number): number => {
    const pixels = (easeAt(at).sharpness / easeAt(level).sharpness) ** 2;
    return (costMs * pixels) / easeAt(at).everyMs;
  };
  const isTooMuch = (costMs: number) =>
    level < EASES.length - 1 && shareAt(level, costMs) > MOST_SHARE;
  const hasRoom = (costMs: number, monoMs: number) => {
    if (level === 0 || shareAt(level - 1, costMs) >= ROOM_SHARE) tightAt = monoMs;
    return monoMs - tightAt >= BACK_AFTER_MS;
  };
  return {
    get ease() {
      return easeAt(level);
    },
    get level() {
      return level;
    },
    measured(costMs, monoMs) {
      costs.push(costMs);
      if (costs.length > SAMPLES) costs.shift();
      if (costs.length < SAMPLES) return;
      const middle = costs.toSorted((a, b) => a - b)[SAMPLES >> 1] ?? 0;
      if (isTooMuch(middle)) go(level + 1, monoMs);
      else if (hasRoom(middle, monoMs)) go(level - 1, monoMs);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
