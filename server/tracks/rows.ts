import { indexOfRow, offsetOfRow, TRACK_ROW_WORDS } from "../../shared/wire/track-answer.ts";

const W = TRACK_ROW_WORDS;
const FIRST_ROWS = 256;

/** Rows of one chunk in order of arrival; doubles when full. */
export class RowBuffer {
  #words = new Uint32Array(FIRST_ROWS * W);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** A view of the rows; valid until the next `push`. */
  get words(): Uint32Array<ArrayBuffer> {
    return this.#words.subarray(0, this.#count * W);
  }

  push(words: Uint32Array): void {
    this.#reach(this.#count * W + words.length);
    this.#words.set(words, this.#count * W);
    this.#count += words.length / W;
  }

  pushRow(words: Uint32Array, row: number): void {
    const at = this.#count * W;
    this.#reach(at + W);
    copyRow(words, row * W, this.#words, at);
    this.#count += 1;
  }

  #reach(length: number): void {
    if (length <= this.#words.length) return;
    let wider = this.#words.length;
    while (wider < length) wider *= 2;
    const words = new Uint32Array(wider);
    words.set(this.#words);
    this.#words = words;
  }
}

/** Rows with each officer's together, in order of time, each of them once. */
export interface GroupedRows {
  readonly words: Uint32Array<ArrayBuffer>;
  /** Ascending; whose rows begin at `first` of the same place. */
  readonly officers: Uint32Array<ArrayBuffer>;
  readonly first: Uint32Array<ArrayBuffer>;
}

export const timeOfRow = (words: Uint32Array, row: number): number =>
  offsetOfRow(words[row * W] ?? 0, words[row * W + 3] ?? 0);

/** A counting sort by officer; rows of one officer are then put in order where they are not. */
export function groupRows(rows: Uint32Array): GroupedRows {
  const { sorted, starts } = sortByOfficer(rows);
  const officers: number[] = [];
  const first: number[] = [];
  let kept = 0;
  for (let index = 0; index + 1 < starts.length; index++) {
    const [from, to] = [starts[index] ?? 0, starts[index + 1] ?? 0];
    if (from === to) continue;
    putInOrder(sorted, from, to);
    officers.push(index);
    first.push(kept);
    kept = keepOnce(sorted, from, to, kept);
  }
  return {
    words: sorted.subarray(0, kept * W),
    officers: Uint32Array.from(officers),
    first: Uint32Array.from(first),
  };
}

function sortByOfficer(rows: Uint32Array) {
  const starts = startsOf(rows);
  const next = starts.slice();
  const sorted = new Uint32Array(rows.length);
  for (let at = 0; at < rows.length; at += W) {
    const index = indexOfRow(rows[at] ?? 0);
    const to = next[index] ?? 0;
    next[index] = to + 1;
    copyRow(rows, at, sorted, to * W);
  }
  return { sorted, starts };
}

/** Where each officer's rows will begin; one entry more than there are indexes. */
function startsOf(rows: Uint32Array): Uint32Array {
  let highest = -1;
  for (let at = 0; at < rows.length; at += W) {
    highest = Math.max(highest, indexOfRow(rows[at] ?? 0));
  }
  const starts = new Uint32Array(highest + 2);
  for (let at = 0; at < rows.length; at += W) {
    const after = indexOfRow(rows[at] ?? 0) + 1;
    starts[after] = (starts[after] ?? 0) + 1;
  }
  for (let i = 1; i < starts.length; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
  return starts;
}

function copyRow(from: Uint32Array, at: number, to: Uint32Array, toAt: number): void {
  to[toAt] = from[at] ?? 0;
  to[toAt + 1] = from[at + 1] ?? 0;
  to[toAt + 2] = from[at + 2] ?? 0;
  to[toAt + 3] = from[at + 3] ?? 0;
}

/** Rows come in order of time but for a few; whoever sends them backwards costs no more than a sort. */
function putInOrder(words: Uint32Array, from: number, to: number): void {
  let inOrder = true;
  for (let row = from + 1; row < to && inOrder; row++) {
    inOrder = timeOfRow(words, row - 1) <= timeOfRow(words, row);
  }
  if (inOrder) return;
  const count = to - from;
  const keys = Float64Array.from(
    { length: count },
    (_, i) => timeOfRow(words, from + i) * count + i,
  ).sort();
  const copy = words.slice(from * W, to * W);
  keys.forEach((key, i) => {
    copyRow(copy, (key % count) * W, words, (from + i) * W);
  });
}

/** A fix that came twice, because its answer was lost in a crash, is kept once. */
function keepOnce(words: Uint32Array, from: number, to: number, kept: number): number {
  let end = kept;
  for (let row = from; row < to; row++) {
    if (row > from && isSameFix(words, row * W, (end - 1) * W)) continue;
    if (row !== end) copyRow(words, row * W, words, end * W);
    end += 1;
  }
  return end;
}

const isSameFix = (words: Uint32Array, a: number, b: number): boolean =>
  words[a] === words[b] &&
  words[a + 1] === words[b + 1] &&
  words[a + 2] === words[b + 2] &&
  ((words[a + 3] ?? 0) & 0xff_0000) === ((words[b + 3] ?? 0) & 0xff_0000);

/** The first row of `[from, to)`, in order of time, that is later than `offsetMs`; `to` when none. */
export function firstAfter(words: Uint32Array, from: number, to: number, offsetMs: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (timeOfRow(words, middle) <= offsetMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
