import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const KEYS_SHARE = fileURLToPath(new URL("../../../server/cli/keys-share.ts", import.meta.url));

export interface ClusterPlace {
  readonly folder: string;
  readonly mongo: { readonly uri: string; readonly allowStandalone: boolean };
  readonly redisUrl: string;
  /** Where the proxy stands. */
  readonly origin: string;
}

/** What `docker-compose.yml` gives its nodes, for nodes on this machine. */
export function nodeSettings(
  { folder, mongo, redisUrl, origin }: ClusterPlace,
  name: string,
): Readonly<Record<string, string>> {
  return {
    NODE_NAME: name,
    STORE: "mongodb",
    MONGODB_URI: mongo.uri,
    MONGODB_ALLOW_STANDALONE: mongo.allowStandalone ? "1" : "0",
    REDIS_URL: redisUrl,
    TRUSTED_PROXIES: "127.0.0.1",
    ORIGINS: origin,
    ...sharedFiles(folder),
  };
}

const sharedFiles = (folder: string): Readonly<Record<string, string>> => ({
  VAULT_KEY_FILE: join(folder, "keys", "vault.key"),
  ANCHOR_KEY_FILE: join(folder, "keys", "anchor.key"),
  DEMO_SEED_FILE: join(folder, "keys", "demo.seed"),
});

/** As the service `keys` of the compose file, by the same tool. */
export async function makeSharedFiles(folder: string): Promise<void> {
  await mkdir(join(folder, "keys"), { recursive: true, mode: 0o700 });
  await promisify(execFile)(process.execPath, [KEYS_SHARE], {
    env: { ...process.env, ...sharedFiles(folder), DATA_DIR: folder },
  });
}
