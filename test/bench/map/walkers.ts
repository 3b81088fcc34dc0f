import type { BenchProvince } from "../fanout/province.ts";
import { MAP_ROW_BYTES, UNTOLD } from "./messages.ts";
import type { MapRoom } from "./room.ts";

const EVERY_MS = 25;
const DEG = 1e7;
/** Where people walk: the province but its southern edge, which is left to the marked ones. */
const WALKED = { south: 29.6, north: 33, west: 108.8, east: 115.8 } as const;
/** Some 8 m/s with a fix each 5 s. */
const STEP_DEG = 0.00036;

/** Marked people stand apart from everybody, each at one of two places far enough apart not to glide. */
const MARKED = { first: 108.9, between: 0.42, south: 29.12, north: 29.3 } as const;
export const MOST_MARKED = 16;

interface Walker {
  readonly trackIndex: number;
  lat: number;
  lng: number;
  headingDeg: number;
}

export interface Spot {
  readonly lat: number;
  readonly lng: number;
}

/** The two places of a marked one. */
export const spotsOf = (who: number): readonly [Spot, Spot] => {
  const lng = MARKED.first + who * MARKED.between;
  return [
    { lat: MARKED.south, lng },
    { lat: MARKED.north, lng },
  ];
};

/** Everybody walks about without end; a few are marked and stand where they are told. */
export class Walkers {
  private next = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly room: MapRoom;
  private readonly walkers: readonly Walker[];
  private readonly marked: readonly number[];

  constructor(room: MapRoom) {
    this.room = room;
    const { officers } = room.province;
    this.marked = officers.slice(0, MOST_MARKED).map(({ trackIndex }) => trackIndex);
    this.walkers = officers.slice(MOST_MARKED).map(walkerOf);
  }

  /** Everybody once, then this many positions a second until `stop`. */
  start(rate: number): void {
    this.room.feed(this.rows(this.walkers.length));
    for (let who = 0; who < this.marked.length; who += 1) this.send(who, 0);
    const from = performance.now();
    let sent = 0;
    this.timer = setInterval(() => {
      const due = Math.floor(((performance.now() - from) / 1_000) * rate) - sent;
      if (due > 0) this.room.feed(this.rows(due));
      sent += due;
    }, EVERY_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** One of the marked goes to one of its two places. */
  send(who: number, side: 0 | 1, mark = UNTOLD): void {
    const row = Buffer.alloc(MAP_ROW_BYTES);
    const { lat, lng } = spotsOf(who)[side];
    write(row, 0, { trackIndex: this.marked[who] ?? 0, lat, lng, headingDeg: 0 });
    row.writeUInt16LE(mark, 14);
    this.room.feed(row);
  }

  private rows(count: number): Buffer {
    const rows = Buffer.alloc(count * MAP_ROW_BYTES);
    for (let i = 0; i < count; i += 1) {
      const walker = this.walkers[this.next] as Walker;
      this.next = (this.next + 1) % this.walkers.length;
      walk(walker);
      write(rows, i * MAP_ROW_BYTES, walker);
    }
    return rows;
  }
}

/** Spread evenly and the same in each run, by the golden ratio. */
function walkerOf({ trackIndex }: BenchProvince["officers"][number], n: number): Walker {
  const share = (by: number) => (n * by) % 1;
  return {
    trackIndex,
    lat: WALKED.south + share(0.7548776662466927) * (WALKED.north - WALKED.south),
    lng: WALKED.west + share(0.5698402909980532) * (WALKED.east - WALKED.west),
    headingDeg: (n * 137) % 360,
  };
}

/** Straight on, and back at the border. */
function walk(walker: Walker): void {
  const turn = (walker.headingDeg * Math.PI) / 180;
  walker.lat += Math.cos(turn) * STEP_DEG;
  walker.lng += Math.sin(turn) * STEP_DEG;
  const { south, north, west, east } = WALKED;
  const isOut = walker.lat < south || walker.lat > north || walker.lng < west || walker.lng > east;
  if (isOut) walker.headingDeg = (walker.headingDeg + 180) % 360;
}

function write(rows: Buffer, at: number, { trackIndex, lat, lng, headingDeg }: Walker): void {
  rows.writeUInt32LE(trackIndex, at);
  rows.writeInt32LE(Math.round(lat * DEG), at + 4);
  rows.writeInt32LE(Math.round(lng * DEG), at + 8);
  rows.writeUInt16LE(headingDeg, at + 12);
}
