/**
 * What the bench brings into a page before the page's own scripts; the program knows nothing of it.
 * `watchPage` is sent to the browser as text: it must need nothing from outside itself.
 */

/** A marked place on the officers' canvas, in its own pixels. */
export interface Watched {
  readonly who: number;
  readonly side: 0 | 1;
  readonly x: number;
  readonly y: number;
}

/** A marked officer was first seen there. */
export interface Seen {
  readonly who: number;
  readonly side: 0 | 1;
  /** The redraw was done. Milliseconds that all processes of the machine share. */
  readonly drawnAt: number;
  /** The browser began the frame after it: it has taken the picture over. */
  readonly shownAt: number;
}

export interface PageWatch {
  intervals: number[];
  redraws: number;
  watched: Watched[];
  seen: Seen[];
}

export type WatchedWindow = typeof globalThis & { benchWatch: PageWatch };

export function watchPage(): void {
  const watch: PageWatch = { intervals: [], redraws: 0, watched: [], seen: [] };
  (globalThis as WatchedWindow).benchWatch = watch;
  const now = () => performance.timeOrigin + performance.now();
  let waiting: { who: number; side: 0 | 1; drawnAt: number }[] = [];
  let last = 0;
  const frame = (at: number) => {
    requestAnimationFrame(frame);
    if (last > 0) watch.intervals.push(at - last);
    last = at;
    for (const seen of waiting) watch.seen.push({ ...seen, shownAt: now() });
    waiting = [];
  };
  requestAnimationFrame(frame);

  const isInked = (data: Uint8ClampedArray) => {
    for (let i = 3; i < data.length; i += 4) if ((data[i] ?? 0) > 0) return true;
    return false;
  };
  const held = new Map<number, number>();
  const look = (ctx: CanvasRenderingContext2D) => {
    const drawnAt = now();
    watch.redraws += 1;
    for (const { who, side, x, y } of watch.watched) {
      if (held.get(who) === side) continue;
      if (!isInked(ctx.getImageData(x - 1, y - 1, 3, 3).data)) continue;
      held.set(who, side);
      waiting.push({ who, side, drawnAt });
    }
  };

  // A redraw of the officers begins with a cleared canvas and is over when its callback is.
  const looking = new WeakSet<CanvasRenderingContext2D>();
  const clear = CanvasRenderingContext2D.prototype.clearRect;
  CanvasRenderingContext2D.prototype.clearRect = function (x, y, w, h) {
    clear.call(this, x, y, w, h);
    if (looking.has(this) || !this.canvas.closest(".leaflet-officers-pane")) return;
    looking.add(this);
    queueMicrotask(() => {
      looking.delete(this);
      look(this);
    });
  };
}
