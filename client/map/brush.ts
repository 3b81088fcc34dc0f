/** How single officers get on the canvas: pictures drawn by the browser, or pixels copied by us. */
export type Brush = "SPRITES" | "BLIT";

/** Chooses by what redraws with about that many officers were measured to cost (MAP-11). */
export interface BrushChoice {
  pick(count: number, monoMs: number): Brush;
  /** What the last redraw cost, ms. */
  measured(costMs: number): void;
}

/** Until it was measured: without a GPU `drawImage` takes 2 ms for 1,000 and 53 ms for 5,000. */
const SPRITES_UP_TO = 1_024;
/** Above it the other one gets a trial; two frames of most screens. */
const SLOW_MS = 34;
const SAMPLES = 4;
/** The other one must be clearly better, or the choice would waver. */
const BETTER = 0.8;
const TRY_AGAIN_AFTER_MS = 30_000;
const WEIGHT = 0.3;

interface Measured {
  costMs: number;
  samples: number;
  /** When it was last put aside. */
  asideAt: number;
}

export function createBrushChoice(): BrushChoice {
  const classes = new Map<number, Record<Brush, Measured> & { now: Brush }>();
  let last: Measured | undefined;
  const classOf = (count: number) => {
    const key = Math.ceil(Math.log2(Math.max(1, count)));
    let found = classes.get(key);
    if (!found) {
      const now = 2 ** key > SPRITES_UP_TO ? "BLIT" : "SPRITES";
      found = { now, SPRITES: unmeasured(), BLIT: unmeasured() };
      classes.set(key, found);
    }
    return found;
  };
  return {
    pick(count, monoMs) {
      const known = classOf(count);
      const other: Brush = known.now === "BLIT" ? "SPRITES" : "BLIT";
      const used = known[known.now];
      if (used.samples >= SAMPLES && isWorthChanging(used, known[other], monoMs)) {
        used.asideAt = monoMs;
        known[other].samples = 0;
        known.now = other;
      }
      last = known[known.now];
      return known.now;
    },
    measured(costMs) {
      if (!last) return;
      last.costMs = last.samples === 0 ? costMs : last.costMs + WEIGHT * (costMs - last.costMs);
      last.samples += 1;
    },
  };
}

const unmeasured = (): Measured => ({
  costMs: 0,
  samples: 0,
  asideAt: Number.NEGATIVE_INFINITY,
});

function isWorthChanging(used: Measured, other: Measured, monoMs: number): boolean {
  if (other.asideAt === Number.NEGATIVE_INFINITY) return used.costMs > SLOW_MS;
  // The trial of this one is over and the one before was better.
  if (other.costMs < used.costMs * BETTER) return true;
  return used.costMs > SLOW_MS && monoMs - other.asideAt > TRY_AGAIN_AFTER_MS;
}
