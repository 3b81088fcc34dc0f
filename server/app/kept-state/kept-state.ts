/**
 * The folded state as lines, and back. The first line says what it was folded from and by which
 * fold; then the records by kind, each with the commits that touched it.
 */
import { createHash } from "node:crypto";
import { FOLD_VERSION } from "../../../shared/domain/fold.ts";
import type { EntityType, Ref } from "../../../shared/domain/kernel/ref.ts";
import type { AnyRecord, StateReader } from "../../../shared/domain/kernel/state.ts";
import {
  ENTITY_TYPES,
  EVENT_TYPES,
  isEntityType,
  moduleOf,
} from "../../../shared/domain/modules.ts";
import type { FiguresText } from "../../../shared/domain/observer/figures.ts";
import { BODY_VERSION } from "../../log/commit-body.ts";
import { type Tail, TIMELINE_COMMITS, type TimelineIndex } from "../history.ts";
import { isLive } from "../projector.ts";
import type { CapturedType } from "../world.ts";
import { Asleep, type SleepsIn } from "./asleep.ts";
import { BLOCK_RECORDS, SLEEPS, SleepingBlock } from "./sleeping-block.ts";

/** All that is known of a province at one commit. */
export interface CapturedState {
  readonly tail: Tail;
  readonly types: readonly CapturedType[];
  /** What is counted of its courts. */
  readonly figures: FiguresText;
}

/** A state that stands for the log from commit 0 up to `tail`. */
export interface KeptState extends CapturedState {
  /** Commits that touched a record, the newest of them; one that sleeps knows its own. */
  readonly seqs: readonly { readonly ref: Ref; readonly commits: readonly number[] }[];
}

/** What a state was folded from, and by what. */
export interface KeptFrom {
  readonly format: number;
  readonly fold: string;
  readonly genesis: string;
  readonly tail: Tail;
}

/** Grows with the shape of the lines. */
const FORMAT = 2;
/** Records of one line: a millisecond or two of encoding. */
const LINE_RECORDS = 200;

/**
 * `FOLD_VERSION`, and what of the fold tells itself: kinds of record and of event. A program that
 * does not know an event of this log must find it there, not in a state that skips it.
 */
export const foldKey = (): string => {
  const kinds = [...ENTITY_TYPES, "", ...EVENT_TYPES].sort().join("\n");
  const sum = createHash("sha256").update(`${BODY_VERSION}\n${kinds}`).digest("hex");
  return `${FOLD_VERSION}-${sum.slice(0, 16)}`;
};

export interface StateToKeep extends CapturedState {
  readonly genesis: string;
  readonly timelines: TimelineIndex;
  /** As clocks see it; it may have gone on since it was captured. */
  readonly state: StateReader;
}

/** Line by line: whoever reads them may pause between two. */
export function* keptLines(keep: StateToKeep): Iterable<string> {
  const { genesis, tail, types, figures } = keep;
  const from: KeptFrom = { format: FORMAT, fold: foldKey(), genesis, tail };
  yield JSON.stringify(from);
  yield JSON.stringify({ figures });
  for (const of of types) yield* linesOfType(keep, of);
  yield END;
}

function* linesOfType(keep: StateToKeep, { type, records, lastPut }: CapturedType) {
  const seqsOf = ({ id }: { readonly id: string }) =>
    upTo(keep.timelines.seqs({ type, id }), keep.tail.seq);
  const places = new Map<string, number>();
  let some: AnyRecord[] = [];
  const line = (): string => {
    const text = JSON.stringify({ type, records: some, seqs: some.map(seqsOf) } satisfies Awake);
    for (const { id } of some) places.set(id, places.size);
    some = [];
    return text;
  };
  for (const record of records) {
    if (maySleep(record, keep.state)) continue;
    some.push(record);
    if (some.length === LINE_RECORDS) yield line();
  }
  if (some.length > 0) yield line();
  const sleeping = records.filter(({ id }) => !places.has(id));
  for (const block of blocksOf(type, sleeping, seqsOf)) {
    for (const { id } of block.members) places.set(id, places.size);
    yield block.line();
  }
  const place = (id: string) => places.get(id) ?? -1;
  const first = records.map(({ id }) => place(id));
  yield JSON.stringify({ type, first, last: lastPut.map(place) } satisfies Order);
}

/**
 * What is over and waits for no clock. A clock that something else starts on it makes it a dependent
 * of that, and dependents are looked at after the start.
 */
const maySleep = (record: AnyRecord | Asleep, state: StateReader): record is Asleep =>
  record instanceof Asleep ||
  (!isLive(record) && moduleOf(record.type).deadlines(record as never, state).length === 0);

/** A block that nobody was woken from for good stays as it is: nothing of it is packed anew. */
function* blocksOf(
  type: EntityType,
  records: readonly (AnyRecord | Asleep)[],
  seqsOf: (record: AnyRecord | Asleep) => readonly number[],
): Iterable<SleepsIn> {
  let some: (AnyRecord | Asleep)[] = [];
  const packed = (): SleepsIn => {
    const block = SleepingBlock.pack(
      type,
      some.map((record) => ({ ...textOf(record), id: record.id, commits: seqsOf(record) })),
    );
    some = [];
    return block;
  };
  for (let i = 0; i < records.length; ) {
    const whole = wholeBlockAt(records, i);
    if (whole) {
      yield whole;
      i += whole.members.length;
      continue;
    }
    const record = records[i];
    if (record) some.push(record);
    i += 1;
    if (some.length === BLOCK_RECORDS) yield packed();
  }
  if (some.length > 0) yield packed();
}

function wholeBlockAt(records: readonly (AnyRecord | Asleep)[], at: number): SleepsIn | undefined {
  const first = records[at];
  if (!(first instanceof Asleep)) return undefined;
  const { members } = first.block;
  // A small one is put together with others.
  if (members.length < BLOCK_RECORDS / 2) return undefined;
  return members.every((member, i) => records[at + i] === member) ? first.block : undefined;
}

const textOf = (record: AnyRecord | Asleep) =>
  record instanceof Asleep
    ? { text: record.text(), links: record.links }
    : {
        text: JSON.stringify(record),
        links: moduleOf(record.type).links(record as never),
      };

/** Commits came while it was written. */
const upTo = (seqs: readonly number[], last: number): readonly number[] =>
  seqs.filter((seq) => seq <= last).slice(-TIMELINE_COMMITS);

interface Awake {
  readonly type: EntityType;
  readonly records: readonly AnyRecord[];
  readonly seqs: readonly (readonly number[])[];
}

/** Places among the lines, in the order of the first puts and in that of the last. */
interface Order {
  readonly type: EntityType;
  readonly first: readonly number[];
  readonly last: readonly number[];
}

/** A state that lacks its end is none. */
const END = '"end"';

/** @returns why it is of no use here, or nothing. */
export function whyNot(from: KeptFrom, genesis: string): string | undefined {
  if (from.format !== FORMAT) return "it was written by another version of the program";
  if (from.fold !== foldKey()) return "it was folded by another version of the program";
  return from.genesis === genesis ? undefined : "it is of another log";
}

/** @throws Error when the line is no first line. */
export function readFrom(line: Buffer | undefined): KeptFrom {
  const { format, fold, genesis, tail } = JSON.parse(line?.toString("utf8") ?? "");
  const { seq, hash, at } = tail;
  const texts = [fold, genesis, hash].every((value) => typeof value === "string");
  const numbers = [format, seq, at].every((value) => Number.isSafeInteger(value) && value >= 0);
  if (!texts || !numbers) throw new Error("its first line cannot be read");
  return { format, fold, genesis, tail: { seq, hash, at } };
}

/** Reads what `keptLines` gave: its seal vouches for the shape. @throws Error when it is torn. */
export function readKept({ tail }: KeptFrom, lines: Iterable<Buffer>): KeptState {
  const reading = new Reading();
  for (const line of lines) reading.take(line);
  return { tail, ...reading.whole() };
}

class Reading {
  private readonly byType = new Map<EntityType, CapturedType>();
  private readonly seqs: { ref: Ref; commits: readonly number[] }[] = [];
  private figures: FiguresText = [];
  private isWhole = false;
  /** Of the kind that is being read. */
  private records: (AnyRecord | Asleep)[] = [];

  take(line: Buffer): void {
    if (line[0] === SLEEPS.charCodeAt(0)) {
      for (const record of SleepingBlock.read(line).members) this.records.push(record);
      return;
    }
    const said = JSON.parse(line.toString("utf8")) as
      | Awake
      | Order
      | { readonly figures: FiguresText }
      | "end";
    this.isWhole = said === "end";
    if (said === "end") return;
    if ("figures" in said) this.figures = said.figures;
    else if ("first" in said) this.takeOrder(said);
    else this.takeAwake(said);
  }

  private takeAwake({ records, seqs }: Awake): void {
    for (const [i, record] of records.entries()) {
      const { type, id } = record;
      this.records.push(record);
      this.seqs.push({ ref: { type, id }, commits: seqs[i] ?? [] });
    }
  }

  private takeOrder({ type, first, last }: Order): void {
    if (!isEntityType(type) || this.byType.has(type)) throw new Error("an unknown kind of record");
    const { records } = this;
    for (const places of [first, last])
      if (!isEachOnce(places, records.length)) throw new Error(`not each ${type} once`);
    if (records.some((record) => record.type !== type)) throw new Error(`a ${type} is missing`);
    const at = (place: number) => records[place] as AnyRecord | Asleep;
    this.byType.set(type, {
      type,
      records: first.map(at),
      lastPut: last.map((place) => at(place).id),
    });
    this.records = [];
  }

  whole(): Omit<KeptState, "tail"> {
    if (!this.isWhole) throw new Error("its end is missing");
    return { types: [...this.byType.values()], seqs: this.seqs, figures: this.figures };
  }
}

function isEachOnce(places: readonly number[], count: number): boolean {
  const isThere = new Uint8Array(count);
  for (const place of places) isThere[place] = 1;
  return places.length === count && !isThere.includes(0);
}
