/** What only files can be asked: crashes at any byte, full disks, retention, size. */
import {
  appendFile,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTrackFiles, type TrackFiles } from "../../server/tracks/track-files.ts";
import { mountSmallDisk } from "../support/disk/small-disk.ts";
import { groupOf, rowsFound, scopeOfAll, type TestRow } from "../support/tracks/rows.ts";
import { notRun } from "../support/trials.ts";

const OFFICERS = 64;
const START = Date.UTC(2026, 10, 23, 7, 0);
const CHUNK_MS = 120_000;

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "track-files-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const open = (now = START, keepDays = 90) => openTrackFiles({ dir, keepDays }, now);

const row = (n: number, at: number): TestRow => ({
  trackIndex: n % OFFICERS,
  at,
  lat: 300_000_000 + n,
  lng: 1_140_000_000 - n,
});

/** A fix a second, two chunks of it closed. @returns what was answered. */
async function written(files: TrackFiles, seconds = 600): Promise<TestRow[]> {
  const rows: TestRow[] = [];
  for (let s = 0; s < seconds; s++) {
    const now = START + s * 1_000;
    const one = row(s, now - 40);
    await files.append(groupOf([one]), now);
    rows.push(one);
    if (s % 5 === 0) await files.tick(now);
  }
  return rows;
}

async function everything(files: TrackFiles, hours = 3) {
  const found: TestRow[] = [];
  let incomplete = false;
  for (let from = START - 3_600_000; from < START + hours * 3_600_000; from += 600_000) {
    const window = await files.find({
      kind: "WINDOW",
      from,
      to: from + 599_999,
      scope: scopeOfAll(OFFICERS),
    });
    found.push(...rowsFound(window));
    incomplete ||= window.incomplete;
  }
  return { found: found.toSorted((a, b) => a.at - b.at), incomplete };
}

const fileOf = async (ending: string): Promise<string> =>
  join(dir, (await readdir(dir)).sort().findLast((name) => name.endsWith(ending)) ?? "");

describe("track files", () => {
  it("TRK-4 given a process that ended without a word, when the files are opened again, then every answered fix is there once", async () => {
    const rows = await written(await open());
    const again = await open(START + 600_000);
    expect(await everything(again)).toEqual({ found: rows, incomplete: false });
    await again.tick(START + 900_000);
    expect(await everything(again)).toEqual({ found: rows, incomplete: false });
    const third = await open(START + 86_400_000);
    expect((await everything(third)).found).toEqual(rows);
  });

  it("TRK-5 given a pending file that was cut at any byte, then whole groups before the cut are there and nothing else", async () => {
    const files = await open();
    const rows = Array.from({ length: 20 }, (_, s) => row(s, START + s * 1_000));
    for (const one of rows) await files.append(groupOf([one]), one.at);
    const pending = await fileOf(".wal");
    const bytes = await readFile(pending);
    for (let cut = 0; cut <= bytes.byteLength; cut += 7) {
      await writeFile(pending, bytes.subarray(0, cut));
      const { found } = await everything(await open());
      expect(found).toEqual(rows.slice(0, Math.floor(cut / 40)));
    }
  });

  it("TRK-5 given an hour's file that was cut in its last chunk, when it is opened, then the chunk is made again", async () => {
    const files = await open();
    const rows = await written(files, 330);
    const hour = await fileOf(".trk");
    // The pending file still holds what the chunk was made from.
    const { size } = await stat(hour);
    await appendFile(hour, Buffer.alloc(100, 1));
    expect((await everything(await open(START + 330_000))).found).toEqual(rows);
    expect((await stat(hour)).size).toBe(size);
    await truncate(hour, size - 5);
    expect(await everything(await open(START + 330_000))).toEqual({
      found: rows,
      incomplete: false,
    });
  });

  it("TRK-5 given a byte that has changed in a closed chunk, then its rows are not shown and the answer says incomplete", async () => {
    const files = await open();
    await written(files, 330);
    await files.tick(START + 900_000);
    await files.close();
    const hour = await fileOf(".trk");
    const bytes = await readFile(hour);
    bytes[bytes.byteLength - 9] = (bytes.at(-9) ?? 0) ^ 1;
    await writeFile(hour, bytes);
    // Opened in a later hour: nothing is known of that file but what stands in it.
    const { found, incomplete } = await everything(await open(START + 10 * 3_600_000));
    expect(incomplete).toBe(true);
    const asWritten = ({ at, lat }: TestRow) => lat === row((at + 40 - START) / 1_000, 0).lat;
    expect([found.length > 0, found.length < 330, found.every(asWritten)]).toEqual([
      true,
      true,
      true,
    ]);
  });

  it("TRK-5 given a chunk of this hour whose head has changed, when the files are opened and go on, then no other chunk is lost and answers say incomplete", async () => {
    const files = await open();
    const rows = await written(files, 900);
    // All is closed, and what it was made from is dropped.
    await files.tick(START + 1_300_000);
    await files.close();
    const hour = await fileOf(".trk");
    const bytes = await readFile(hour);
    bytes[10] = (bytes[10] ?? 0) ^ 1;
    await writeFile(hour, bytes);
    const again = await open(START + 1_300_000);
    const more = row(3, START + 1_301_000);
    await again.append(groupOf([more]), START + 1_301_000);
    await again.tick(START + 1_700_000);
    for (const opened of [again, await open(START + 1_700_000)]) {
      const { found, incomplete } = await everything(opened);
      const readable = rows.filter(({ at }) => at < START || at >= START + CHUNK_MS);
      expect([incomplete, found]).toEqual([true, [...readable, more]]);
    }
  });

  it("TRK-5 given a late file with a torn end, when another late fix comes, then both are found and the rest is cut", async () => {
    const files = await open(START + 3_600_000);
    const late = [row(1, START + 5), row(2, START + 6)];
    await files.append(groupOf(late.slice(0, 1)), START + 3_600_000);
    await files.close();
    await appendFile(await fileOf(".late"), Buffer.alloc(30, 9));
    const again = await open(START + 3_600_000);
    expect((await everything(again)).incomplete).toBe(true);
    await again.append(groupOf(late.slice(1)), START + 3_600_000);
    expect(await everything(again)).toEqual({ found: late, incomplete: false });
  });

  it("TRK-5 given a byte that has changed in the midst of a pending file, then no other fix is lost, and answers say incomplete, after the chunk is closed and another start too", async () => {
    const rows = await written(await open(), 60);
    const file = await fileOf(".wal");
    const bytes = await readFile(file);
    const middle = Math.floor(bytes.byteLength / 2);
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    await writeFile(file, bytes);
    const again = await open(START + 60_000);
    const { found, incomplete } = await everything(again);
    expect([found.length, incomplete]).toEqual([rows.length - 1, true]);
    await again.tick(START + 900_000);
    await again.close();
    const third = await open(START + 900_000);
    await third.tick(START + 902_000);
    expect(await everything(third)).toEqual({ found, incomplete: true });
    await third.tick(START + 91 * 86_400_000);
    expect((await readdir(dir)).filter((name) => name.endsWith(".wal"))).toEqual([]);
  });

  it("TRK-5 given a byte that has changed in the midst of a late file, when another late fix comes, then no other fix is lost, and answers say incomplete", async () => {
    const files = await open(START + 3_600_000);
    const rows = [1, 2, 3].map((n) => row(n, START + n * 1_000));
    for (const one of rows) await files.append(groupOf([one]), START + 3_600_000);
    await files.close();
    const file = await fileOf(".late");
    const bytes = await readFile(file);
    const middle = Math.floor(bytes.byteLength / 2);
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    await writeFile(file, bytes);
    const again = await open(START + 3_600_000);
    const fourth = row(4, START + 4_000);
    await again.append(groupOf([fourth]), START + 3_600_000);
    expect(await everything(again)).toEqual({
      found: [rows[0], rows[2], fourth],
      incomplete: true,
    });
  });

  it("TRK-3 given a fix that came twice because its answer was lost in a crash, when its chunk is closed, then it is kept once", async () => {
    const files = await open();
    const one = row(1, START);
    await files.append(groupOf([one]), START);
    const again = await open();
    await again.append(groupOf([one]), START + 1_000);
    await again.tick(START + CHUNK_MS * 3);
    expect((await everything(again)).found).toEqual([one]);
  });

  it("TRK-6 given a clock that was set back after a chunk was closed, then fixes of that chunk are late and found", async () => {
    const files = await open();
    const first = row(1, START + 1_000);
    await files.append(groupOf([first]), START + 1_000);
    await files.tick(START + 10 * CHUNK_MS);
    await files.close();
    const again = await open(START);
    const second = row(2, START + 2_000);
    await again.append(groupOf([second]), START + 2_000);
    expect((await everything(again)).found).toEqual([first, second]);
    expect((await readdir(dir)).filter((name) => name.endsWith(".late"))).toHaveLength(1);
  });

  it("TRK-6 given a clock that was set back by hours, when it comes to a chunk that was closed before, then fixes of that chunk are kept", async () => {
    const files = await open();
    const first = row(1, START + 1_000);
    await files.append(groupOf([first]), START + 1_000);
    await files.tick(START + 10 * CHUNK_MS);
    await files.close();
    const again = await open(START - 5 * 3_600_000);
    const second = row(2, START + 2_000);
    await again.append(groupOf([second]), START + 2_000);
    await again.tick(START + 10 * CHUNK_MS);
    expect((await everything(again)).found).toEqual([first, second]);
    await again.close();
    const third = await open(START + 10 * CHUNK_MS);
    expect((await everything(third)).found).toEqual([first, second]);
  });

  it("TRK-8 given 10,000 officers and a fix every 5 s, then a stored position takes at most 17 bytes", async () => {
    const officers = 10_000;
    const files = await open();
    const end = START + 3 * CHUNK_MS;
    let rows = 0;
    for (let now = START; now < end; now += 500) {
      const from = ((now - START) / 500) * 1_000;
      const group = Array.from({ length: 1_000 }, (_, i) => ({
        trackIndex: (from + i) % officers,
        at: now - (i % 300),
        lat: 300_000_000 + i,
        lng: 1_140_000_000 + from,
      }));
      await files.append(groupOf(group), now);
      rows += group.length;
    }
    await files.tick(end + 10 * CHUNK_MS);
    const sizes = await Promise.all(
      (await readdir(dir)).map(async (name) => (await stat(join(dir, name))).size),
    );
    const perPosition = sizes.reduce((sum, size) => sum + size, 0) / rows;
    expect(perPosition).toBeLessThanOrEqual(17);
    expect((await readdir(dir)).filter((name) => name.endsWith(".wal"))).toEqual([]);
    await files.close();
  }, 60_000);

  it("TRK-9 given hours older than the retention, when time goes on, then their files are gone and the others are not", async () => {
    const day = 86_400_000;
    const files = await open(START, 2);
    const at = [0, 1, 2, 3].map((days) => START + days * day);
    for (const time of at) {
      await files.append(groupOf([row(1, time)]), time);
      await files.append(groupOf([row(2, time - 3_600_000)]), time);
      await files.tick(time + 300_000);
    }
    const left = (await readdir(dir)).filter((name) => /\.(trk|late)$/.test(name)).sort();
    expect(left).toEqual([
      "2026-11-24T07.trk",
      "2026-11-25T06.late",
      "2026-11-25T07.trk",
      "2026-11-26T06.late",
      "2026-11-26T07.trk",
    ]);
  });

  it("TRK-9 what is asked for of hours that were dropped is said to be incomplete, and no other", async () => {
    const day = 86_400_000;
    const files = await open(START, 2);
    const ask = (at: number) =>
      files.find({ kind: "PICTURE", at, maxAgeMs: CHUNK_MS, scope: scopeOfAll(OFFICERS) });
    expect((await ask(START)).incomplete).toBe(false);
    await files.append(groupOf([row(1, START)]), START);
    await files.tick(START + 3 * day);
    expect((await ask(START)).incomplete).toBe(true);
    expect((await ask(START + 2 * day)).incomplete).toBe(false);
    await files.close();
    const again = await open(START + 3 * day, 2);
    const asked = { from: START, to: START + 1, trackIndex: 1 };
    expect((await again.find({ kind: "DAY", ...asked })).incomplete).toBe(true);
  });

  it("TRK-2 given a full disk, then nothing is answered as stored, and when there is room again everything answered is there", async ({
    skip,
  }) => {
    const disk = await mountSmallDisk(4);
    if ("notRun" in disk) {
      notRun(disk.notRun);
      return skip();
    }
    await rm(dir, { recursive: true });
    dir = join(disk.dir, "tracks");
    try {
      const files = await open();
      const answered: TestRow[] = [];
      let refused = 0;
      for (let s = 0; s < 600; s++) {
        if (s === 150) await disk.fill();
        if (s === 450) await disk.clear();
        const now = START + s * 1_000;
        // Wide groups: a page that the file has already takes no room.
        const group = Array.from({ length: 64 }, (_, i) => row(i, now + i));
        await files.append(groupOf(group), now).then(
          () => answered.push(...group),
          () => {
            refused += 1;
          },
        );
        await files.tick(now).catch(() => undefined);
      }
      expect(refused).toBeGreaterThan(100);
      await expect(files.tick(START + 600_000)).resolves.toBeUndefined();
      const again = await open(START + 600_000);
      const { found } = await everything(again);
      const keys = new Set(found.map(({ trackIndex, at }) => `${trackIndex} ${at}`));
      expect(answered.filter(({ trackIndex, at }) => !keys.has(`${trackIndex} ${at}`))).toEqual([]);
      await again.close();
    } finally {
      await disk.remove();
    }
  }, 60_000);
});
