/** Files that are on the disk, under their name, when the call returns. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { syncFolder } from "../disk/sync.ts";

/** Bytes kept back before a write: a write per line would cost more than the lines. */
const BUFFER_BYTES = 1 << 20;

export interface Written {
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** Writes a new private file line by line and says what it wrote. */
export async function writeLines(file: string, lines: AsyncIterable<string>): Promise<Written> {
  const handle = await open(file, "wx", 0o600);
  try {
    const written = await write(handle, lines);
    await handle.sync();
    return written;
  } finally {
    await handle.close();
  }
}

async function write(handle: FileHandle, lines: AsyncIterable<string>): Promise<Written> {
  const sum = createHash("sha256");
  let [rows, bytes] = [0, 0];
  let held: Buffer[] = [];
  let heldBytes = 0;
  const flush = async () => {
    const chunk = Buffer.concat(held);
    [held, heldBytes] = [[], 0];
    sum.update(chunk);
    bytes += chunk.length;
    await handle.writeFile(chunk);
  };
  for await (const line of lines) {
    const encoded = Buffer.from(`${line}\n`, "utf8");
    held.push(encoded);
    heldBytes += encoded.length;
    rows += 1;
    if (heldBytes >= BUFFER_BYTES) await flush();
  }
  await flush();
  return { rows, bytes, sha256: sum.digest("hex") };
}

/** Ends lines at \n alone: `readline` would also cut at U+2028, which JSON leaves as it is. */
export async function* linesIn(file: string): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of createReadStream(file, "utf8") as AsyncIterable<string>) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}

/** Length and SHA-256 of what lies there. */
export async function sumOf(file: string): Promise<Omit<Written, "rows">> {
  const sum = createHash("sha256");
  let bytes = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    sum.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: sum.digest("hex") };
}

/** Either the old content or the new is there, whenever the power goes. */
export async function replaceDurably(file: string, text: string): Promise<void> {
  const aside = `${file}.new`;
  const handle = await open(aside, "w", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(aside, file);
  await syncFolder(dirname(file));
}
