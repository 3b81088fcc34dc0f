/** Anchors in a file that is only ever appended to, meant to lie on another disk or WORM mount. */
import { createReadStream } from "node:fs";
import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { syncFolder } from "../disk/sync.ts";
import { parseAnchorLine } from "./anchor.ts";
import type { AnchorSink, AnchorText } from "./anchor-sink.ts";

/** Some hundred lines. A stream that stands still may have its last anchor far before them. */
const TAIL_BYTES = 65_536;
/** No anchor is longer; what is, is not kept in memory while its beginning is looked for. */
const MOST_LINE_BYTES = 65_536;
/** An auditor reads it, and nothing in it is secret. */
const FILE_MODE = 0o644;
const LINE_BREAK = 10;

export interface AnchorFileOptions {
  readonly file: string;
  /**
   * Makes the folder. Not for one that somebody named: a disk that is not mounted would be
   * replaced by an empty folder beside the store, and nobody would know.
   */
  readonly makeFolder: boolean;
}

export function anchorFile({ file, makeFolder }: AnchorFileOptions): AnchorSink {
  return {
    recent: async () => {
      const tail = await readTail(file);
      const lines = tail.split("\n").filter((line) => parseAnchorLine(line) !== undefined);
      // Half a first line is a writer that was cut off; whole ones of another kind are not ours.
      if (lines.length > 0 || !tail.includes("\n")) return lines;
      throw new Error(`${file} is no anchor file`);
    },
    backwards: () => linesBackwards(file),
    append: async (line) => {
      if (makeFolder) await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      const tail = await readTail(file);
      // A writer that was cut off left half a line; it stays there, by itself.
      const text = tail === "" || tail.endsWith("\n") ? `${line}\n` : `\n${line}\n`;
      await appendDurably(file, text);
    },
  };
}

/** Line by line, whatever the size of the file. */
export async function* readAnchorFile(file: string): AsyncGenerator<AnchorText, void> {
  let number = 0;
  let rest = "";
  for await (const chunk of createReadStream(file, { encoding: "utf8" })) {
    const lines = (rest + String(chunk)).split("\n");
    rest = lines.pop() ?? "";
    for (const text of lines) {
      number += 1;
      yield { number, text, ended: true };
    }
  }
  if (rest !== "") yield { number: number + 1, text: rest, ended: false };
}

async function* linesBackwards(file: string): AsyncGenerator<string, void> {
  const handle = await open(file, "r").catch(absent);
  if (handle === undefined) return;
  try {
    /** The end of a line whose beginning was not read yet; nothing when it is too long already. */
    let end: Buffer | undefined = Buffer.alloc(0);
    for (let to = (await handle.stat()).size; to > 0; ) {
      const from = Math.max(0, to - TAIL_BYTES);
      const bytes = await readFrom(handle, from, to - from);
      let cut = bytes.length;
      for (let at = breakBefore(bytes, cut); at >= 0; at = breakBefore(bytes, cut)) {
        if (end !== undefined) yield* textOf(bytes.subarray(at + 1, cut), end);
        end = Buffer.alloc(0);
        cut = at;
      }
      end = end && joined(bytes.subarray(0, cut), end);
      to = from;
    }
    if (end !== undefined) yield* textOf(end);
  } finally {
    await handle.close();
  }
}

const breakBefore = (bytes: Buffer, end: number): number =>
  end === 0 ? -1 : bytes.lastIndexOf(LINE_BREAK, end - 1);

const joined = (before: Buffer, end: Buffer): Buffer | undefined =>
  before.length + end.length > MOST_LINE_BYTES ? undefined : Buffer.concat([before, end]);

function* textOf(...parts: Buffer[]): Generator<string, void> {
  const text = Buffer.concat(parts).toString("utf8");
  if (text !== "") yield text;
}

async function readTail(file: string): Promise<string> {
  const handle = await open(file, "r").catch(absent);
  if (handle === undefined) return "";
  try {
    const { size } = await handle.stat();
    const from = Math.max(0, size - TAIL_BYTES);
    const bytes = await readFrom(handle, from, size - from);
    const whole = from === 0 ? bytes : bytes.subarray(bytes.indexOf(LINE_BREAK) + 1);
    return whole.toString("utf8");
  } finally {
    await handle.close();
  }
}

async function readFrom(handle: FileHandle, from: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, from + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

async function appendDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, "a", FILE_MODE);
  try {
    const { size } = await handle.stat();
    await handle.writeFile(text);
    await handle.sync();
    if (size === 0) await syncFolder(dirname(file));
  } finally {
    await handle.close();
  }
}

function absent(error: unknown): undefined {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
  throw error;
}
