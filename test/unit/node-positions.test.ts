import { describe, expect, test } from "vitest";
import { LastValues } from "../../server/app/positions/last-values.ts";
import { Listening } from "../../server/app/positions/listening.ts";
import { mergedTracks } from "../../server/app/positions/merge-tracks.ts";
import { NodePositions } from "../../server/app/positions/node-positions.ts";
import { SecondHandTracks } from "../../server/app/positions/second-hand-tracks.ts";
import { openMemoryTracks } from "../../server/tracks/track-store-memory.ts";
import { decodeTracks } from "../../shared/wire/track-answer.ts";
import { TestClock, testKernel } from "../support/kernel/test-kernel.ts";

const OFFICER = "jiangan.police";
const scope = { bits: Uint32Array.of(0xffff_ffff), since: [] };

async function twoNodes() {
  const k = await testKernel();
  const { clock } = k;
  await k.accepted(OFFICER, "officer.setDuty", "officer", OFFICER, { duty: "ON_DUTY" });
  const { world } = k.kernel.replica;
  const node = () => {
    const values = new LastValues();
    const published: { readonly body: Uint8Array; readonly courtId: string }[] = [];
    const changed: number[] = [];
    const store = openMemoryTracks();
    const lost: number[] = [];
    const tracks = new SecondHandTracks({ store, clock, onLost: () => lost.push(clock.now()) });
    const between = new NodePositions({
      values,
      world,
      clock,
      changed: (trackIndex) => changed.push(trackIndex),
      publish: (body, courtId) => published.push({ body, courtId }),
      secondHand: (rows) => tracks.take(rows),
    });
    const trackIndex = world.get("officer", OFFICER)?.trackIndex ?? -1;
    const take = (lng: number, deviceAt: number) => {
      values.put({
        officerId: OFFICER,
        deviceId: "d1",
        trackIndex,
        deviceAt,
        receivedAt: deviceAt,
        lat: 30.6,
        lng,
        source: "SOCKET",
        mock: false,
      });
      between.taken(trackIndex);
    };
    return { values, between, published, changed, tracks, store, lost, take, trackIndex };
  };
  return { k, clock, a: node(), b: node() };
}

describe("positions between nodes", () => {
  test("NODE-7 given devices that report, when a tick is due, then one message per court goes out, and what was received never does", async () => {
    const { clock, a, b } = await twoNodes();
    a.take(114.3, clock.now());
    a.take(114.31, clock.now() + 250);
    a.between.tick();
    a.between.tick();
    expect(a.published.map(({ courtId }) => courtId)).toEqual(["jiangan"]);
    b.between.hear(a.published[0]?.body ?? new Uint8Array(0));
    b.between.tick();
    b.between.sendAll();
    b.between.tick();
    expect([b.published, b.changed, b.values.previous(b.trackIndex)]).toEqual([
      [],
      [a.trackIndex],
      { lat: 30.6, lng: 114.31, deviceAt: clock.now() + 250 },
    ]);
    // Whoever comes later is told all of it once more.
    a.between.sendAll();
    a.between.tick();
    expect(a.published).toHaveLength(2);
  });

  test("NODE-7 given an older position from another node, then the newer one stays, and is still this node's to tell", async () => {
    const { clock, a, b } = await twoNodes();
    a.take(114.3, clock.now());
    a.between.tick();
    b.take(114.4, clock.now() + 1_000);
    b.between.hear(a.published[0]?.body ?? new Uint8Array(0));
    expect([b.changed, b.values.previous(b.trackIndex)?.lng]).toEqual([[], 114.4]);
    b.between.tick();
    expect(b.published).toHaveLength(1);
    a.between.hear(b.published[0]?.body ?? new Uint8Array(0));
    a.between.sendAll();
    a.between.tick();
    expect([a.values.previous(a.trackIndex)?.lng, a.published.length]).toEqual([114.4, 1]);
  });

  test("NODE-7 given an officer who is off duty here, or a time before his duty or in the future, then nothing of it is believed", async () => {
    const { k, clock, a, b } = await twoNodes();
    const told = (deviceAt: number) => {
      a.take(114.3, deviceAt);
      a.between.tick();
      b.between.hear(a.published.at(-1)?.body ?? new Uint8Array(0));
      return b.values.has(b.trackIndex);
    };
    expect(told(clock.now() - 1)).toBe(false);
    expect(told(clock.now() + 61_000)).toBe(false);
    await k.accepted(OFFICER, "officer.setDuty", "officer", OFFICER, { duty: "OFF_DUTY" });
    const before = a.published.length;
    expect(told(clock.now() + 1)).toBe(false);
    expect(a.published).toHaveLength(before);
    await k.accepted(OFFICER, "officer.setDuty", "officer", OFFICER, { duty: "ON_DUTY" });
    expect(told(clock.now() + 2)).toBe(true);
  });

  test("NODE-7 given a position that comes before the commit of its officer's duty, when that is there within five seconds, then it is a dot, and after them it is none", async () => {
    const { k, clock, a, b } = await twoNodes();
    const duty = (to: string) =>
      k.accepted(OFFICER, "officer.setDuty", "officer", OFFICER, { duty: to });
    const heardEarly = async (lng: number) => {
      a.take(lng, clock.now() + 9_000);
      a.between.tick();
      await duty("OFF_DUTY");
      b.between.hear(a.published.at(-1)?.body ?? new Uint8Array(0));
      b.between.tick();
      expect(b.changed).toHaveLength(0);
    };
    await heardEarly(114.3);
    clock.pass(5_001);
    b.between.tick();
    await duty("ON_DUTY");
    b.between.tick();
    expect(b.changed).toEqual([]);
    await heardEarly(114.31);
    await duty("ON_DUTY");
    clock.pass(4_000);
    b.between.tick();
    expect([b.changed, b.values.previous(b.trackIndex)?.lng]).toEqual([[b.trackIndex], 114.31]);
  });

  test("NODE-7 given any bytes, then they are left out", async () => {
    const { b } = await twoNodes();
    for (const bytes of [[], [1, 2, 3], Array.from({ length: 64 }, (_, i) => i)])
      b.between.hear(Uint8Array.from(bytes));
    expect(b.changed).toEqual([]);
  });

  test("NODE-14 given positions of another node, when the past is asked, then own and second-hand rows are one answer, each officer once in a picture, and nobody after his duty", async () => {
    const { clock, a, b } = await twoNodes();
    const own = openMemoryTracks();
    const found = mergedTracks(own, b.store, () => false);
    const at = clock.now();
    a.take(114.3, at + 1_000);
    a.between.tick();
    b.between.hear(a.published[0]?.body ?? new Uint8Array(0));
    await b.tracks.flush();
    b.take(114.5, at + 2_000);
    const words = new Uint32Array(4);
    const time = b.values.copyTimedRow(b.trackIndex, words, 0);
    await own.append({ words, at: Float64Array.of(time) }, at);
    const read = async (query: Parameters<typeof found.find>[0]) => {
      const tracks = decodeTracks((await found.find(query)).bytes);
      if (!tracks.ok) throw new Error(tracks.refusal);
      return [...tracks.value.lng].map((lng) => Math.round(lng * 10) / 10);
    };
    const picture = { kind: "PICTURE", at: at + 3_000, maxAgeMs: 120_000, scope } as const;
    expect(await read(picture)).toEqual([114.5]);
    expect(await read({ ...picture, at: at + 1_500 })).toEqual([114.3]);
    const window = { from: at, to: at + 3_000 };
    expect((await read({ kind: "WINDOW", ...window, scope })).toSorted()).toEqual([114.3, 114.5]);
    const day = { kind: "DAY", ...window, trackIndex: b.trackIndex } as const;
    expect((await read(day)).toSorted()).toEqual([114.3, 114.5]);
  });

  test("NODE-14 given a disk that fails, when second-hand rows are to be kept, then that moment is known to be incomplete", async () => {
    const clock = new TestClock();
    const lost: number[] = [];
    const broken = {
      ...openMemoryTracks(),
      append: () => Promise.reject(new Error("no room")),
    };
    const tracks = new SecondHandTracks({
      store: broken,
      clock,
      onLost: () => lost.push(clock.now()),
    });
    tracks.ended(3, clock.now());
    await tracks.flush();
    await tracks.lookAfter();
    expect(lost).toEqual([clock.now()]);
  });
});

describe("listening to other nodes", () => {
  test("NODE-14 given times of hearing and of silence, then only what overlaps a silence lacks something, across restarts, and nothing from before there were several nodes", () => {
    const first = new Listening(1_000);
    first.look(2_000, true);
    first.look(3_000, true);
    first.look(4_000, false);
    first.look(5_000, true);
    expect([
      first.lacks(0, 900),
      first.lacks(1_000, 2_900),
      first.lacks(2_900, 3_000),
      first.lacks(3_500, 3_600),
      first.lacks(4_100, 5_000),
    ]).toEqual([false, false, true, true, false]);
    const second = new Listening(9_000, first.said());
    second.look(10_000, true);
    expect([
      second.lacks(3_500, 3_600),
      second.lacks(4_100, 4_900),
      second.lacks(6_000, 7_000),
      second.lacks(9_100, 9_900),
    ]).toEqual([true, false, true, false]);
    second.lost(9_500);
    expect([second.lacks(9_400, 9_600), second.lacks(9_600, 9_900)]).toEqual([true, false]);
    second.forgetBefore(5_500);
    expect([second.lacks(3_500, 3_600), second.lacks(6_000, 7_000)]).toEqual([false, true]);
  });
});
