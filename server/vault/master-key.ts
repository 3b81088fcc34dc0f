/** The key that wraps all others: 32 random bytes as hex in a file that only its owner may read. */
import { hash, randomBytes } from "node:crypto";
import { link, mkdir, open, readFile, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { syncFolder } from "../disk/sync.ts";

export const MASTER_KEY_BYTES = 32;

/** Whoever else may read the file may read every subject's data. */
const GROUP_AND_OTHERS = 0o077;

/**
 * Reads the key; where there is none, makes it once, also when two processes start together.
 * @throws Error when the file is readable by others or does not hold a key.
 */
export async function readOrCreateMasterKey(file: string): Promise<Buffer> {
  return (await readMasterKey(file)) ?? (await createMasterKey(file));
}

/** Tells keys apart without giving any of them away. */
export async function fingerprintOf(file: string): Promise<string | undefined> {
  const key = await readMasterKey(file);
  if (key === undefined) return undefined;
  return hash("sha256", `fingerprint of a vault's key\n${key.toString("hex")}`).slice(0, 16);
}

/** Nothing when there is no such file; otherwise as `readOrCreateMasterKey`. */
export async function readMasterKey(file: string): Promise<Buffer | undefined> {
  const found = await stat(file).catch(absent);
  if (found === undefined) return undefined;
  if ((found.mode & GROUP_AND_OTHERS) !== 0) {
    throw new Error(`${file} may be read by others; chmod 600 it`);
  }
  const text = (await readFile(file, "utf8")).trim();
  if (!/^[0-9a-f]{64}$/.test(text)) throw new Error(`${file} does not hold a key (64 hex digits)`);
  return Buffer.from(text, "hex");
}

/** Written aside and linked into place: no other process ever reads half a key. */
async function createMasterKey(file: string): Promise<Buffer> {
  const key = randomBytes(MASTER_KEY_BYTES);
  const aside = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeDurably(aside, `${key.toString("hex")}\n`);
  try {
    await link(aside, file);
    await syncFolder(dirname(file));
    return key;
  } catch (error) {
    const theirs = await readMasterKey(file);
    if (theirs === undefined) throw error;
    return theirs;
  } finally {
    await rm(aside, { force: true });
  }
}

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, "wx", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function absent(error: unknown): undefined {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
  throw error;
}
