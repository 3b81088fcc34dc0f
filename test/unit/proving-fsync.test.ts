import { describe, expect, it } from "vitest";
import { fsyncOrder } from "../support/fsync/fsync-order.ts";

const WAL = "7</data/log.db-wal>";
const commit = (id: string) => `11 pwrite64(${WAL}, "\\0{\\"id\\":\\"${id}\\"", 4096, 32) = 4096`;
const answer = (id: string) =>
  `10 write(9<socket:[1]>, "430[{\\"id\\":\\"${id}\\",\\"outcome\\":\\"ACCEPTED\\",\\"seq\\":1}]", 90) = 90`;
const SYNC = `11 fdatasync(${WAL}) = 0`;

const uncovered = (...lines: string[]) => fsyncOrder(lines.join("\n"), "log.db-wal").uncovered;

describe("order of sync and acknowledgement", () => {
  it("PRV-20 a commit, its sync, its answer: covered", () => {
    const order = fsyncOrder(
      [commit("command-1"), SYNC, answer("command-1")].join("\n"),
      "log.db-wal",
    );
    expect(order).toEqual({ acknowledged: ["command-1"], uncovered: [] });
  });

  it.each([
    ["no sync", [commit("command-1"), answer("command-1")]],
    ["the sync before the commit", [SYNC, commit("command-1"), answer("command-1")]],
    ["the sync after the answer", [commit("command-1"), answer("command-1"), SYNC]],
    [
      "a sync that failed",
      [commit("command-1"), `11 fsync(${WAL}) = -1 EIO (I/O error)`, answer("command-1")],
    ],
    [
      "the sync of another file",
      [commit("command-1"), "11 fsync(8</data/access.db-wal>) = 0", answer("command-1")],
    ],
    ["an answer without a commit", [SYNC, answer("command-1")]],
    [
      "a sync that had not returned",
      [
        commit("command-1"),
        `11 fsync(${WAL} <unfinished ...>`,
        answer("command-1"),
        "11 <... fsync resumed>) = 0",
      ],
    ],
    [
      "a sync that began before the commit was written",
      [
        `12 fsync(${WAL} <unfinished ...>`,
        commit("command-1"),
        "12 <... fsync resumed>) = 0",
        answer("command-1"),
      ],
    ],
  ])("PRV-20 %s is found", (_, lines) => {
    expect(uncovered(...lines)).toEqual(["command-1"]);
  });

  it("PRV-20 a sync on another thread that returned in time covers, and an answer that began counts", () => {
    const begun = answer("command-1").replace(/, 90\) = 90$/, ", 90 <unfinished ...>");
    const sync = [
      `11 fsync(${WAL} <unfinished ...>`,
      '10 write(5<pipe:[2]>, "x", 1) = 1',
      "11 <... fsync resumed>) = 0",
    ];
    expect(uncovered(commit("command-1"), ...sync, begun)).toEqual([]);
    expect(uncovered(commit("command-1"), begun)).toEqual(["command-1"]);
  });

  it("PRV-20 one answer in a row of many is found", () => {
    const lines = Array.from({ length: 20 }, (_, i) => `command-${i}`).flatMap((id) =>
      id === "command-7" ? [commit(id), answer(id)] : [commit(id), SYNC, answer(id)],
    );
    expect(uncovered(...lines)).toEqual(["command-7"]);
  });
});
