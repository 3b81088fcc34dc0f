import { createHmac, randomBytes } from "node:crypto";
import { readFile, rename } from "node:fs/promises";
import { placeOnce } from "../disk/place-once.ts";

/** 32 random bytes as base64url; anything else is no seed. */
const SEED = /^[A-Za-z0-9_-]{43}$/;

/**
 * Demo device tokens are derived from one random value in a file, readable by its owner only. Of
 * several nodes with a file each the value follows from the key that all of them have, or each would
 * believe in tokens of its own.
 */
export async function demoSecrets(
  file: string,
  sharedKey?: Uint8Array,
): Promise<(what: string) => string> {
  const seed = await readOrCreateSeed(file, sharedKey);
  return (what) => createHmac("sha256", seed).update(what).digest("base64url");
}

/**
 * Placed whole: a kill in between leaves no empty seed that anybody could guess, and of two nodes
 * that start together one makes it. Tokens of a second seed would open nothing.
 */
export async function readOrCreateSeed(file: string, sharedKey?: Uint8Array): Promise<string> {
  const kept = await readFile(file, "utf8").catch(() => undefined);
  if (kept !== undefined && SEED.test(kept)) return kept;
  if (kept !== undefined) await rename(file, `${file}.broken`);
  const fresh = newSeed(sharedKey);
  if (await placeOnce(file, fresh, 0o600)) return fresh;
  return readOrCreateSeed(file, sharedKey);
}

const newSeed = (sharedKey: Uint8Array | undefined): string => {
  const bytes = sharedKey
    ? createHmac("sha256", sharedKey).update("seed of a demonstration").digest()
    : randomBytes(32);
  return bytes.toString("base64url");
};
