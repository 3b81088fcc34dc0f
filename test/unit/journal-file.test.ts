import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openFileJournal } from "../../server/journal/journal-file.ts";

let dir: string;
const MIB = 1_048_576;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "journal-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const open = (ballastBytes = 0) => openFileJournal({ dir, ballastBytes });
const segments = async () =>
  (await readdir(dir)).filter((name) => name.startsWith("segment")).sort();

describe("the emergency journal's files", () => {
  it("EMG-20 finds again, in order, what was acknowledged", async () => {
    const journal = await open();
    expect(journal.found).toEqual([]);
    await Promise.all(["a", "b", "c"].map((entry) => journal.append(entry)));
    // Killed: nothing is closed.
    expect((await open()).found).toEqual(["a", "b", "c"]);
  });

  it("EMG-20 leaves out what is torn or changed, and nothing else", async () => {
    const journal = await open();
    await journal.append("first");
    await journal.append("second");
    await journal.append("third");
    const [name = ""] = await segments();
    const file = join(dir, name);
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace("second", "sacond"));
    await appendFile(file, "0123456789abcdef half of a li");

    expect((await open()).found).toEqual(["first", "third"]);
  });

  it("EMG-23 does not find again what was set aside, and keeps it for people", async () => {
    const journal = await open();
    await journal.append("done");
    await journal.setAside();
    await journal.append("new");

    expect((await open()).found).toEqual(["new"]);
    const aside = (await readdir(dir)).filter((name) => name.startsWith("imported-"));
    expect(aside).toHaveLength(1);
    expect(await readFile(join(dir, aside[0] ?? ""), "utf8")).toContain("done");
  });

  it("EMG-22 goes on in a new file after a restart, and after one that cannot be written", async () => {
    const journal = await open();
    await journal.append("one");
    const again = await open();
    await again.append("two");
    expect(await segments()).toHaveLength(2);
    // The next number is taken by something that is not ours.
    await writeFile(join(dir, "segment-000003.jnl"), "");
    const third = await openFileJournal({ dir, ballastBytes: 0 });
    await third.append("three");

    expect((await open()).found).toEqual(["one", "two", "three"]);
  });

  it("EMG-24 counts whole lines that are not as they were written, and no last one that a crash cut off", async () => {
    const journal = await open();
    for (const entry of ["one", "two", "three", "four"]) await journal.append(entry);
    expect(journal.unreadable).toBe(0);
    const [name = ""] = await segments();
    const file = join(dir, name);
    const text = await readFile(file, "utf8");
    await writeFile(file, text.slice(0, -3));
    expect(await open()).toMatchObject({ found: ["one", "two", "three"], unreadable: 0 });
    await writeFile(file, text.replace("two", "twO").replace("four", "f\uFFFDur"));
    expect(await open()).toMatchObject({ found: ["one", "three"], unreadable: 2 });
  });

  it("EMG-24 sets a file with such a line aside as damaged, as it is, and goes on saying so", async () => {
    const journal = await open();
    await journal.append("lost");
    await (await open()).append("kept");
    const [name = ""] = await segments();
    const damaged = (await readFile(join(dir, name), "utf8")).replace("lost", "lOst");
    await writeFile(join(dir, name), damaged);

    const again = await open();
    expect(again.found).toEqual(["kept"]);
    await again.setAside();
    expect(again.unreadable).toBe(1);
    const names = await readdir(dir);
    const aside = names.filter((each) => /^damaged-[0-9a-f-]{36}-segment-000001\.jnl$/.test(each));
    expect(aside).toHaveLength(1);
    expect(await readFile(join(dir, aside[0] ?? ""), "utf8")).toBe(damaged);
    expect(names.filter((each) => each.startsWith("imported-"))).toHaveLength(1);
    expect(await segments()).toEqual([]);
    expect(await open()).toMatchObject({ found: [], unreadable: 0 });
  });

  it("EMG-21 fills its ballast with bytes that take up room", async () => {
    const journal = await open(3 * MIB);
    await journal.close();
    const { size, blocks } = await stat(join(dir, "ballast"));
    expect(size).toBe(3 * MIB);
    expect(blocks * 512).toBeGreaterThanOrEqual(3 * MIB);
  });
});
