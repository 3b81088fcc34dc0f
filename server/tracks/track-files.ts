import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { encodeTracks } from "../../shared/wire/track-answer.ts";
import type { Block } from "./chunk-codec.ts";
import { findTracks, type TrackSource } from "./find-tracks.ts";
import { HourFiles } from "./hour-files.ts";
import { LateFiles } from "./late-files.ts";
import { PendingLog } from "./pending-log.ts";
import { groupRows, RowBuffer } from "./rows.ts";
import { beginningOf, headerOf, splitByChunk } from "./split-group.ts";
import {
  chunkOf,
  HOUR_MS,
  hourOf,
  isOverdue,
  type TrackFound,
  type TrackGroup,
  type TrackQuery,
  type TrackStore,
  TracksBusy,
} from "./track-store.ts";

const DAY_MS = 86_400_000;
const MOST_WAITING = 16;
const OF_AN_HOUR = /^(\d{4}-\d{2}-\d{2}T\d{2})\.(trk|late)$/;

export interface TrackFilesOptions {
  /** Folder of its own. */
  readonly dir: string;
  /** Hours whose end is longer ago are dropped. */
  readonly keepDays: number;
}

/**
 * Positions in files. A group is written to the pending log, which survives the end of this
 * process; a chunk that is over goes, each officer's rows together, into the file of its hour, and
 * its part of the pending log is dropped. Whoever comes later than that goes to the late file.
 */
export async function openTrackFiles(
  { dir, keepDays }: TrackFilesOptions,
  now: number,
): Promise<TrackFiles> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const files = new TrackFiles(dir, keepDays);
  await files.recover(now);
  return files;
}

/** Writes at once in the calling thread: for a thread of its own. */
export class TrackFiles implements TrackStore {
  readonly #dir: string;
  readonly #keepDays: number;
  readonly #pendingLog: PendingLog;
  readonly #hours: HourFiles;
  readonly #late: LateFiles;
  readonly #pending = new Map<number, RowBuffer>();
  /** Closed although they are not over by the clock, which may have been set back. */
  readonly #closedEarly = new Set<number>();
  #turn: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  /** Hours of which rows stood in a pending file and cannot be read any more. */
  readonly #holedHours = new Set<number>();
  #failure: unknown;
  #droppedFor = Number.NEGATIVE_INFINITY;
  /** Hours that begin earlier are dropped. */
  #keptFrom = Number.NEGATIVE_INFINITY;

  constructor(dir: string, keepDays: number) {
    const fileOf = (ending: string) => (hour: number) => join(dir, `${nameOf(hour)}.${ending}`);
    this.#dir = dir;
    this.#keepDays = keepDays;
    this.#pendingLog = new PendingLog(dir);
    this.#hours = new HourFiles(dir, fileOf("trk"));
    this.#late = new LateFiles(fileOf("late"));
  }

  /** Takes up what an earlier life left in the pending log. */
  async recover(now: number): Promise<void> {
    this.#keptFrom = this.#keptFromAt(now);
    const { blocks, lacking } = this.#pendingLog.recover();
    for (const base of lacking) this.#holedHours.add(hourOf(base));
    // Also all that lie ahead: the clock may have been set back.
    const recent = (await this.#hoursThere()).filter((hour) => hour >= hourOf(now) - HOUR_MS);
    const hours = new Set([...blocks.map(({ base }) => hourOf(base)), ...recent]);
    const closed = new Set<number>();
    for (const hour of hours) for (const base of await this.#hours.recover(hour)) closed.add(base);
    for (const { base, words } of blocks) {
      const isGone = hourOf(base) < this.#keptFrom;
      if (!closed.has(base) && !isGone) this.#pendingOf(base).push(words);
    }
    for (const base of closed) if (!isOverdue(base, now)) this.#closedEarly.add(base);
  }

  async append(group: TrackGroup, now: number): Promise<void> {
    try {
      this.#write(group, now);
      this.#failure = undefined;
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }

  find(query: TrackQuery): Promise<TrackFound> {
    if (this.#waiting >= MOST_WAITING) return Promise.reject(new TracksBusy());
    return this.#inTurn(async () => {
      const { blocks, incomplete: lacking } = await findTracks(this.#source(), query);
      const incomplete = lacking || beginningOf(query) < this.#keptFrom;
      return { bytes: encodeTracks(headerOf(query, incomplete), blocks), incomplete };
    });
  }

  tick(now: number): Promise<void> {
    return this.#inTurn(async () => {
      // First what makes room.
      await this.#dropOld(now);
      await this.#closeChunks(now);
      // The next phone may be long in coming: an empty block shows whether it could be served.
      if (this.#failure !== undefined) await this.append(NOTHING, now);
      if (this.#failure !== undefined) return;
      this.#pendingLog.drop(
        (base) => !this.#pending.has(base),
        (base) => hourOf(base) < this.#keptFrom,
      );
    });
  }

  /** Onto the disk itself; what fails is said by the next tick. */
  async sync(): Promise<void> {
    try {
      await this.#pendingLog.sync();
      await this.#late.sync();
    } catch (error) {
      this.#failure = error;
    }
  }

  async close(): Promise<void> {
    await this.#inTurn(() => this.sync());
    this.#pendingLog.leave();
    this.#late.close();
  }

  #write({ words, at }: TrackGroup, now: number): void {
    const blocks = [...splitByChunk(words, at)].map(
      ([base, rows]): Block => ({ base, receivedAt: now, words: rows.words }),
    );
    const isOpen = ({ base }: Block) => !isOverdue(base, now) && !this.#closedEarly.has(base);
    const open = blocks.filter(isOpen);
    const late = Map.groupBy(
      blocks.filter((block) => !isOpen(block)),
      ({ base }) => hourOf(base),
    );
    if (blocks.length === 0) this.#pendingLog.write([emptyAt(now)]);
    if (open.length > 0) this.#pendingLog.write(open);
    for (const { base, words: rows } of open) this.#pendingOf(base).push(rows);
    for (const [hour, of] of late) this.#late.write(hour, of);
  }

  #pendingOf(base: number): RowBuffer {
    const known = this.#pending.get(base);
    if (known) return known;
    const rows = new RowBuffer();
    this.#pending.set(base, rows);
    return rows;
  }

  async #closeChunks(now: number): Promise<void> {
    for (const base of [...this.#pending.keys()].sort((a, b) => a - b)) {
      const rows = this.#pending.get(base);
      if (!rows || !isOverdue(base, now)) continue;
      await this.#hours.append(base, groupRows(rows.words));
      this.#pending.delete(base);
    }
    for (const base of this.#closedEarly) {
      if (isOverdue(base, now)) this.#closedEarly.delete(base);
    }
  }

  async #dropOld(now: number): Promise<void> {
    const hour = hourOf(now);
    if (hour === this.#droppedFor) return;
    const oldest = this.#keptFromAt(now);
    this.#keptFrom = oldest;
    for (const name of await readdir(this.#dir)) {
      const start = startOf(name);
      if (!(start < oldest)) continue;
      await rm(join(this.#dir, name), { force: true });
      this.#hours.forget(start);
    }
    this.#droppedFor = hour;
  }

  #keptFromAt(now: number): number {
    return now - this.#keepDays * DAY_MS - HOUR_MS;
  }

  async #hoursThere(): Promise<readonly number[]> {
    return (await readdir(this.#dir)).map(startOf).filter((start) => !Number.isNaN(start));
  }

  #source(): TrackSource {
    return {
      closed: (hour, bases, use) => this.#hours.read(hour, bases, use),
      closedOf: (hour, bases, trackIndex, use) => this.#hours.readOne(hour, bases, trackIndex, use),
      loose: async (hour, use) => {
        for (const [base, rows] of this.#pending) {
          if (hourOf(base) !== hour) continue;
          use(base, rows.words);
          // Whoever looks does not keep a phone waiting for its answer.
          await turn();
        }
        const { blocks, torn } = await this.#late.read(hour);
        for (const { base, words } of blocks) use(base, words);
        return !torn && !this.#holedHours.has(hour);
      },
    };
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.#waiting += 1;
    const result = this.#turn.then(work).finally(() => {
      this.#waiting -= 1;
    });
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

const NOTHING: TrackGroup = { words: new Uint32Array(0), at: new Float64Array(0) };

const emptyAt = (now: number): Block => ({
  base: chunkOf(now),
  receivedAt: now,
  words: new Uint32Array(0),
});

/** Of the hour whose file it is; not a number for any other file. */
const startOf = (name: string): number => Date.parse(`${OF_AN_HOUR.exec(name)?.[1]}:00:00Z`);

/** `2026-11-23T07`, UTC. */
const nameOf = (hour: number): string => new Date(hour).toISOString().slice(0, 13);
