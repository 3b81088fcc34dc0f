/**
 * How chunks and blocks lie in files. Numbers are little endian and 4-byte aligned; everything has
 * a sum, because what a crash or a failing disk left is never to be taken for a position.
 */
import { endianness } from "node:os";
import { crc32 } from "node:zlib";
import { TRACK_ROW_BYTES, TRACK_ROW_WORDS } from "../../shared/wire/track-answer.ts";
import type { GroupedRows } from "./rows.ts";

if (endianness() !== "LE") throw new Error("track files are read and written little endian only");

const CHUNK_MAGIC = 0x434b_5254;
const BLOCK_MAGIC = 0x4254;
export const CHUNK_HEADER_BYTES = 40;
const BLOCK_HEADER_BYTES = 24;
const TABLE_ENTRY_BYTES = 8;
/** Every block's length is a multiple of it. */
const ALIGNED = 4;

/** A closed chunk: header, table of officers, rows with each officer's together. */
export interface ChunkHeader {
  readonly base: number;
  readonly officers: number;
  readonly rows: number;
  readonly tableSum: number;
  readonly rowsSum: number;
}

export const tableBytes = ({ officers }: ChunkHeader): number => officers * TABLE_ENTRY_BYTES;
export const rowsBytes = ({ rows }: ChunkHeader): number => rows * TRACK_ROW_BYTES;
export const chunkBytes = (chunk: ChunkHeader): number =>
  CHUNK_HEADER_BYTES + tableBytes(chunk) + rowsBytes(chunk);

export function encodeChunk(base: number, { words, officers, first }: GroupedRows): Uint8Array {
  const table = new Uint32Array(officers.length * 2);
  officers.forEach((index, i) => {
    table[i * 2] = index;
    table[i * 2 + 1] = first[i] ?? 0;
  });
  const header = new DataView(new ArrayBuffer(CHUNK_HEADER_BYTES));
  header.setUint32(0, CHUNK_MAGIC, true);
  header.setFloat64(8, base, true);
  header.setUint32(16, officers.length, true);
  header.setUint32(20, words.length / TRACK_ROW_WORDS, true);
  header.setUint32(24, crc32(bytesOf(table)), true);
  header.setUint32(28, crc32(bytesOf(words)), true);
  header.setUint32(36, crc32(new Uint8Array(header.buffer, 0, 36)), true);
  return joined([new Uint8Array(header.buffer), bytesOf(table), bytesOf(words)]);
}

/** Nothing when these are not the first bytes of a chunk. */
export function decodeChunkHeader(bytes: Uint8Array): ChunkHeader | undefined {
  if (bytes.byteLength < CHUNK_HEADER_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, CHUNK_HEADER_BYTES);
  if (view.getUint32(0, true) !== CHUNK_MAGIC) return undefined;
  if (view.getUint32(36, true) !== crc32(bytes.subarray(0, 36))) return undefined;
  return {
    base: view.getFloat64(8, true),
    officers: view.getUint32(16, true),
    rows: view.getUint32(20, true),
    tableSum: view.getUint32(24, true),
    rowsSum: view.getUint32(28, true),
  };
}

/** Rows of one chunk as they came in, written in one go. */
export interface Block {
  readonly base: number;
  /** Server ms. */
  readonly receivedAt: number;
  readonly words: Uint32Array<ArrayBuffer>;
}

export function encodeBlock({ base, receivedAt, words }: Block): Uint8Array {
  const rows = words.length / TRACK_ROW_WORDS;
  const header = new DataView(new ArrayBuffer(BLOCK_HEADER_BYTES));
  header.setUint16(0, BLOCK_MAGIC, true);
  header.setUint32(4, rows, true);
  header.setFloat64(8, base, true);
  header.setUint32(20, Math.max(0, Math.min(0xffff_ffff, receivedAt - base)), true);
  const sum = crc32(bytesOf(words), crc32(new Uint8Array(header.buffer)));
  header.setUint32(16, sum, true);
  return joined([new Uint8Array(header.buffer), bytesOf(words)]);
}

export interface ReadBlocks {
  readonly blocks: readonly Block[];
  /** Where the last whole block ends: what lies behind it is no block. */
  readonly wholeBytes: number;
  /** Bases of the blocks on both sides of what is none: a disk changed it. */
  readonly besideHoles: readonly number[];
}

/**
 * Every whole block. A crash tears the end; what lies before another block was changed, and nothing
 * behind it is given up.
 */
export function decodeBlocks(bytes: Uint8Array<ArrayBuffer>): ReadBlocks {
  const blocks: Block[] = [];
  const besideHoles: number[] = [];
  let offset = 0;
  for (;;) {
    const found = nextBlock(bytes, offset);
    if (!found) return { blocks, wholeBytes: offset, besideHoles };
    const { at, block } = found;
    if (at > offset) besideHoles.push(blocks.at(-1)?.base ?? block.base, block.base);
    blocks.push(block);
    offset = at + BLOCK_HEADER_BYTES + block.words.byteLength;
  }
}

function nextBlock(bytes: Uint8Array<ArrayBuffer>, from: number) {
  for (let at = from; at + BLOCK_HEADER_BYTES <= bytes.byteLength; at += ALIGNED) {
    if (bytes[at] !== (BLOCK_MAGIC & 0xff)) continue; // a damaged file is gone through word by word
    const block = blockAt(bytes, at);
    if (block) return { at, block };
  }
  return undefined;
}

function blockAt(bytes: Uint8Array<ArrayBuffer>, offset: number): Block | undefined {
  if (offset + BLOCK_HEADER_BYTES > bytes.byteLength) return undefined;
  const header = bytes.slice(offset, offset + BLOCK_HEADER_BYTES);
  const view = new DataView(header.buffer);
  if (view.getUint16(0, true) !== BLOCK_MAGIC) return undefined;
  const size = view.getUint32(4, true) * TRACK_ROW_BYTES;
  const from = offset + BLOCK_HEADER_BYTES;
  if (from + size > bytes.byteLength) return undefined;
  const sum = view.getUint32(16, true);
  view.setUint32(16, 0, true);
  const body = bytes.subarray(from, from + size);
  if (crc32(body, crc32(header)) !== sum) return undefined;
  const base = view.getFloat64(8, true);
  return { base, receivedAt: base + view.getUint32(20, true), words: wordsOf(body) };
}

/** The same bytes as words, where they are aligned; else a copy. */
export function wordsOf(bytes: Uint8Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = bytes;
  if (byteOffset % 4 === 0) return new Uint32Array(buffer, byteOffset, byteLength / 4);
  return new Uint32Array(bytes.slice().buffer);
}

export const bytesOf = (words: Uint32Array): Uint8Array =>
  new Uint8Array(words.buffer, words.byteOffset, words.byteLength);

export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.byteLength;
  }
  return bytes;
}
