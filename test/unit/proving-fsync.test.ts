import { describe, expect, it } from "vitest";
import { fsyncOrder } from "../support/fsync/fsync-order.ts";

const idOf = (n: number) => `0193b5c0-0000-7000-8000-${String(n).padStart(12, "0")}`;
const ID_1 = idOf(1);
const WAL = "7</data/log.db-wal>";
const commit = (id: string) => `11 pwrite64(${WAL}, "\\0{\\"id\\":\\"${id}\\"", 4096, 32) = 4096`;
const answer = (id: string) =>
  `10 write(9<socket:[1]>, "430[{\\"id\\":\\"${id}\\",\\"outcome\\":\\"ACCEPTED\\",\\"seq\\":1}]", 90) = 90`;
const SYNC = `11 fdatasync(${WAL}) = 0`;

const uncovered = (...lines: string[]) =>
  fsyncOrder(lines.join("\n"), "log.db-wal", "ACCEPTED").uncovered;

describe("order of sync and acknowledgement", () => {
  it("PRV-20 a commit, its sync, its answer: covered", () => {
    const order = fsyncOrder(
      [commit(ID_1), SYNC, answer(ID_1)].join("\n"),
      "log.db-wal",
      "ACCEPTED",
    );
    expect(order).toEqual({ acknowledged: [ID_1], uncovered: [] });
  });

  it.each([
    ["no sync", [commit(ID_1), answer(ID_1)]],
    ["the sync before the commit", [SYNC, commit(ID_1), answer(ID_1)]],
    ["the sync after the answer", [commit(ID_1), answer(ID_1), SYNC]],
    ["a sync that failed", [commit(ID_1), `11 fsync(${WAL}) = -1 EIO (I/O error)`, answer(ID_1)]],
    [
      "the sync of another file",
      [commit(ID_1), "11 fsync(8</data/access.db-wal>) = 0", answer(ID_1)],
    ],
    ["an answer without a commit", [SYNC, answer(ID_1)]],
    [
      "a sync that had not returned",
      [
        commit(ID_1),
        `11 fsync(${WAL} <unfinished ...>`,
        answer(ID_1),
        "11 <... fsync resumed>) = 0",
      ],
    ],
    [
      "a sync that began before the commit was written",
      [
        `12 fsync(${WAL} <unfinished ...>`,
        commit(ID_1),
        "12 <... fsync resumed>) = 0",
        answer(ID_1),
      ],
    ],
  ])("PRV-20 %s is found", (_, lines) => {
    expect(uncovered(...lines)).toEqual([ID_1]);
  });

  it("PRV-20 a sync on another thread that returned in time covers, and an answer that began counts", () => {
    const begun = answer(ID_1).replace(/, 90\) = 90$/, ", 90 <unfinished ...>");
    const sync = [
      `11 fsync(${WAL} <unfinished ...>`,
      '10 write(5<pipe:[2]>, "x", 1) = 1',
      "11 <... fsync resumed>) = 0",
    ];
    expect(uncovered(commit(ID_1), ...sync, begun)).toEqual([]);
    expect(uncovered(commit(ID_1), begun)).toEqual([ID_1]);
  });

  it("PRV-20 an answer that joined another is covered by the sync of that one's commit", () => {
    const joined = answer(idOf(2)).replace('1}]"', `1,\\"joined\\":\\"${ID_1}\\"}]"`);
    expect(uncovered(commit(ID_1), SYNC, joined)).toEqual([]);
    expect(uncovered(commit(ID_1), joined, SYNC)).toEqual([idOf(2)]);
  });

  it("PRV-20 an id that stands right behind other letters of a page is found", () => {
    const page = `11 pwrite64(${WAL}, "\\r\\0\\17\\1720abc${ID_1}\\1", 4096, 32) = 4096`;
    expect(uncovered(page, SYNC, answer(ID_1))).toEqual([]);
  });

  it("PRV-20 a journal's answer needs the sync of the segment that holds it", () => {
    const segment = (n: number) => `8</data/emergency/segment-00000${n}.jnl>`;
    const write = `12 pwrite64(${segment(1)}, "\\"id\\":\\"${ID_1}\\"", 300, 0) = 300`;
    const said = answer(ID_1).replace("ACCEPTED", "JOURNALLED");
    const order = (...lines: string[]) => fsyncOrder(lines.join("\n"), ".jnl", "JOURNALLED");
    expect(order(write, `12 fsync(${segment(1)}) = 0`, said).uncovered).toEqual([]);
    expect(order(write, `12 fsync(${segment(2)}) = 0`, said).uncovered).toEqual([ID_1]);
    expect(order(write, said, answer(ID_1)).acknowledged).toEqual([ID_1]);
  });

  it("PRV-20 one answer in a row of many is found", () => {
    const lines = Array.from({ length: 20 }, (_, i) => idOf(i)).flatMap((id) =>
      id === idOf(7) ? [commit(id), answer(id)] : [commit(id), SYNC, answer(id)],
    );
    expect(uncovered(...lines)).toEqual([idOf(7)]);
  });
});
