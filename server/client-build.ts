import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { build } from "vite";

/** Folders and files that the client's bundle is made of. */
const SOURCES = ["client", "shared", "vite.config.ts", "package-lock.json"];
const NOT_SOURCES = new Set(["node_modules", "dist", "simulator"]);

/** Builds the client when it was never built or a source is newer than the build. */
export async function buildClientIfStale(root: string, outDir: string): Promise<boolean> {
  const builtAt = await changedAt(join(outDir, "index.html"));
  const newest = Math.max(
    ...(await Promise.all(SOURCES.map((name) => newestIn(join(root, name))))),
  );
  if (builtAt > newest) return false;
  await build({ logLevel: "warn", configFile: join(root, "vite.config.ts") });
  return true;
}

const changedAt = async (file: string): Promise<number> =>
  (await stat(file).catch(() => undefined))?.mtimeMs ?? 0;

async function newestIn(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const names = (await readdir(path)).filter((name) => !NOT_SOURCES.has(name));
  const times = await Promise.all(names.map((name) => newestIn(join(path, name))));
  return Math.max(0, ...times);
}
