import { spawn } from "node:child_process";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

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
  await build(root);
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

/** In a process of its own: the bundler's memory goes with it. */
function build(root: string): Promise<void> {
  const bundler = join(root, "node_modules/vite/bin/vite.js");
  const child = spawn(process.execPath, [bundler, "build", "--logLevel", "warn"], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`the client's build ended with ${code}`)),
    );
  });
}
