import { closeSync, fsync, openSync, readdirSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { type Block, decodeBlocks, encodeBlock, joined } from "./chunk-codec.ts";

const SEGMENT = /^pending-(\d{8})\.wal$/;
/** A file is given up for the next one when it holds so much, so that it can be dropped soon. */
const SEGMENT_BYTES = 16_777_216;

interface Segment {
  readonly file: string;
  /** Chunks that it holds rows of. */
  readonly chunks: Set<number>;
  /** A disk changed something in it: it stays, so that later lives know as well what is lacking. */
  readonly isHoled?: boolean;
}

/** What earlier lives left. */
export interface Recovered {
  readonly blocks: readonly Block[];
  /** Chunks of which rows may be lacking. */
  readonly lacking: ReadonlySet<number>;
}

interface OpenSegment extends Segment {
  readonly fd: number;
  bytes: number;
  synced: boolean;
}

/**
 * Rows of the chunks that are still open, in order of arrival. After an error nothing more is
 * written to that file: the next one takes over, and whatever is torn is only ever a file's end.
 */
export class PendingLog {
  readonly #dir: string;
  #open: OpenSegment | undefined;
  #left: Segment[] = [];
  #number: number;

  constructor(dir: string) {
    this.#dir = dir;
    this.#number = Math.max(0, ...segmentsIn(dir).map(({ number }) => number)) + 1;
  }

  /** Called once, before anything is written. */
  recover(): Recovered {
    const found = segmentsIn(this.#dir).map(({ name }) => {
      const file = join(this.#dir, name);
      const read = decodeBlocks(new Uint8Array(readFileSync(file)));
      const chunks = new Set(read.blocks.map(({ base }) => base));
      this.#left.push({ file, chunks, isHoled: read.besideHoles.length > 0 });
      return read;
    });
    return {
      blocks: found.flatMap(({ blocks }) => blocks),
      lacking: new Set(found.flatMap(({ besideHoles }) => besideHoles)),
    };
  }

  /** Returns when the kernel has it. @throws when it does not; it may then hold a part. */
  write(blocks: readonly Block[]): void {
    const bytes = joined(blocks.map(encodeBlock));
    const segment = this.#writable(bytes.byteLength);
    try {
      writeAll(segment.fd, bytes);
    } catch (error) {
      this.leave();
      throw error;
    }
    segment.bytes += bytes.byteLength;
    segment.synced = false;
    for (const { base } of blocks) segment.chunks.add(base);
  }

  /** Moves what was written to the disk itself, against a power cut. */
  async sync(): Promise<void> {
    const segment = this.#open;
    if (!segment || segment.synced) return;
    segment.synced = true;
    await new Promise<void>((resolve, reject) => {
      fsync(segment.fd, (error) => (error ? reject(error) : resolve()));
    }).catch((error: unknown) => {
      if (this.#open === segment) this.leave();
      throw error;
    });
  }

  /** Drops files whose chunks are all kept elsewhere. */
  drop(isKept: (chunk: number) => boolean, isTooOld: (chunk: number) => boolean): void {
    const done = ({ chunks, isHoled }: Segment) => [...chunks].every(isHoled ? isTooOld : isKept);
    if (this.#open && this.#open.bytes > 0 && done(this.#open)) this.leave();
    for (const { file } of this.#left.filter(done)) rmSync(file, { force: true });
    this.#left = this.#left.filter((segment) => !done(segment));
  }

  /** The next write begins a new file. */
  leave(): void {
    if (!this.#open) return;
    const { fd, file, chunks } = this.#open;
    this.#open = undefined;
    this.#left.push({ file, chunks });
    closeSync(fd);
  }

  #writable(more: number): OpenSegment {
    if (this.#open && this.#open.bytes + more > SEGMENT_BYTES) this.leave();
    if (this.#open) return this.#open;
    const file = join(this.#dir, `pending-${String(this.#number).padStart(8, "0")}.wal`);
    this.#number += 1;
    const fd = openSync(file, "ax", 0o600);
    this.#open = { file, fd, bytes: 0, synced: true, chunks: new Set() };
    return this.#open;
  }
}

const segmentsIn = (dir: string): { readonly name: string; readonly number: number }[] =>
  readdirSync(dir)
    .flatMap((name) => {
      const number = SEGMENT.exec(name)?.[1];
      return number === undefined ? [] : [{ name, number: Number(number) }];
    })
    .sort((a, b) => a.number - b.number);

/** A write may take a part and say so. */
export function writeAll(fd: number, bytes: Uint8Array): void {
  let offset = 0;
  while (offset < bytes.byteLength) offset += writeSync(fd, bytes, offset);
}
