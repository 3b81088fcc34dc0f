/** The three questions, over whatever holds rows by chunk. */
import { setImmediate as turn } from "node:timers/promises";
import {
  indexOfRow,
  offsetOfRow,
  TRACK_ENDED,
  TRACK_ROW_WORDS,
  type TrackBlock,
} from "../../shared/wire/track-answer.ts";
import { firstAfter, type GroupedRows, groupRows, RowBuffer, timeOfRow } from "./rows.ts";
import {
  CHUNK_MS,
  chunkOf,
  HOUR_MS,
  hourOf,
  type TrackQuery,
  type TrackRows,
  type TrackScope,
} from "./track-store.ts";

const W = TRACK_ROW_WORDS;

/** Rows of one hour by chunk. What stands in one place does not stand in another. */
export interface TrackSource {
  /** Closed chunks among `bases`. False when something of them cannot be read. */
  closed(
    hour: number,
    bases: readonly number[],
    use: (base: number, rows: GroupedRows) => void,
  ): Promise<boolean>;
  closedOf(
    hour: number,
    bases: readonly number[],
    trackIndex: number,
    use: (base: number, words: Uint32Array<ArrayBuffer>) => void,
  ): Promise<boolean>;
  /** Rows in no order: of chunks that are still open, and those that came late. */
  loose(
    hour: number,
    use: (base: number, words: Uint32Array<ArrayBuffer>) => void,
  ): Promise<boolean>;
}

export function findTracks(source: TrackSource, query: TrackQuery): Promise<TrackRows> {
  switch (query.kind) {
    case "PICTURE":
      return findPicture(source, query);
    case "WINDOW":
      return findWindow(source, query);
    case "DAY":
      return findDay(source, query);
  }
}

type Asked<K extends TrackQuery["kind"]> = Extract<TrackQuery, { readonly kind: K }>;

/** Hours from `from` to `to`, each with its chunks of that time. */
function hoursBetween(from: number, to: number) {
  const hours: { readonly hour: number; readonly bases: readonly number[] }[] = [];
  for (let hour = hourOf(from); hour <= to; hour += HOUR_MS) {
    const bases: number[] = [];
    const last = Math.min(to, hour + HOUR_MS - 1);
    for (let base = Math.max(hour, chunkOf(from)); base <= last; base += CHUNK_MS) bases.push(base);
    hours.push({ hour, bases });
  }
  return hours;
}

async function findWindow(
  source: TrackSource,
  { from, to, scope }: Asked<"WINDOW">,
): Promise<TrackRows> {
  const filter = filterOf(scope);
  const blocks: TrackBlock[] = [];
  const loose = new Map<number, RowBuffer>();
  let incomplete = false;
  for (const { hour, bases } of hoursBetween(from, to)) {
    const wanted = new Set(bases);
    const whole = await source.closed(hour, bases, (base, rows) => {
      const words = rowsWithin(rows, base, from, to, filter);
      if (words.length > 0) blocks.push({ base, words });
    });
    const looseWhole = await source.loose(hour, (base, words) => {
      if (wanted.has(base)) keep(bufferOf(loose, base), words, base, from, to, filter);
    });
    incomplete ||= !whole || !looseWhole;
  }
  for (const [base, rows] of loose) {
    if (rows.count > 0) blocks.push({ base, words: groupRows(rows.words).words });
    await turn();
  }
  return { blocks: blocks.toSorted((a, b) => a.base - b.base), incomplete };
}

async function findDay(
  source: TrackSource,
  { from, to, trackIndex, since = 0 }: Asked<"DAY">,
): Promise<TrackRows> {
  const found = new Map<number, RowBuffer>();
  const filter: Filter = { sinceOf: (index) => (index === trackIndex ? since : undefined) };
  let incomplete = false;
  for (const { hour, bases } of hoursBetween(from, to)) {
    const wanted = new Set(bases);
    const take = (base: number, words: Uint32Array) => {
      if (wanted.has(base)) keep(bufferOf(found, base), words, base, from, to, filter);
    };
    const whole = await source.closedOf(hour, bases, trackIndex, take);
    const looseWhole = await source.loose(hour, take);
    incomplete ||= !whole || !looseWhole;
  }
  const blocks = [...found]
    .filter(([, rows]) => rows.count > 0)
    .sort(([a], [b]) => a - b)
    .map(([base, rows]) => ({ base, words: groupRows(rows.words).words }));
  return { blocks, incomplete };
}

async function findPicture(
  source: TrackSource,
  { at, maxAgeMs, scope }: Asked<"PICTURE">,
): Promise<TrackRows> {
  const last = new LastRows(scope, at - maxAgeMs, at);
  let incomplete = false;
  for (const { hour, bases } of hoursBetween(at - maxAgeMs, at).toReversed()) {
    const looseWhole = await source.loose(hour, (base, words) => last.takeLoose(base, words));
    incomplete ||= !looseWhole;
    for (const base of bases.toReversed()) {
      if (last.isComplete(base + CHUNK_MS)) break;
      const whole = await source.closed(hour, [base], (of, rows) => last.takeGrouped(of, rows));
      incomplete ||= !whole;
    }
    if (last.isComplete(hour)) break;
  }
  return { blocks: last.blocks(), incomplete };
}

interface Filter {
  /** Time from which rows of this officer are wanted; nothing when none are. */
  readonly sinceOf: (trackIndex: number) => number | undefined;
}

function filterOf({ bits, since }: TrackScope): Filter {
  const later = new Map(since);
  return {
    sinceOf: (index) => {
      if (((bits[index >>> 5] ?? 0) & (1 << (index & 31))) === 0) return undefined;
      return later.size === 0 ? 0 : (later.get(index) ?? 0);
    },
  };
}

function bufferOf(buffers: Map<number, RowBuffer>, base: number): RowBuffer {
  const known = buffers.get(base);
  if (known) return known;
  const buffer = new RowBuffer();
  buffers.set(base, buffer);
  return buffer;
}

/** Row by row, for rows in no order. */
function keep(
  into: RowBuffer,
  words: Uint32Array,
  base: number,
  from: number,
  to: number,
  { sinceOf }: Filter,
): void {
  for (let row = 0; row * W < words.length; row++) {
    const since = sinceOf(indexOfRow(words[row * W] ?? 0));
    if (since === undefined) continue;
    const at = base + timeOfRow(words, row);
    if (at >= from && at <= to && at >= since) into.pushRow(words, row);
  }
}

/** Officer by officer: of most of them all rows are wanted, and neighbours are copied in one go. */
function rowsWithin(
  rows: GroupedRows,
  base: number,
  from: number,
  to: number,
  { sinceOf }: Filter,
): Uint32Array<ArrayBuffer> {
  const { words, officers } = rows;
  const runs: Run[] = [];
  for (let i = 0; i < officers.length; i++) {
    const since = sinceOf(officers[i] ?? 0);
    if (since === undefined) continue;
    const own = ownRowsWithin(rows, i, Math.max(from, since) - base, to - base);
    const last = runs.at(-1);
    if (last?.to === own.from) last.to = own.to;
    else if (own.to > own.from) runs.push(own);
  }
  return runsOf(words, runs);
}

interface Run {
  readonly from: number;
  to: number;
}

/** One run, as of a whole chunk, is not copied. */
function runsOf(words: Uint32Array<ArrayBuffer>, runs: readonly Run[]): Uint32Array<ArrayBuffer> {
  const [only] = runs;
  if (only && runs.length === 1) return words.subarray(only.from * W, only.to * W);
  const kept = new Uint32Array(runs.reduce((sum, run) => sum + run.to - run.from, 0) * W);
  let length = 0;
  for (const run of runs) {
    kept.set(words.subarray(run.from * W, run.to * W), length);
    length += (run.to - run.from) * W;
  }
  return kept;
}

/** Of the officer at place `i`, the rows between two times after the chunk's begin. */
function ownRowsWithin({ words, first }: GroupedRows, i: number, from: number, to: number): Run {
  const end = first[i + 1] ?? words.length / W;
  const start = first[i] ?? 0;
  const own = from > 0 ? firstAfter(words, start, end, from - 1) : start;
  return { from: own, to: to >= CHUNK_MS ? end : firstAfter(words, own, end, to) };
}

/** The last row of each officer of the scope, between two times. */
class LastRows {
  readonly #from: number;
  readonly #to: number;
  /** Of each officer the time from which a row counts; infinite for those who are not asked for. */
  readonly #earliest: Float64Array;
  readonly #at: Float64Array;
  readonly #words: Uint32Array;

  constructor(scope: TrackScope, from: number, to: number) {
    const { sinceOf } = filterOf(scope);
    this.#from = from;
    this.#to = to;
    const capacity = scope.bits.length * 32;
    this.#at = new Float64Array(capacity).fill(Number.NEGATIVE_INFINITY);
    this.#words = new Uint32Array(capacity * W);
    this.#earliest = Float64Array.from({ length: capacity }, (_, index) => {
      const since = sinceOf(index);
      return since === undefined ? Number.POSITIVE_INFINITY : Math.max(from, since);
    });
  }

  takeLoose(base: number, words: Uint32Array): void {
    if (base > this.#to || base + CHUNK_MS <= this.#from) return;
    for (let row = 0; row * W < words.length; row++) this.#take(base, words, row);
  }

  takeGrouped(base: number, rows: GroupedRows): void {
    for (let i = 0; i < rows.officers.length; i++) {
      const own = ownRowsWithin(rows, i, 0, this.#to - base);
      if (own.to > own.from) this.#take(base, rows.words, own.to - 1);
    }
  }

  /** Nothing from before this time can be the last of anybody any more. */
  isComplete(time: number): boolean {
    return this.#at.every(
      (at, index) => at >= time || this.#earliest[index] === Number.POSITIVE_INFINITY,
    );
  }

  /** By chunk; who was not tracked any more is left out. */
  blocks(): readonly TrackBlock[] {
    const byBase = new Map<number, RowBuffer>();
    this.#at.forEach((at, index) => {
      const isEnd = ((this.#words[index * W + 1] ?? 0) | 0) === TRACK_ENDED;
      if (at >= this.#from && !isEnd) {
        bufferOf(byBase, chunkOf(at)).pushRow(this.#words, index);
      }
    });
    return [...byBase]
      .sort(([a], [b]) => a - b)
      .map(([base, rows]) => ({ base, words: rows.words }));
  }

  #take(base: number, words: Uint32Array, row: number): void {
    const from = row * W;
    const word0 = words[from] ?? 0;
    const word3 = words[from + 3] ?? 0;
    const index = indexOfRow(word0);
    // Past the end of the columns this is not a number, and nothing is later than that.
    const earliest = Math.max(this.#earliest[index] ?? Number.NaN, this.#at[index] ?? Number.NaN);
    const at = base + offsetOfRow(word0, word3);
    if (!(at >= earliest) || at > this.#to) return;
    this.#at[index] = at;
    const to = index * W;
    this.#words[to] = word0;
    this.#words[to + 1] = words[from + 1] ?? 0;
    this.#words[to + 2] = words[from + 2] ?? 0;
    this.#words[to + 3] = word3;
  }
}
