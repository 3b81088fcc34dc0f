import { createHmac, randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Demo device tokens are derived from one random value per data directory, readable by its owner only. */
export async function demoSecrets(dataDir: string): Promise<(what: string) => string> {
  const file = join(dataDir, "demo.seed");
  const seed = await readFile(file, "utf8").catch(async () => {
    const fresh = randomBytes(32).toString("base64url");
    await writeFile(file, fresh, { mode: 0o600 });
    return fresh;
  });
  return (what) => createHmac("sha256", seed).update(what).digest("base64url");
}
