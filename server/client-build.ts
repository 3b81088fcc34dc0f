import { spawn } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Folders and files that the client's bundle is made of. */
const SOURCES = ["client", "shared", "vite.config.ts", "package-lock.json"];
const NOT_SOURCES = new Set(["node_modules", "dist", "simulator"]);

/** Builds the client when it was never built or a source is newer than the build. */
export async function buildClientIfStale(root: string, outDir: string): Promise<boolean> {
  const builtAt = changedAt(join(outDir, "index.html"));
  const newest = Math.max(...SOURCES.map((name) => newestIn(join(root, name))));
  if (builtAt > newest) return false;
  await build(root);
  return true;
}

// Synchronously: nothing else runs yet, and for some hundred files it is several times cheaper.
const changedAt = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

function newestIn(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found?.mtimeMs ?? 0;
  const names = readdirSync(path).filter((name) => !NOT_SOURCES.has(name));
  return Math.max(0, ...names.map((name) => newestIn(join(path, name))));
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
