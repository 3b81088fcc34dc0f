import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStateFile, unsealedLines } from "../../server/state-cache/state-cache-file.ts";

const KEY = new Uint8Array(32).fill(7);
const LINES = ['{"seq":3}', "第二行\u2028", ""];

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "state-file-"));
  file = join(folder, "state.kept");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function* each(lines: readonly string[]) {
  yield* lines;
}

const textsOf = (lines: Iterable<Buffer>) => [...lines].map((line) => line.toString("utf8"));

const readBy = async (key: Uint8Array) => {
  const kept = await openStateFile(file, key).read();
  return kept && { lines: textsOf(kept.lines), isOwn: await kept.isOwn };
};

describe("the file of a kept state", () => {
  it("LOG-28 gives back what was written last, privately and under its name alone", async () => {
    const cache = openStateFile(file, KEY);
    expect(await cache.read()).toBeUndefined();
    await cache.write(each(["before"]));
    await cache.write(each(LINES));
    expect(await readBy(KEY)).toEqual({ lines: LINES, isOwn: true });
    expect(textsOf(await unsealedLines(file))).toEqual(LINES);
    expect(await readdir(folder)).toEqual(["state.kept"]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it("LOG-28 given what killed processes left half written, when the state is kept again, then that is gone and what a living one writes is not", async () => {
    const ended = spawnSync(process.execPath, ["--version"]).pid;
    const living = process.ppid;
    for (const pid of [ended, living]) await writeFile(`${file}.${pid}.new`, "half");
    await openStateFile(file, KEY).write(each(LINES));
    expect((await readdir(folder)).sort()).toEqual(["state.kept", `state.kept.${living}.new`]);
    expect(await readBy(KEY)).toEqual({ lines: LINES, isOwn: true });
  });

  it("LOG-28 what is given up half written leaves what was there, and nothing else", async () => {
    const cache = openStateFile(file, KEY);
    await cache.write(each(LINES));
    const givenUp = async function* () {
      yield "half";
      throw new Error("the server stops");
    };
    await expect(cache.write(givenUp())).rejects.toThrow("the server stops");
    expect(await readBy(KEY)).toEqual({ lines: LINES, isOwn: true });
    expect(await readdir(folder)).toEqual(["state.kept"]);
  });

  it("LOG-24 no byte can be changed without its seal saying so", async () => {
    await openStateFile(file, KEY).write(each(LINES));
    const whole = await readFile(file);
    for (let i = 0; i < whole.length; i += 1) {
      const spoilt = Buffer.from(whole);
      spoilt[i] = (spoilt[i] ?? 0) ^ 1;
      await writeFile(file, spoilt);
      const read = await readBy(KEY).catch(() => undefined);
      expect(read?.isOwn, `byte ${i}`).not.toBe(true);
    }
    for (const length of [0, 1, 70, whole.length - 1]) {
      await writeFile(file, whole.subarray(0, length));
      await expect(readBy(KEY)).rejects.toThrow("seal");
    }
  });

  it("LOG-24 a state that was sealed with another key is not this deployment's", async () => {
    await openStateFile(file, new Uint8Array(32).fill(8)).write(each(LINES));
    expect(await readBy(KEY)).toMatchObject({ isOwn: false });
  });
});
