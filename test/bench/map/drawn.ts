import type { Page } from "playwright-core";
import { pause, quantile } from "../figures.ts";
import type { Seen } from "./in-page.ts";
import type { MapRoom } from "./room.ts";
import { gathered, watchMarked } from "./screen.ts";
import { MOST_MARKED, type Walkers } from "./walkers.ts";

/** From a fix's being taken in by the server to its being on the glass. */
export interface Drawn {
  readonly marks: number;
  /** Never seen. */
  readonly lost: number;
  /** To the end of the redraw. */
  readonly drawnP50Ms: number;
  readonly drawnP99Ms: number;
  /** To the browser's having taken that redraw over: the frame after it begins. */
  readonly shownP99Ms: number;
}

interface Mark {
  readonly who: number;
  readonly side: 0 | 1;
  acceptedAt: number;
}

/** One of the marked moves this often, at uneven times: nobody moves in step with the ticks. */
const EVERY_MS = 61;
/** Seen by then or lost. */
const SEEN_WITHIN_MS = 900;

export async function drawn(
  page: Page,
  room: MapRoom,
  walkers: Walkers,
  ms: number,
): Promise<Drawn> {
  await watchMarked(page, room);
  // All of them are seen where they stand.
  for (let who = 0; who < MOST_MARKED; who += 1) walkers.send(who, 0);
  await pause(SEEN_WITHIN_MS);
  await gathered(page);
  const marks: Mark[] = [];
  const stop = room.onAccepted(({ mark, at }) => {
    const known = marks[mark - 1];
    if (known) known.acceptedAt = at;
  });
  const until = performance.now() + ms;
  while (performance.now() < until) {
    const who = marks.length % MOST_MARKED;
    const side = Math.floor(marks.length / MOST_MARKED) % 2 === 0 ? 1 : 0;
    marks.push({ who, side, acceptedAt: Number.NaN });
    walkers.send(who, side, marks.length);
    await pause(EVERY_MS + Math.random() * 10);
  }
  await pause(SEEN_WITHIN_MS);
  stop();
  const { seen } = await gathered(page);
  return figuresOf(marks, seen);
}

function figuresOf(marks: readonly Mark[], seen: readonly Seen[]): Drawn {
  const each = marks.map(({ who, side, acceptedAt }) => {
    const first = seen.find(
      (one) => one.who === who && one.side === side && one.drawnAt >= acceptedAt,
    );
    const never = Number.POSITIVE_INFINITY;
    const isLate = !first || first.drawnAt - acceptedAt > SEEN_WITHIN_MS;
    return isLate
      ? { drawnMs: never, shownMs: never }
      : { drawnMs: first.drawnAt - acceptedAt, shownMs: first.shownAt - acceptedAt };
  });
  const drawnMs = each.map((one) => one.drawnMs);
  return {
    marks: marks.length,
    lost: drawnMs.filter((value) => !Number.isFinite(value)).length,
    drawnP50Ms: quantile(drawnMs, 0.5),
    drawnP99Ms: quantile(drawnMs, 0.99),
    shownP99Ms: quantile(
      each.map((one) => one.shownMs),
      0.99,
    ),
  };
}
