/** What the operator reads at the start about the emergency journal's folder. */
import { appendFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Logger } from "pino";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { explain } from "../../server/explain-start.ts";
import { openJournal } from "../../server/open-journal.ts";

const { failing } = vi.hoisted(() => ({ failing: { code: "" } }));
vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  return {
    ...real,
    readdir: async (dir: string) => {
      if (failing.code === "") return real.readdir(dir);
      throw Object.assign(new Error(`${failing.code}: scandir`), { code: failing.code });
    },
  };
});

let folder: string;
let dir: string;
beforeEach(async () => {
  failing.code = "";
  folder = await mkdtemp(join(tmpdir(), "open-journal-"));
  dir = join(folder, "emergency");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function opening() {
  const said: unknown[] = [];
  const logger = { error: (...args: unknown[]) => said.push(args) } as unknown as Logger;
  const config = { store: { kind: "sqlite" }, emergency: { dir, ballastBytes: 0 } } as const;
  return { said, opened: openJournal(config, logger) };
}

const sentenceOf = async ({ opened }: ReturnType<typeof opening>): Promise<string> => {
  const error = await opened.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return explain(error);
};

describe("opening the journal", () => {
  it.each(["EIO", "EACCES", "EPERM", "ESTALE"])(
    "EMG-25 given a folder that answers %s, when the server starts, then it ends with a sentence that names the folder and what to do",
    async (code) => {
      failing.code = code;
      const sentence = await sentenceOf(opening());
      expect(sentence).toContain(dir);
      expect(sentence).toContain(code);
      expect(sentence).toMatch(/EMERGENCY_DIR/);
      expect(sentence.split("\n")).toHaveLength(1);
    },
  );

  it("EMG-25 given something else where the folder or a segment should be, when the server starts, then the same", async () => {
    await writeFile(dir, "a file");
    expect(await sentenceOf(opening())).toContain(dir);
    await rm(dir);
    await mkdir(join(dir, "segment-000001.jnl"), { recursive: true });
    const sentence = await sentenceOf(opening());
    expect(sentence).toContain(dir);
    expect(sentence).toMatch(/EISDIR.*EMERGENCY_DIR/);
  });

  it("EMG-24 given lines that cannot be read, when the server starts, then the operator's log says how many and where, and nothing otherwise", async () => {
    const { opened, said } = opening();
    await (await opened).append("sound");
    expect(said).toEqual([]);
    await appendFile(join(dir, "segment-000001.jnl"), "not as it was written\n");
    const again = opening();
    expect((await again.opened).found).toEqual(["sound"]);
    expect(again.said).toEqual([
      [{ area: "journal", dir, unreadable: 1 }, expect.stringContaining("OPERATIONS")],
    ]);
  });
});
