import { expect, test } from "vitest";
import { createTrackDesk } from "../../server/app/positions/track-desk.ts";
import { openMemoryTracks } from "../../server/tracks/track-store-memory.ts";
import { groupOf, rowsFound } from "../support/tracks/rows.ts";

const LENT_AT = Date.UTC(2026, 10, 23, 7, 0);

test("TRK-11 given an officer who was lent, when the day before is asked for, then not even the fix of the very last instant asked for is shown", async () => {
  const store = openMemoryTracks();
  const before = { trackIndex: 3, at: LENT_AT - 60_000, lat: 1, lng: 2 };
  const since = { ...before, at: LENT_AT };
  await store.append(groupOf([before, since]), LENT_AT);
  const desk = createTrackDesk(store);
  const of = { trackIndex: 3, since: LENT_AT };
  const day = async (from: number, to: number) =>
    rowsFound({ bytes: (await desk.day(from, to, of)) as Uint8Array<ArrayBuffer> });
  expect(await day(before.at, before.at)).toEqual([]);
  expect(await day(before.at - 3_600_000, before.at)).toEqual([]);
  expect(await day(before.at, LENT_AT)).toEqual([since]);
});
