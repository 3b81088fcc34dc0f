import { type FileHandle, open, truncate } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { syncFolder } from "../disk/sync.ts";
import {
  CHUNK_HEADER_BYTES,
  type ChunkHeader,
  chunkBytes,
  decodeChunkHeader,
  encodeChunk,
  rowsBytes,
  tableBytes,
  wordsOf,
} from "./chunk-codec.ts";
import { nothingThere } from "./late-files.ts";
import type { GroupedRows } from "./rows.ts";
import { hourOf } from "./track-store.ts";

/** A closed chunk in its file. */
interface Place {
  readonly header: ChunkHeader;
  readonly offset: number;
  /** Its rows were compared with their sum. */
  checked: boolean;
}

interface Directory {
  readonly chunks: Map<number, Place>;
  /** Where the last whole chunk ends. */
  bytes: number;
  torn: boolean;
  /** Between two chunks lies something that is none: a disk changed it. */
  readonly holed: boolean;
}

/** So many hours' directories are kept in memory; one is 30 entries. */
const MOST_DIRECTORIES = 512;

/** Every chunk's length is a multiple of it. */
const ALIGNED = 8;

/** Something of a chunk is not as it was written. */
export class Damaged extends Error {}

/** The files of closed chunks, one an hour, append only. Not to be asked for two things at once. */
export class HourFiles {
  readonly #dir: string;
  readonly #fileOf: (hour: number) => string;
  readonly #directories = new Map<number, Directory>();

  constructor(dir: string, fileOf: (hour: number) => string) {
    this.#dir = dir;
    this.#fileOf = fileOf;
  }

  /**
   * Bases of the chunks that are whole. What a crash left behind them is cut; only the last can be
   * such a rest, because each is on the disk itself before the next is begun.
   */
  async recover(hour: number): Promise<readonly number[]> {
    const found = await this.#reading(hour, async (file, directory) => {
      const last = [...directory.chunks.values()].at(-1);
      if (last && !(await this.#rows(file, last).catch(damaged))) {
        directory.chunks.delete(last.header.base);
        directory.bytes = last.offset;
        directory.torn = true;
      }
      return directory;
    });
    if (!found) return [];
    if (found.torn) await truncate(this.#fileOf(hour), found.bytes);
    found.torn = false;
    return [...found.chunks.keys()];
  }

  /** Resolves when the chunk is on the disk itself: what it was made from may then be dropped. */
  async append(base: number, rows: GroupedRows): Promise<void> {
    const hour = hourOf(base);
    const file = await open(this.#fileOf(hour), "a+", 0o600);
    try {
      const directory = await this.#directory(hour, file);
      if (directory.chunks.has(base)) return;
      if (directory.torn) await file.truncate(directory.bytes);
      directory.torn = true;
      const bytes = encodeChunk(base, rows);
      await file.appendFile(bytes);
      await file.sync();
      if (directory.bytes === 0) await syncFolder(this.#dir);
      const header = decodeChunkHeader(bytes);
      if (!header) throw new Error("a chunk was not written as one");
      directory.chunks.set(base, { header, offset: directory.bytes, checked: true });
      directory.bytes += bytes.byteLength;
      directory.torn = false;
    } finally {
      await file.close();
    }
  }

  /** Gives each of these chunks that is there to `use`. Those that are damaged make it false. */
  async read(
    hour: number,
    bases: readonly number[],
    use: (base: number, rows: GroupedRows) => void,
  ): Promise<boolean> {
    const whole = await this.#reading(hour, async (file, directory) => {
      let isWhole = isSound(directory);
      for (const base of bases) {
        const place = directory.chunks.get(base);
        if (!place) continue;
        const rows = await this.#rows(file, place).catch(damaged);
        if (rows) use(base, rows);
        else isWhole = false;
      }
      return isWhole;
    });
    return whole ?? true;
  }

  /** The same with one officer's rows alone, which are found by the chunks' tables. */
  async readOne(
    hour: number,
    bases: readonly number[],
    trackIndex: number,
    use: (base: number, words: Uint32Array<ArrayBuffer>) => void,
  ): Promise<boolean> {
    const whole = await this.#reading(hour, async (file, directory) => {
      const places = bases.flatMap((base) => directory.chunks.get(base) ?? []);
      const found = await Promise.all(
        places.map((place) => rowsOfOne(file, place, trackIndex).catch(damaged)),
      );
      found.forEach((words, i) => {
        const place = places[i];
        if (place && words && words.length > 0) use(place.header.base, words);
      });
      return isSound(directory) && found.every((words) => words !== undefined);
    });
    return whole ?? true;
  }

  forget(hour: number): void {
    this.#directories.delete(hour);
  }

  async #reading<T>(
    hour: number,
    work: (file: FileHandle, directory: Directory) => Promise<T>,
  ): Promise<T | undefined> {
    const file = await open(this.#fileOf(hour), "r").catch(nothingThere);
    if (!file) return undefined;
    try {
      return await work(file, await this.#directory(hour, file));
    } finally {
      await file.close();
    }
  }

  async #directory(hour: number, file: FileHandle): Promise<Directory> {
    const known = this.#directories.get(hour);
    if (known) return known;
    const directory = await directoryOf(file);
    const [oldest] = this.#directories.keys();
    if (oldest !== undefined && this.#directories.size >= MOST_DIRECTORIES) {
      this.#directories.delete(oldest);
    }
    this.#directories.set(hour, directory);
    return directory;
  }

  async #rows(file: FileHandle, place: Place): Promise<GroupedRows> {
    const { header, offset } = place;
    const bytes = await bytesAt(
      file,
      offset + CHUNK_HEADER_BYTES,
      chunkBytes(header) - CHUNK_HEADER_BYTES,
    );
    const table = bytes.subarray(0, tableBytes(header));
    const rows = bytes.subarray(tableBytes(header));
    if (!place.checked) {
      if (crc32(table) !== header.tableSum || crc32(rows) !== header.rowsSum) throw new Damaged();
      place.checked = true;
    }
    const entries = wordsOf(table);
    const officers = new Uint32Array(header.officers);
    const first = new Uint32Array(header.officers);
    for (let i = 0; i < header.officers; i++) {
      officers[i] = entries[i * 2] ?? 0;
      first[i] = entries[i * 2 + 1] ?? 0;
    }
    return { words: wordsOf(rows), officers, first };
  }
}

async function directoryOf(file: FileHandle): Promise<Directory> {
  const { size } = await file.stat();
  const chunks = new Map<number, Place>();
  let holed = false;
  let offset = 0;
  while (offset < size) {
    const header = await wholeChunkAt(file, offset, size);
    if (header) {
      chunks.set(header.base, { header, offset, checked: false });
      offset += chunkBytes(header);
      continue;
    }
    // A crash tears the end. What lies before another chunk was changed: nothing behind it is given up.
    const next = await nextChunk(file, offset + ALIGNED, size);
    if (next === undefined) break;
    holed = true;
    offset = next;
  }
  return { chunks, bytes: offset, torn: offset < size, holed };
}

async function wholeChunkAt(file: FileHandle, offset: number, size: number) {
  const header = decodeChunkHeader(await bytesAt(file, offset, CHUNK_HEADER_BYTES).catch(nothing));
  return header && offset + chunkBytes(header) <= size ? header : undefined;
}

/** Where the next whole chunk begins. */
async function nextChunk(file: FileHandle, from: number, size: number) {
  const rest = await bytesAt(file, from, Math.max(0, size - from));
  for (let at = 0; at + CHUNK_HEADER_BYTES <= rest.byteLength; at += ALIGNED) {
    const header = decodeChunkHeader(rest.subarray(at, at + CHUNK_HEADER_BYTES));
    if (header && from + at + chunkBytes(header) <= size) return from + at;
  }
  return undefined;
}

const isSound = ({ torn, holed }: Directory): boolean => !torn && !holed;

async function rowsOfOne(file: FileHandle, { header, offset }: Place, trackIndex: number) {
  const tableAt = offset + CHUNK_HEADER_BYTES;
  const table = await bytesAt(file, tableAt, tableBytes(header));
  if (crc32(table) !== header.tableSum) throw new Damaged();
  const entries = wordsOf(table);
  let [low, high] = [0, header.officers];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle * 2] ?? 0) < trackIndex) low = middle + 1;
    else high = middle;
  }
  if (low === header.officers || entries[low * 2] !== trackIndex) return new Uint32Array(0);
  const from = entries[low * 2 + 1] ?? 0;
  const to = low + 1 < header.officers ? (entries[low * 2 + 3] ?? 0) : header.rows;
  const rowsAt = tableAt + tableBytes(header);
  const size = rowsBytes(header) / Math.max(1, header.rows);
  return wordsOf(await bytesAt(file, rowsAt + from * size, (to - from) * size));
}

/** Exactly so many bytes. @throws Damaged where the file ends before. */
async function bytesAt(
  file: FileHandle,
  position: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes: Uint8Array<ArrayBuffer> = Buffer.allocUnsafeSlow(length);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await file.read(bytes, read, length - read, position + read);
    if (bytesRead === 0) throw new Damaged();
    read += bytesRead;
  }
  return bytes;
}

const nothing = (): Uint8Array<ArrayBuffer> => new Uint8Array(0);

/** @throws what is an error of the disk and no damage of this place alone. */
function damaged(error: unknown): undefined {
  if (error instanceof Damaged) return undefined;
  throw error;
}
