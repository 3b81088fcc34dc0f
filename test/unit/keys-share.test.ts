import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const TOOL = fileURLToPath(new URL("../../server/cli/keys-share.ts", import.meta.url));
const FILES = ["vault.key", "anchor.key", "demo.seed"] as const;

describe("the files that several nodes share", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "keys-share-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const run = (data: string, named = true): Promise<{ exit: number; out: string }> => {
    const [vault, anchor, seed] = FILES.map((name) => join(folder, "keys", name));
    const env = named
      ? { VAULT_KEY_FILE: vault, ANCHOR_KEY_FILE: anchor, DEMO_SEED_FILE: seed }
      : {};
    return new Promise((resolve) => {
      const child = execFile(
        process.execPath,
        [TOOL],
        { env: { ...env, DATA_DIR: join(folder, data) } },
        (_error, out, err) => resolve({ exit: child.exitCode ?? -1, out: out + err }),
      );
    });
  };
  const kept = () => Promise.all(FILES.map((name) => readFile(join(folder, "keys", name), "utf8")));

  it("DEP-9 given no keys, when made twice and at once, then there is one of each, for its owner alone", async () => {
    const runs = await Promise.all([run("none"), run("none")]);
    expect(runs.map(({ exit }) => exit)).toEqual([0, 0]);
    const first = await kept();
    expect((await run("none")).exit).toBe(0);
    expect(await kept()).toEqual(first);
    for (const name of FILES)
      expect((await stat(join(folder, "keys", name))).mode & 0o777).toBe(0o600);
  });

  it("DEP-9 given a key of a time with one node, then the nodes share that one", async () => {
    const key = `${"5".repeat(64)}\n`;
    await writeFile(join(folder, "vault.key"), key, { mode: 0o600 });
    expect((await run(".")).out).toContain("copied: ");
    const [shared] = await kept();
    expect(shared).toBe(key);
    await writeFile(join(folder, "vault.key"), `${"6".repeat(64)}\n`);
    expect((await run(".")).exit).toBe(0);
    expect((await kept())[0]).toBe(key);
  });

  it("DEP-9 given settings that name no shared file, then it says so and makes nothing", async () => {
    const { exit, out } = await run("none", false);
    expect(exit).toBe(1);
    for (const name of ["VAULT_KEY_FILE", "ANCHOR_KEY_FILE", "DEMO_SEED_FILE"])
      expect(out).toContain(`${name}: must name`);
    await expect(stat(join(folder, "none"))).rejects.toThrow("ENOENT");
  });
});
