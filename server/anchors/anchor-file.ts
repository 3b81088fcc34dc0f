/** Anchors in a file that is only ever appended to, meant to lie on another disk or WORM mount. */
import { createReadStream } from "node:fs";
import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { syncFolder } from "../disk/sync.ts";
import { parseAnchorLine } from "./anchor.ts";
import type { AnchorSink, AnchorText } from "./anchor-sink.ts";

/** Some hundred lines: enough to find the last anchor of each stream that moves at all. */
const TAIL_BYTES = 65_536;
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
