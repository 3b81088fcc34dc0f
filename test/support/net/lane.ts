import type { Socket } from "node:net";

/** What one direction of a road does to the bytes on it. Read anew for every piece. */
export interface LaneFaults {
  /** Bytes leave this much later, in their order. */
  readonly delayMs: number;
  /**
   * What loss is to somebody above TCP: with this chance a piece, and all behind it, stands still for
   * `stallMs` (a retransmission time-out) and then comes in a burst. TCP itself loses nothing.
   */
  readonly stallChance: number;
  readonly stallMs: number;
  readonly bytesPerSecond: number;
  /** Longest piece that is written at once, so that frames arrive cut anywhere. */
  readonly splitBytes: number;
  /** Bytes are taken and vanish: nothing arrives, nobody is told. */
  readonly swallow: boolean;
  /** The proxy takes no more bytes: the sender's buffers fill up, as with a reader that stalls. */
  readonly noRead: boolean;
  /** As a buffering middlebox: bytes are held and pass together, this often; 0 = off. */
  readonly holdMs: number;
}

export const OPEN_LANE: LaneFaults = {
  delayMs: 0,
  stallChance: 0,
  stallMs: 0,
  bytesPerSecond: Number.POSITIVE_INFINITY,
  splitBytes: Number.POSITIVE_INFINITY,
  swallow: false,
  noRead: false,
  holdMs: 0,
};

/** More than this on the road, and the sender is not read from: a narrow road pushes back. */
const MOST_ON_THE_ROAD = 32 * 1024;

/** One direction of one connection. */
export interface Lane {
  push(chunk: Buffer): void;
  /** After what is on the road. */
  end(): void;
  /** Faults have changed: look again whether to read. */
  look(): void;
  stop(): void;
}

export function createLane(
  from: Socket,
  to: Socket,
  faults: () => LaneFaults,
  random: () => number,
): Lane {
  const waiting: { readonly bytes: Buffer; readonly at: number }[] = [];
  let onTheRoad = 0;
  let freeAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  let stopped = false;

  const look = (): void => {
    if (stopped) return;
    const { noRead, holdMs } = faults();
    // A buffering middlebox takes whatever comes; anything else pushes back.
    if (noRead || (holdMs === 0 && onTheRoad > MOST_ON_THE_ROAD)) from.pause();
    else from.resume();
  };

  /** What is due goes out; says how long until the next is, if there is one. */
  const deliver = (): number | undefined => {
    for (let next = waiting[0]; next && !stopped; next = waiting[0]) {
      const wait = next.at - performance.now();
      if (wait > 0) return wait;
      waiting.shift();
      onTheRoad -= next.bytes.length;
      // A fault that began while it was on the road takes it too.
      if (!faults().swallow && to.writable) to.write(next.bytes);
    }
    return undefined;
  };
  const pump = (): void => {
    const wait = deliver();
    timer = wait === undefined ? undefined : setTimeout(pump, wait);
    if (timer) return;
    look();
    if (ended && waiting.length === 0 && !faults().swallow) to.end();
  };

  const add = (bytes: Buffer): void => {
    const { delayMs, stallChance, stallMs, bytesPerSecond, holdMs } = faults();
    const now = performance.now();
    const stall = stallChance > 0 && random() < stallChance ? stallMs : 0;
    const arrives = Math.max(freeAt, now + delayMs + stall) + (bytes.length / bytesPerSecond) * 1e3;
    freeAt = arrives;
    const at = holdMs > 0 ? Math.ceil(arrives / holdMs) * holdMs : arrives;
    waiting.push({ bytes, at });
    onTheRoad += bytes.length;
  };

  return {
    push(chunk) {
      const { swallow, splitBytes } = faults();
      if (swallow) return;
      const step = Math.min(splitBytes, chunk.length);
      for (let start = 0; start < chunk.length; start += step)
        add(chunk.subarray(start, start + step));
      look();
      if (timer === undefined) pump();
    },
    end() {
      ended = true;
      if (timer === undefined) pump();
    },
    look,
    stop() {
      stopped = true;
      clearTimeout(timer);
      waiting.length = 0;
    },
  };
}
