import { closeSync, fsync, ftruncateSync, openSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { type Block, decodeBlocks, encodeBlock, joined, type ReadBlocks } from "./chunk-codec.ts";
import { writeAll } from "./pending-log.ts";

/** Late fixes come for few hours at once. */
const MOST_OPEN = 8;

interface OpenLate {
  readonly fd: number;
  /** Where the last whole block ends. */
  bytes: number;
  /** Behind `bytes` something may lie that is no block. */
  torn: boolean;
  synced: boolean;
}

/**
 * A file beside each hour with the rows that came when their chunk was closed already, in order of
 * arrival. A torn end is cut before anything is written behind it.
 */
export class LateFiles {
  readonly #fileOf: (hour: number) => string;
  readonly #open = new Map<number, OpenLate>();

  constructor(fileOf: (hour: number) => string) {
    this.#fileOf = fileOf;
  }

  /** Returns when the kernel has it. @throws when it does not. */
  write(hour: number, blocks: readonly Block[]): void {
    const late = this.#opened(hour);
    const bytes = joined(blocks.map(encodeBlock));
    if (late.torn) ftruncateSync(late.fd, late.bytes);
    late.torn = true;
    writeAll(late.fd, bytes);
    late.torn = false;
    late.bytes += bytes.byteLength;
    late.synced = false;
  }

  /** Of one hour, whole: they are few. `torn` when something of it is no block. */
  async read(hour: number): Promise<Pick<ReadBlocks, "blocks"> & { readonly torn: boolean }> {
    // What is written meanwhile, or was torn and will be cut, is no damage.
    const expected = this.#open.get(hour)?.bytes ?? Number.POSITIVE_INFINITY;
    const bytes = await readFile(this.#fileOf(hour)).catch(nothingThere);
    if (!bytes) return { blocks: [], torn: false };
    const { blocks, wholeBytes, besideHoles } = decodeBlocks(new Uint8Array(bytes));
    const isCut = wholeBytes < Math.min(expected, bytes.byteLength);
    return { blocks, torn: isCut || besideHoles.length > 0 };
  }

  async sync(): Promise<void> {
    for (const [hour, late] of this.#open) {
      if (late.synced) continue;
      late.synced = true;
      await new Promise<void>((resolve, reject) => {
        fsync(late.fd, (error) => (error ? reject(error) : resolve()));
      }).catch((error: unknown) => {
        this.#close(hour);
        throw error;
      });
    }
  }

  close(): void {
    for (const hour of [...this.#open.keys()]) this.#close(hour);
  }

  #opened(hour: number): OpenLate {
    const known = this.#open.get(hour);
    if (known) return known;
    const [oldest] = this.#open.keys();
    if (oldest !== undefined && this.#open.size >= MOST_OPEN) this.#close(oldest);
    const fd = openSync(this.#fileOf(hour), "a+", 0o600);
    const bytes = new Uint8Array(readFileSync(fd));
    const { wholeBytes } = decodeBlocks(bytes);
    const torn = wholeBytes < bytes.byteLength;
    const late = { fd, bytes: wholeBytes, torn, synced: true };
    this.#open.set(hour, late);
    return late;
  }

  #close(hour: number): void {
    const late = this.#open.get(hour);
    this.#open.delete(hour);
    if (late) closeSync(late.fd);
  }
}

export function nothingThere(error: unknown): undefined {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
  throw error;
}
