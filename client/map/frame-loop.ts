/**
 * The clock of what moves on the map: as often as the pace says while something moves, else once a
 * second (dots age, shields empty); at once when positions arrive. Never 60 times: with software
 * rendering a 4K wall has no time for it.
 */
export interface FrameLoop {
  /** Called with the page's monotonic ms and whether anything moved since the last frame. */
  onFrame(draw: (monoMs: number, moved: boolean) => void): () => void;
  /** Told after each drawn frame what it cost, ms. */
  onCost(told: (costMs: number, monoMs: number) => void): () => void;
  /** Something changed: the next frame comes soon. */
  soon(): void;
  /** Something came that nobody should wait for: it is in the next animation frame. */
  now(): void;
  /** As `now`, even while the map is carried: the picture has to be put elsewhere. */
  must(): void;
  /** The map is on the move under a hand or in flight: the browser moves the picture meanwhile. */
  carried(monoMs: number): void;
  /** It has arrived. */
  released(): void;
  stop(): void;
}

interface FrameLoopOptions {
  /** Brings everything to this moment; true when anything looks different. */
  readonly step: (monoMs: number) => boolean;
  /** ms between two frames while something moves. */
  readonly everyMs: () => number;
  /** The browser's, unless a test has its own. */
  readonly animation?: Animation;
}

export interface Animation {
  request(frame: (monoMs: number) => void): number;
  cancel(request: number): void;
}

const REST_MS = 1_000;
/** Of a map that is carried: often enough for who drives, seldom enough for the hand. */
const CARRIED_EVERY_MS = 500;
const CARRIED_FOR_MS = 150;
/** The browser draws in a line: what a frame costs may be felt only in the one after the next. */
const FELT_WITHIN = 2;
/** A page that nobody sees has no frames. */
const LONGEST_COST_MS = 1_000;

export function startFrameLoop({
  step,
  everyMs,
  animation = ofBrowser,
}: FrameLoopOptions): FrameLoop {
  const draws = new Set<(monoMs: number, moved: boolean) => void>();
  const costs = startCosts();
  let request = 0;
  let lastFrame = Number.NEGATIVE_INFINITY;
  let lastDraw = Number.NEGATIVE_INFINITY;
  let lastCarried = Number.NEGATIVE_INFINITY;
  let wanted = true;
  let atOnce = false;
  let forced = false;

  const isCarried = (monoMs: number) => monoMs - lastCarried < CARRIED_FOR_MS;
  const isDue = (monoMs: number): boolean => {
    const since = monoMs - lastFrame;
    if (forced) return true;
    if (isCarried(monoMs)) return since >= CARRIED_EVERY_MS;
    return atOnce || since >= everyMs();
  };
  const tick = (monoMs: number) => {
    request = animation.request(tick);
    // A hand on the map costs frames as well: they say nothing about the redraw.
    costs.frame(monoMs, isCarried(monoMs));
    if (!isDue(monoMs)) return;
    lastFrame = monoMs;
    const moved = step(monoMs) || wanted || atOnce || forced;
    if (!moved && monoMs - lastDraw < REST_MS) return;
    wanted = false;
    atOnce = false;
    forced = false;
    lastDraw = monoMs;
    for (const draw of draws) draw(monoMs, moved);
    costs.drawn();
  };
  request = animation.request(tick);

  return {
    onFrame(draw) {
      draws.add(draw);
      wanted = true;
      return () => draws.delete(draw);
    },
    onCost: costs.onCost,
    soon() {
      wanted = true;
    },
    now() {
      atOnce = true;
    },
    must() {
      forced = true;
    },
    carried(monoMs) {
      lastCarried = monoMs;
    },
    released() {
      lastCarried = Number.NEGATIVE_INFINITY;
    },
    stop: () => animation.cancel(request),
  };
}

const ofBrowser: Animation = {
  request: (frame) => requestAnimationFrame(frame),
  cancel: (request) => cancelAnimationFrame(request),
};

/** The longest of the intervals in which a drawn frame is felt. */
function startCosts() {
  const listeners = new Set<(costMs: number, monoMs: number) => void>();
  let last = 0;
  let left = 0;
  let longest = 0;
  const tell = () => {
    if (longest > LONGEST_COST_MS) return;
    for (const told of listeners) told(longest, last);
  };
  return {
    onCost(told: (costMs: number, monoMs: number) => void) {
      listeners.add(told);
      return () => listeners.delete(told);
    },
    drawn() {
      // Frames that follow each other: each is felt in the next one.
      if (left > 0) tell();
      left = FELT_WITHIN;
      longest = 0;
    },
    frame(monoMs: number, isVoid: boolean) {
      longest = Math.max(longest, monoMs - last);
      last = monoMs;
      if (isVoid) left = 0;
      if (left === 0) return;
      left -= 1;
      if (left === 0) tell();
    },
  };
}
