import type { EntityType } from "../../../shared/domain/kernel/ref.ts";
import type { AnyRecord } from "../../../shared/domain/kernel/state.ts";
import type { AppliedCommit } from "../replica.ts";
import type { World } from "../world.ts";

/** What the past is made of: what is shown, and what that is projected through. */
export const PAST_TYPES: readonly EntityType[] = [
  "court",
  "unit",
  "officer",
  "operation",
  "detention",
  "police",
  "incident",
  "order",
];
const KEPT: ReadonlySet<EntityType> = new Set(PAST_TYPES);

const HOUR_MS = 3_600_000;
/** CFG. A day back, and the hour in which that began. */
const KEPT_HOURS = 25;

/** One hour of commits, undone: each record that it changed, as it stood when the hour began. */
interface Hour {
  readonly startAt: number;
  /** The commit before its first. */
  readonly seq: number;
  /** By type and id; undefined: it did not exist. */
  readonly before: Map<string, AnyRecord | undefined>;
  next?: Hour;
}

/** Records of a beginning: all commits up to and with `seq`. */
export interface Beginning {
  readonly seq: number;
  records(): Iterable<AnyRecord>;
}

const keyOf = ({ type, id }: AnyRecord): string => `${type}:${id}`;
const hourOf = (at: number): number => Math.floor(at / HOUR_MS) * HOUR_MS;

/**
 * How to come back from the present world to the beginning of each hour of the last day. Records are
 * immutable, so it costs one reference for each record and hour in which it changed, and no copies.
 */
export class UndoBook {
  private first: Hour | undefined;
  private last: Hour | undefined;
  private seq = -1;
  private known = Number.POSITIVE_INFINITY;
  /** Commit of the kept state that this began with, while nothing is known of what lies before. */
  private began: number | undefined;
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  /** Server ms from which on every instant can be told at once. */
  get from(): number {
    return this.known;
  }

  /** The last commit of those that nothing is known of; -1 when there are none. */
  get beganAt(): number {
    return this.began ?? -1;
  }

  /** Whether that instant can be told, even if the log has to be read for it once more. */
  reaches(at: number): boolean {
    return at >= (this.began === undefined ? this.known : Math.min(this.known, this.oldest()));
  }

  /** Whether that instant lies before the kept state that this began with. */
  lacks(at: number): boolean {
    return this.began !== undefined && at < this.known;
  }

  /** The world begins as it was at this commit. */
  startFrom({ seq, at }: Pick<AppliedCommit["tail"], "seq" | "at">): void {
    this.began = seq;
    this.seq = seq;
    this.known = at;
  }

  /** What another book learned of the commits up to and with `beganAt`. */
  prepend(former: UndoBook): void {
    if (former.last) {
      if (this.first) former.last.next = this.first;
      this.first = former.first;
      this.last ??= former.last;
    }
    this.known = former.known;
    this.began = undefined;
  }

  /** In the turn in which the commit becomes the world, and before it does. */
  readonly take = ({ tail, overlay }: Pick<AppliedCommit, "tail" | "overlay">): void => {
    this.begin(tail.seq, tail.at);
    const oldest = this.oldest();
    if (tail.at < oldest) this.known = tail.at;
    else {
      const { before } = this.hourFor(tail.at);
      for (const change of overlay.changes()) {
        const key = keyOf(change.after);
        if (KEPT.has(change.after.type) && !before.has(key)) before.set(key, change.before);
      }
      this.forget(oldest);
    }
    this.seq = tail.seq;
  };

  /**
   * The nearest beginning at or before the instant, or one between which and it nothing happened.
   * The world may move on while its records are taken: what changes is told as it stood.
   */
  beginningFor(at: number, world: World): Beginning {
    let hour = this.first;
    while (hour && hour.startAt + HOUR_MS <= at) hour = hour.next;
    const start = hour ?? this.hourFor(at);
    return { seq: start.seq, records: () => recordsAt(start, world) };
  }

  /** A log that was read from its first commit is known from the beginning of time. */
  private begin(seq: number, at: number): void {
    if (this.known !== Number.POSITIVE_INFINITY) return;
    this.known = seq === 0 ? 0 : at;
    this.seq = seq - 1;
  }

  private hourFor(at: number): Hour {
    const { last } = this;
    if (last && at < last.startAt + HOUR_MS) return last;
    const hour: Hour = { startAt: hourOf(at), seq: this.seq, before: new Map() };
    if (last) last.next = hour;
    else this.first = hour;
    this.last = hour;
    return hour;
  }

  private oldest(): number {
    return hourOf(this.now()) - KEPT_HOURS * HOUR_MS;
  }

  private forget(oldest: number): void {
    while (this.first?.next && this.first.startAt < oldest) {
      this.known = Math.max(this.known, this.first.startAt + HOUR_MS);
      this.first = this.first.next;
    }
  }
}

function* recordsAt(start: Hour, world: World): Iterable<AnyRecord> {
  for (const type of PAST_TYPES) {
    for (const record of world.all(type)) {
      const then = asOf(start, record);
      if (then) yield then;
    }
  }
}

/** The record as it stood at the beginning of that hour: what the first that changed it replaced. */
function asOf(start: Hour, record: AnyRecord): AnyRecord | undefined {
  const key = keyOf(record);
  for (let hour: Hour | undefined = start; hour; hour = hour.next) {
    if (hour.before.has(key)) return hour.before.get(key);
  }
  return record;
}
