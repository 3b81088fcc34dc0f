/**
 * `npm run keys:share`: puts what all nodes must have the same into the files that the settings
 * name, once, before the first node starts.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { AnchorKeyError, createAnchorKey, publicFileOf } from "../anchors/anchor-key.ts";
import { ConfigError, readConfig } from "../config.ts";
import { readOrCreateSeed } from "../demo/seed.ts";
import { placeOnce } from "../disk/place-once.ts";
import { syncFolder } from "../disk/sync.ts";
import { readOrCreateMasterKey } from "../vault/master-key.ts";
import { explained } from "./explained.ts";

const USAGE = `Makes what several nodes share, where it is missing: the vault's key, the key that signs
anchors, the seed of a demonstration's device tokens. What DATA_DIR holds of a time with one node is
copied instead. Nothing is ever overwritten.

  VAULT_KEY_FILE=… ANCHOR_KEY_FILE=… DEMO_SEED_FILE=… npm run keys:share

Exit status: 0 all there, 1 not.`;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { help: { type: "boolean", default: false } } });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const { dataDir, vaultKeyFile, anchors, demoSeedFile } = readConfig();
  const unnamed = Object.entries({
    VAULT_KEY_FILE: vaultKeyFile === join(dataDir, "vault.key"),
    ANCHOR_KEY_FILE: anchors.makeKey,
    DEMO_SEED_FILE: demoSeedFile === join(dataDir, "demo.seed"),
  }).flatMap(([name, isOwn]) => (isOwn ? [`${name}: must name a file that all nodes share`] : []));
  if (unnamed.length > 0) throw new ConfigError(unnamed);
  await adopt(dataDir, "vault.key", vaultKeyFile);
  await adopt(dataDir, "demo.seed", demoSeedFile);
  await adopt(dataDir, "anchor.key.pub", publicFileOf(anchors.keyFile), 0o644);
  await adopt(dataDir, "anchor.key", anchors.keyFile);
  // As a node would make it that was given no file for it.
  await readOrCreateSeed(demoSeedFile, await readOrCreateMasterKey(vaultKeyFile));
  await anchorKey(anchors.keyFile);
  for (const file of [vaultKeyFile, demoSeedFile, anchors.keyFile]) console.log(`there: ${file}`);
  return 0;
}

/** A new key instead of the one that the vault was written under would open none of its texts. */
async function adopt(dataDir: string, name: string, to: string, mode = 0o600): Promise<void> {
  const own = await readFile(join(dataDir, name)).catch(absent);
  if (own === undefined) return;
  if (await placeOnce(to, own, mode)) console.log(`copied: ${join(dataDir, name)} to ${to}`);
}

async function anchorKey(file: string): Promise<void> {
  try {
    await createAnchorKey(file);
  } catch (error) {
    if (!(error instanceof AnchorKeyError) || error.code !== "EXISTS") throw error;
  }
  await syncFolder(join(file, ".."));
}

function absent(error: unknown): undefined {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
  throw error;
}

process.exitCode = await explained(main);
