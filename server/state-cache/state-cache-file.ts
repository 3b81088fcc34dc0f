/**
 * The kept state in one file: lines, and under them their seal. Whoever cannot read the vault's key
 * cannot make one that a server would believe.
 */
import { createHmac, hash, webcrypto } from "node:crypto";
import { readdir, readFile, rename, rm, stat, statfs } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { writeLines } from "../backup/durable-files.ts";
import { syncFolder } from "../disk/sync.ts";
import type { KeptLines, StateCache } from "./state-cache.ts";

const SEAL = /^seal ([0-9a-f]{64})\n$/;
const HALF_WRITTEN = /^\.(\d+)\.new$/;
const SEAL_BYTES = "seal ".length + 64 + 1;
/** Left to the log and the emergency journal on a disk that they share with this. */
const LEAVE_FREE_BYTES = 256 * 1024 * 1024;
/** It grows from one time to the next. */
const GROWTH = 1.25;

export type StateBytes = Buffer<ArrayBuffer> | undefined;

/** What lies there, whosever it is. */
export const readStateFile = (file: string): Promise<StateBytes> => readFile(file).catch(absent);

/** @param ahead where reading the file has begun already; its bytes are held for one reader. */
export function openStateFile(
  file: string,
  masterKey: Uint8Array,
  ahead?: Promise<StateBytes>,
): StateCache {
  const key = sealingKey(masterKey);
  let begun = ahead;
  return {
    read: () => {
      const reading = begun ?? readStateFile(file);
      begun = undefined;
      return readSealed(reading, key);
    },
    write: async (lines) => {
      const aside = `${file}.${process.pid}.new`;
      await dropLeft(file);
      await rm(aside, { force: true });
      await checkRoom(file);
      try {
        await writeLines(aside, sealed(lines, key));
        await rename(aside, file);
      } catch (error) {
        await rm(aside, { force: true });
        throw error;
      }
      await syncFolder(dirname(file));
    },
  };
}

/** The lines of such a file, whoever wrote it; for those who compare them with the log itself. */
export async function unsealedLines(file: string): Promise<Iterable<Buffer>> {
  const bytes = await readFile(file);
  return linesOf(bytes.subarray(0, bytes.length - SEAL_BYTES));
}

const sealingKey = (masterKey: Uint8Array): string =>
  hash("sha256", `seal of kept states\n${Buffer.from(masterKey).toString("hex")}`);

async function* sealed(lines: AsyncIterable<string>, key: string): AsyncIterable<string> {
  const seal = createHmac("sha256", key);
  for await (const line of lines) {
    seal.update(`${line}\n`);
    yield line;
  }
  yield `seal ${seal.digest("hex")}`;
}

async function readSealed(
  reading: Promise<StateBytes>,
  key: string,
): Promise<KeptLines | undefined> {
  const bytes = await reading;
  if (bytes === undefined) return undefined;
  const end = bytes.length - SEAL_BYTES;
  const seal = SEAL.exec(bytes.subarray(Math.max(0, end)).toString("latin1"));
  if (!seal?.[1]) throw new Error("it does not end with a seal");
  const text = bytes.subarray(0, end);
  // Whoever gives up before the answer comes must not leave an error to nobody.
  const isOwn = isSealed(text, seal[1], key).catch(() => false);
  return { lines: linesOf(text), isOwn };
}

/** Of a hundred megabytes, and beside the thread that reads them meanwhile. */
async function isSealed(text: Uint8Array<ArrayBuffer>, seal: string, key: string) {
  const { subtle } = webcrypto;
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const imported = await subtle.importKey("raw", Buffer.from(key), hmac, false, ["verify"]);
  return subtle.verify(hmac, imported, Buffer.from(seal, "hex"), text);
}

function* linesOf(text: Buffer): Iterable<Buffer> {
  for (let from = 0; from < text.length; ) {
    const to = text.indexOf(0x0a, from);
    const end = to < 0 ? text.length : to;
    yield text.subarray(from, end);
    from = end + 1;
  }
}

/** Whoever was killed while it wrote left its half; a disk would fill up with them. */
async function dropLeft(file: string): Promise<void> {
  const folder = dirname(file);
  for (const name of await readdir(folder)) {
    const pid = HALF_WRITTEN.exec(name.slice(basename(file).length))?.[1];
    if (pid === undefined || !name.startsWith(basename(file)) || isLiving(Number(pid))) continue;
    await rm(join(folder, name), { force: true });
  }
}

function isLiving(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, and another user's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

async function checkRoom(file: string): Promise<void> {
  const { bavail, bsize } = await statfs(dirname(file));
  const size = (await stat(file).catch(absent))?.size ?? 0;
  if (bavail * bsize < size * GROWTH + LEAVE_FREE_BYTES)
    throw new Error("the disk has too little room to keep a state on it");
}

function absent(error: unknown): undefined {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
  throw error;
}
