/**
 * The clock of what moves on the map: 12 times a second while something moves, else once a second
 * (dots age, shields empty). Never 60: with software rendering a 4K wall has no time for it.
 */
export interface FrameLoop {
  /** Called with the page's monotonic ms and whether anything moved since the last frame. */
  onFrame(draw: (monoMs: number, moved: boolean) => void): () => void;
  /** Something changed: the next frame comes soon. */
  soon(): void;
  stop(): void;
}

const FRAME_MS = 80;
const REST_MS = 1_000;

export function startFrameLoop(step: (monoMs: number) => boolean): FrameLoop {
  const draws = new Set<(monoMs: number, moved: boolean) => void>();
  let request = 0;
  let lastFrame = Number.NEGATIVE_INFINITY;
  let lastDraw = Number.NEGATIVE_INFINITY;
  let wanted = true;

  const tick = (monoMs: number) => {
    request = requestAnimationFrame(tick);
    if (monoMs - lastFrame < FRAME_MS) return;
    lastFrame = monoMs;
    const moved = step(monoMs) || wanted;
    if (!moved && monoMs - lastDraw < REST_MS) return;
    wanted = false;
    lastDraw = monoMs;
    for (const draw of draws) draw(monoMs, moved);
  };
  request = requestAnimationFrame(tick);

  return {
    onFrame(draw) {
      draws.add(draw);
      wanted = true;
      return () => draws.delete(draw);
    },
    soon() {
      wanted = true;
    },
    stop: () => cancelAnimationFrame(request),
  };
}
