import { createHmac, randomBytes } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** 32 random bytes as base64url; anything else is no seed. */
const SEED = /^[A-Za-z0-9_-]{43}$/;

/** Demo device tokens are derived from one random value per data directory, readable by its owner only. */
export async function demoSecrets(dataDir: string): Promise<(what: string) => string> {
  const file = join(dataDir, "demo.seed");
  const kept = await readFile(file, "utf8").catch(() => "");
  const seed = SEED.test(kept) ? kept : await freshSeed(file);
  return (what) => createHmac("sha256", seed).update(what).digest("base64url");
}

/** Written aside and moved into place: a kill in between leaves no empty seed that anybody could guess. */
async function freshSeed(file: string): Promise<string> {
  const fresh = randomBytes(32).toString("base64url");
  const aside = `${file}.${process.pid}`;
  await writeFile(aside, fresh, { mode: 0o600 });
  await rename(aside, file);
  return fresh;
}
