/** What a server compiled is still there after a crash: the next start is several times cheaper. */
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "../support/server/free-port.ts";
import { type ServerProcess, spawnServer } from "../support/server/server-process.ts";

/** More than any thread or preloaded module has, fewer than the server has of its own. */
const MANY = 300;

describe("a server that is killed and started again", () => {
  let folder: string;
  let dataDir: string;
  let port: number;
  let server: ServerProcess | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "compiled-"));
    dataDir = join(folder, "data");
    port = await freePort();
  });
  afterEach(async () => {
    if (server?.isRunning()) await server.kill();
    await rm(folder, { recursive: true, force: true });
  });

  const startedWith = (cache: string) =>
    spawnServer({ dataDir, port, env: { NODE_COMPILE_CACHE: cache } });

  it("PRV-40 given a first start that was killed, when it starts again, then it finds all that it needs compiled", async () => {
    const cache = join(folder, "cache");
    server = await startedWith(cache);
    await server.kill();
    const first = await compiledIn(cache);
    expect(first.size).toBeGreaterThan(MANY);
    server = await startedWith(cache);
    await server.kill();
    const second = await compiledIn(cache);
    const anew = [...second].filter(([name, at]) => first.get(name) !== at);
    expect(anew).toEqual([]);
  });

  it("PRV-41 given no folder that can be written, when it starts, then it serves all the same", async () => {
    const file = join(folder, "file");
    await writeFile(file, "");
    server = await startedWith(join(file, "below-a-file"));
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  });
});

/** Time of each file by name. */
async function compiledIn(cache: string): Promise<ReadonlyMap<string, number>> {
  const entries = await readdir(cache, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const timed = files.map(async ({ name, parentPath }) => {
    const { mtimeMs } = await stat(join(parentPath, name));
    return [name, mtimeMs] as const;
  });
  return new Map(await Promise.all(timed));
}
