import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { batchFixToFix, type Fix } from "../../server/app/positions/fix.ts";
import { countsOf, type IngestCounts, PositionIngest } from "../../server/app/positions/ingest.ts";
import { LastValues } from "../../server/app/positions/last-values.ts";
import { REJECT_REASONS } from "../../server/app/positions/sanity.ts";
import { type BatchFix, MAX_BATCH_FIXES } from "../../shared/wire/position-batch.ts";

const NOW = 1_795_000_000_000;
const wuhan = { lat: 30.5928, lng: 114.3055 };

function fix(more: Partial<Fix> = {}): Fix {
  return {
    officerId: "o1",
    deviceId: "d1",
    trackIndex: 0,
    deviceAt: NOW,
    receivedAt: NOW + 500,
    ...wuhan,
    source: "SOCKET",
    mock: false,
    ...more,
  };
}

const yes = () => true;

function given(
  dutySince: Record<string, number> = { o1: 0, o2: 0 },
  { isTaking = yes, isKept = yes }: { isTaking?: () => boolean; isKept?: () => boolean } = {},
) {
  const ended: { readonly trackIndex: number; readonly at: number }[] = [];
  const values = new LastValues();
  const track: Fix[] = [];
  const changed: number[] = [];
  const ingest = new PositionIngest({
    values,
    tracks: {
      append: (one) => isTaking() && track.push(one) > 0,
      ended: (trackIndex, at) => ended.push({ trackIndex, at }),
      settled: async () => isKept(),
    },
    trackedSince: (officerId) => dutySince[officerId],
    changed: (trackIndex) => changed.push(trackIndex),
  });
  return { values, track, changed, ended, ingest };
}

/** The outcomes that happened, with how often. */
const seen = (counts: IngestCounts) =>
  Object.fromEntries(Object.entries(counts).filter(([, n]) => n > 0));

describe("ingest", () => {
  it("POS-11 takes a fix to the live position and to the track", () => {
    const { ingest, values, track, changed } = given();
    expect(seen(ingest.ingest([fix()]).counts)).toEqual({ ACCEPTED: 1 });
    expect(values.previous(0)).toEqual({ ...wuhan, deviceAt: NOW });
    expect(track).toEqual([fix()]);
    expect(changed).toEqual([0]);
  });

  it("POS-12 never lets an older fix overwrite a newer one: it goes to the track only", () => {
    const { ingest, values, track, changed } = given();
    ingest.ingest([fix()]);
    const late = fix({ deviceAt: NOW - 60_000, lat: 30.6 });
    expect(seen(ingest.ingest([late]).counts)).toEqual({ LATE: 1 });
    expect(values.previous(0)).toEqual({ ...wuhan, deviceAt: NOW });
    expect(track).toEqual([fix(), late]);
    expect(changed).toEqual([0]);
  });

  it("POS-12 judges newer and older per officer, across devices", () => {
    const { ingest, values } = given();
    ingest.ingest([fix({ deviceId: "phone" })]);
    ingest.ingest([fix({ deviceId: "tracker", deviceAt: NOW - 1, lat: 30.6 })]);
    expect(values.previous(0)?.lat).toBe(wuhan.lat);
    ingest.ingest([fix({ deviceId: "tracker", deviceAt: NOW + 5_000, lat: 30.593 })]);
    expect(values.previous(0)?.lat).toBe(30.593);
  });

  it("POS-12 given the same walk in batches of any order, by two devices and with repeats, then the newest is shown and each stands on the track once", async () => {
    const walk = Array.from({ length: 40 }, (_, i) =>
      fix({
        deviceAt: NOW - 40_000 + i * 1_000,
        lat: wuhan.lat + i * 1e-5,
        deviceId: i % 3 === 0 ? "d2" : "d1",
      }),
    );
    const order = fc.shuffledSubarray([...walk, ...walk.slice(5, 25)], { minLength: 60 });
    await fc.assert(
      fc.asyncProperty(order, fc.integer({ min: 1, max: 20 }), async (fixes, size) => {
        const { ingest, values, track } = given();
        for (let from = 0; from < fixes.length; from += size)
          expect(await ingest.ingest(fixes.slice(from, from + size)).kept).toBe(true);
        expect(values.previous(0)).toMatchObject({ deviceAt: NOW - 1_000, lat: walk.at(-1)?.lat });
        const times = track.map(({ deviceAt }) => deviceAt).sort((a, b) => a - b);
        expect(times).toEqual(walk.map(({ deviceAt }) => deviceAt));
      }),
    );
  });

  it("POS-13 takes a repeated fix once, the newest and the late ones alike", () => {
    const { ingest, track } = given();
    const batch = [fix({ deviceAt: NOW - 5_000, seq: 1 }), fix({ seq: 2 })];
    ingest.ingest(batch);
    const again = ingest.ingest(batch);
    expect(seen(again.counts)).toEqual({ DUPLICATE: 2 });
    expect(again.storedUpTo).toBe(2);
    expect(track).toHaveLength(2);
  });

  it("POS-13 recognises a whole batch of the largest size when it comes again", () => {
    const { ingest, track } = given();
    const batch = Array.from({ length: MAX_BATCH_FIXES }, (_, i) =>
      fix({ deviceAt: NOW - (MAX_BATCH_FIXES - i) * 1_000, seq: i }),
    );
    ingest.ingest(batch);
    expect(seen(ingest.ingest(batch).counts)).toEqual({ DUPLICATE: MAX_BATCH_FIXES });
    expect(track).toHaveLength(MAX_BATCH_FIXES);
  });

  it("POS-13 does not take the same time from another device for a repeat", () => {
    const { ingest, track } = given();
    ingest.ingest([fix(), fix({ deviceId: "d2" })]);
    expect(track).toHaveLength(2);
  });

  it.each([
    ["OUT_OF_RANGE", { lat: 90.1 }],
    ["OUT_OF_RANGE", { lng: Number.NaN }],
    ["OUT_OF_RANGE", { trackIndex: 0x10_0000 }],
    ["NULL_ISLAND", { lat: 0, lng: 0 }],
    ["NULL_ISLAND", { lat: 0.001, lng: -0.001 }],
    ["FUTURE", { deviceAt: NOW + 500 + 60_001 }],
    ["TOO_OLD", { deviceAt: NOW - 72 * 3_600_000 }],
    ["JUMP", { deviceAt: NOW + 10_000, lat: 30.7 }],
  ])("POS-14 refuses %s", (reason, spoilt) => {
    const { ingest, track, values } = given();
    ingest.ingest([fix()]);
    const result = ingest.ingest([fix({ ...spoilt, seq: 9 })]);
    expect(seen(result.counts)).toEqual({ [reason]: 1 });
    expect(result.storedUpTo).toBe(9);
    expect(track).toHaveLength(1);
    expect(values.previous(0)).toEqual({ ...wuhan, deviceAt: NOW });
  });

  it("POS-14 knows every reason it counts", () => {
    const { counts } = given().ingest.ingest([]);
    expect(Object.keys(counts)).toEqual(["ACCEPTED", "LATE", "NOT_STORED", ...REJECT_REASONS]);
  });

  it("POS-15 takes a far position again when the contradicting one is old", () => {
    const { ingest, values } = given();
    ingest.ingest([fix({ lat: 39.9, lng: 116.4 })]);
    const steps = [60_000, 120_000, 121_000].map((later) =>
      seen(ingest.ingest([fix({ deviceAt: NOW + later, receivedAt: NOW + later })]).counts),
    );
    expect(steps).toEqual([{ JUMP: 1 }, { JUMP: 1 }, { ACCEPTED: 1 }]);
    expect(values.previous(0)?.lat).toBe(wuhan.lat);
  });

  it("POS-15 allows for the accuracy that the device itself names", () => {
    const { ingest } = given();
    ingest.ingest([fix()]);
    const coarse = fix({ deviceAt: NOW + 1_000, lat: wuhan.lat + 0.01, accuracyM: 1_100 });
    expect(seen(ingest.ingest([coarse]).counts)).toEqual({ ACCEPTED: 1 });
  });

  it("POS-16 keeps a mock position and marks it", () => {
    const { ingest, values, track } = given();
    ingest.ingest([fix({ mock: true })]);
    expect(track[0]?.mock).toBe(true);
    expect((values.rows[15] ?? 0) & 2).toBe(2);
  });

  it("POS-17 tracks nobody off duty, nor the time before the duty began", () => {
    const { ingest, track, values } = given({ o1: NOW });
    const result = ingest.ingest([
      fix({ officerId: "o2", trackIndex: 1, seq: 4 }),
      fix({ deviceAt: NOW - 1 }),
    ]);
    expect(seen(result.counts)).toEqual({ OFF_DUTY: 2 });
    expect(result.storedUpTo).toBe(4);
    expect(track).toEqual([]);
    expect([values.has(0), values.has(1), ingest.lastSeenAt(1)]).toEqual([false, false, undefined]);
  });

  it("POS-17 forgets the position of an officer who goes off duty", () => {
    const { ingest, values } = given();
    ingest.ingest([fix()]);
    ingest.forget(0, NOW);
    expect(values.has(0)).toBe(false);
  });

  it("POS-18 knows when an officer was last heard of, with or without a position", () => {
    const { ingest } = given();
    expect(ingest.lastSeenAt(0)).toBeUndefined();
    ingest.ingest([fix({ lat: 0, lng: 0 })]);
    expect(ingest.lastSeenAt(0)).toBe(NOW + 500);
    ingest.seen(0, NOW + 9_000);
    ingest.seen(0, NOW + 8_000);
    expect(ingest.lastSeenAt(0)).toBe(NOW + 9_000);
  });

  it("POS-5 makes a fix of what a device sent and what its session says", () => {
    const sent: BatchFix = { seq: 3, deviceAt: NOW, ...wuhan, batteryPct: 80, mock: false };
    const sender = { officerId: "o1", deviceId: "d1", trackIndex: 0, source: "HTTP" } as const;
    expect(batchFixToFix(sent, sender, NOW + 500)).toEqual(
      fix({ seq: 3, batteryPct: 80, source: "HTTP" }),
    );
  });

  it("TRK-2 given a track that could not be written, when the fix comes again, then it is no repeat and goes to the track", async () => {
    let works = false;
    const { ingest, track, values } = given(undefined, { isKept: () => works });
    const first = ingest.ingest([fix({ seq: 1 })]);
    expect(await first.kept).toBe(false);
    expect(values.has(0)).toBe(true);
    works = true;
    const again = ingest.ingest([fix({ seq: 1 })]);
    expect([seen(again.counts), await again.kept]).toEqual([{ LATE: 1 }, true]);
    expect(track).toHaveLength(2);
  });

  it("TRK-2 given a track that takes nothing more, then the fix is shown, counted and not answered as stored", async () => {
    let takes = false;
    const { ingest, track, values } = given(undefined, { isTaking: () => takes });
    const first = ingest.ingest([fix({ seq: 1 })]);
    expect([seen(first.counts), await first.kept]).toEqual([{ NOT_STORED: 1 }, false]);
    expect([values.has(0), track.length]).toEqual([true, 0]);
    takes = true;
    expect(await ingest.ingest([fix({ seq: 1 })]).kept).toBe(true);
    expect(track).toHaveLength(1);
  });

  it("TRK-14 ends the track of an officer who goes off duty behind his last fix, whatever his clock says", () => {
    const { ingest, ended } = given();
    ingest.forget(0, NOW);
    ingest.ingest([fix({ deviceAt: NOW + 30_000 })]);
    ingest.forget(0, NOW + 1_000);
    ingest.forget(0, NOW + 2_000);
    expect(ended).toEqual([{ trackIndex: 0, at: NOW + 30_001 }]);
  });

  it("TRK-2 what could not be written after all is counted as not stored, and a refused one as refused", () => {
    const { ingest } = given();
    const { counts } = ingest.ingest([fix(), fix({ deviceAt: NOW - 5_000 }), fix({ lat: 99 })]);
    expect(seen(countsOf(counts, true))).toEqual({ ACCEPTED: 1, LATE: 1, OUT_OF_RANGE: 1 });
    expect(seen(countsOf(counts, false))).toEqual({ NOT_STORED: 2, OUT_OF_RANGE: 1 });
  });
});
