/**
 * `npm start`: `main.ts` with a compile cache, so that a server that starts again after a crash need
 * not strip and compile every module anew. Without a folder that it may write it starts as well. In
 * JavaScript, because the stripper of types itself takes 50 ms to load and is then not needed.
 */
import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("../node_modules/.cache/compiled", import.meta.url));

// Node's own setting wins. Threads and child processes take theirs from the environment.
process.env.NODE_COMPILE_CACHE ||= FOLDER;
enableCompileCache(process.env.NODE_COMPILE_CACHE);
await import("./main.ts");
