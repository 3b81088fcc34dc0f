import { describe, expect, test } from "vitest";
import { learnSosEnds } from "../../client/faces/field/sos-ends.ts";
import { latestSos, sosStory } from "../../client/faces/field/sos-story.ts";
import { stageOf } from "../../client/faces/field/stage.ts";
import { memoryOutboxDb } from "../../client/link/outbox-db.ts";
import type { HeldItem, OutboxStage } from "../../client/link/outbox-item.ts";
import { createShelf } from "../../client/link/outbox-store.ts";
import {
  emptyRecords,
  MAX_CLOSED,
  type RecordsState,
  withPatch,
  withSnapshot,
} from "../../client/store/records.ts";
import type { PutRecord } from "../../shared/wire/live.ts";
import { fakePlatform, freshStores, hash8 } from "./link-fakes.ts";

const nameOf = () => "desk";
const STORED_AT = 5_000;
const STORED: OutboxStage = { kind: "server", seq: 3, at: STORED_AT };

const call = (id: string, stage: OutboxStage = STORED, owner = "me"): HeldItem => ({
  id,
  order: 1,
  envelope: {
    id,
    kind: "incident.sos",
    ref: { type: "incident", id: "i1" },
    payload: {},
    knownSeq: 1,
    knownAt: 1_000,
    deviceAt: 1_000,
  },
  urgent: true,
  owner,
  made: { page: "p", mono: 0, gap: 0 },
  tries: 0,
  stage,
  disk: "saved",
});

const incident = (dto: Record<string, unknown>, id = "i1"): PutRecord => ({
  type: "incident",
  id,
  rev: 1,
  dto: { sos: true, state: "REPORTED", reporterId: "me", reportedAt: 900, ...dto },
});

const records = (...put: PutRecord[]): RecordsState =>
  withSnapshot(emptyRecords(), { to: 5, hash8: hash8(5), at: 1, put });

const story = (item: HeldItem, { maps, closed }: RecordsState) =>
  sosStory(item, maps, nameOf, 5, closed);

/** As the server keeps them of a flood: the first and the last 63. */
const ids = (first: string) => [first, ...Array.from({ length: 63 }, (_, n) => `later-${n}`)];
const flooded = incident({ commandIds: ids("first"), repeats: 90 });
const ended = (put: PutRecord): PutRecord => ({
  ...put,
  rev: put.rev + 1,
  dto: { ...put.dto, state: "RESOLVED", closed: true },
});

describe("a call for help whose id the record does not name any more", () => {
  test("SOSR-21 it runs as long as its officer's alarm is open, and follows that one", () => {
    const desk = { officerId: "desk", courtId: "court", at: STORED_AT + 1, name: "张警官" };
    const acknowledged = { ...flooded, dto: { ...flooded.dto, acknowledged: desk } };
    const shown = story(call("mine"), records(acknowledged));
    expect([shown.over, shown.ended, shown.acknowledged]).toEqual([false, false, true]);
    expect(shown.incident?.id).toBe("i1");
  });

  test("SOSR-21 it follows no alarm of another officer, no ended one, none that is no SOS and none raised later", () => {
    for (const other of [
      { reporterId: "another" },
      { state: "RESOLVED" },
      { sos: false },
      { reportedAt: STORED_AT + 1 },
    ]) {
      const shown = story(call("mine"), records(incident({ commandIds: ["x"], ...other })));
      expect([other, shown.incident]).toEqual([other, undefined]);
    }
  });

  test("SOSR-15 what is not stored yet follows no alarm that does not name it", () => {
    for (const stage of [{ kind: "waiting" }, { kind: "journal", at: 4_000 }] as const) {
      const item = call("mine", stage);
      expect(story(item, records(flooded)).incident).toBeUndefined();
      const shown = stageOf(item, records(flooded).maps, nameOf).kind;
      expect(shown).toBe(stage.kind === "journal" ? "journal" : "phone");
    }
  });
});

describe("the end of a call for help", () => {
  const named = incident({ commandIds: ["mine"], repeats: 0 });
  const patch = (state: RecordsState, put: PutRecord) =>
    withPatch(state, { from: 5, to: 6, hash8: hash8(6), at: 2, put: [put], del: [], lines: [] });

  test("SOSR-22 it is over once its alarm was seen closed, never because it is not there", () => {
    expect(story(call("mine"), records()).over).toBe(false);
    const closed = patch(records(named), ended(named));
    expect(closed.maps.incident.size).toBe(0);
    expect(story(call("mine"), closed).over).toBe(true);
    expect(story(call("mine", { kind: "waiting" }), closed).over).toBe(false);
  });

  test("SOSR-22 of an alarm that lost ids its officer's calls are over with it; another alarm's end is not theirs", () => {
    expect(story(call("mine"), patch(records(flooded), ended(flooded))).over).toBe(true);
    for (const other of [
      incident({ commandIds: ["x"], repeats: 0 }),
      incident({ commandIds: ids("x"), repeats: 90, reporterId: "another" }),
      incident({ commandIds: ids("x"), repeats: 90, reportedAt: STORED_AT + 1 }),
    ]) {
      expect(story(call("mine"), patch(records(other), ended(other))).over).toBe(false);
    }
  });

  /** A live page of "me" that holds this call and these records. */
  function page(item: HeldItem, put: PutRecord[], earlier: readonly PutRecord[] | undefined) {
    const stores = freshStores(fakePlatform());
    const shelf = createShelf(memoryOutboxDb());
    const asked: string[] = [];
    const self = { earlier, asked, stores };
    shelf.store.setState({ items: [item], loaded: true });
    stores.session.setState({ hello: { officerId: "me" } as never });
    stores.records.setState(records(...put));
    const live = (sinceMs: number) =>
      stores.connection.setState({ connection: { kind: "live", sinceMs } });
    const api = {
      closedRecords: async (type: string) => {
        asked.push(type);
        return self.earlier
          ? ({ ok: true, value: self.earlier } as const)
          : ({ ok: false, failure: { status: 0, code: "OFFLINE" } } as const);
      },
    };
    const stop = learnSosEnds({ stores, outbox: { store: shelf.store }, api });
    const over = () => story(item, stores.records.getState()).over;
    return Object.assign(self, { live, over, stop });
  }
  const soon = () => new Promise((done) => setTimeout(done, 0));

  test("SOSR-22 a phone that was away asks how it ended, once", async () => {
    const phone = page(call("mine"), [], [ended(named)]);
    await soon();
    expect(phone.asked).toEqual([]);
    phone.live(1);
    await expect.poll(phone.over).toBe(true);
    phone.stores.records.setState((s) => ({ maps: { ...s.maps } }));
    phone.live(2);
    await soon();
    expect(phone.asked).toEqual(["incident"]);
    phone.stop();
  });

  test("SOSR-22 without an answer it runs on, and is asked for again with the next live link", async () => {
    const phone = page(call("mine"), [], undefined);
    phone.live(1);
    await soon();
    phone.stores.records.setState((s) => ({ maps: { ...s.maps } }));
    await soon();
    expect([phone.asked.length, phone.over()]).toEqual([1, false]);
    phone.earlier = [ended(named)];
    phone.live(2);
    await expect.poll(phone.over).toBe(true);
    phone.stop();
  });

  test("SOSR-22 what was seen closed stays so, however many records are closed after it", async () => {
    const phone = page(call("mine"), [named], []);
    phone.live(1);
    phone.stores.records.setState((s) => patch(s, ended(named)));
    expect(phone.over()).toBe(true);
    for (let n = 0; n <= MAX_CLOSED; n += 1) {
      const read = { type: "message", id: `m${n}`, rev: 1, dto: { closed: true } };
      phone.stores.records.setState((s) => patch(s, read));
      expect([n, phone.over()]).toEqual([n, true]);
    }
    expect(phone.asked).toEqual([]);
    phone.stop();
  });

  test("SOSR-22 nothing is asked while it is open, on its way or another officer's", async () => {
    const cases: readonly (readonly [HeldItem, PutRecord[]])[] = [
      [call("mine"), [named]],
      [call("mine", { kind: "waiting" }), []],
      [call("mine", { ...STORED, seq: 6 }), []],
      [call("mine", STORED, "another"), []],
    ];
    for (const [item, put] of cases) {
      const phone = page(item, put, []);
      phone.live(1);
      await soon();
      expect(phone.asked).toEqual([]);
      phone.stop();
    }
  });

  test("SOSR-23 the screen is about the last call of whose phone it is now", () => {
    const mine = call("mine");
    const items = [{ ...call("whose"), owner: undefined }, mine, call("theirs", STORED, "another")];
    expect(latestSos(items, "me")?.id).toBe("mine");
    expect(latestSos(items, "third")?.id).toBe("whose");
    expect(latestSos([mine], "another")).toBeUndefined();
    expect(latestSos(items, undefined)?.id).toBe("theirs");
  });
});

describe("who has seen it", () => {
  const hand = (at: number) => ({ officerId: "desk", courtId: "court", at, name: "张警官" });
  const answered = (at: number, commandIds: readonly string[]) =>
    records(incident({ commandIds, repeats: 1, seenBy: [hand(at)], acknowledged: hand(at) }));
  const saysOf = (item: HeldItem, state: RecordsState) => {
    const { acknowledged, lines } = story(item, state);
    const said = lines.filter(({ done }) => done).map(({ what }) => what);
    return [
      stageOf(item, state.maps, nameOf).kind,
      acknowledged,
      said.includes("seen"),
      said.includes("acknowledged"),
    ];
  };
  const ANSWERED = ["acknowledged", true, true, true];
  const OPEN = ["server", false, false, false];

  test("SOSR-24 what happened before this call was stored is no receipt of it", () => {
    const second = call("second");
    expect(saysOf(second, answered(STORED_AT - 1, ["first", "second"]))).toEqual(OPEN);
    expect(saysOf(second, answered(STORED_AT, ["first", "second"]))).toEqual(ANSWERED);
    const lost = answered(STORED_AT - 1, ["first"]);
    expect(saysOf(second, lost)).toEqual(OPEN);
  });

  test("SOSR-24 the call that opened the alarm is answered by whatever the alarm says", () => {
    for (const stage of [STORED, { kind: "waiting" }, { kind: "journal", at: 7_000 }] as const) {
      expect(saysOf(call("first", stage), answered(STORED_AT - 1, ["first"]))).toEqual(ANSWERED);
    }
  });

  test("SOSR-24 as long as it is not known when it was stored, a repeat has no receipt; nor has one older than the press", () => {
    const unanswered = call("second", { kind: "waiting" });
    expect(saysOf(unanswered, answered(9_000, ["first", "second"]))).toEqual(OPEN);
    const merged = call("other", { ...STORED, at: 500, joined: "first" });
    expect(saysOf(merged, answered(999, ["first"]))).toEqual(OPEN);
    expect(saysOf(merged, answered(1_000, ["first"]))).toEqual(ANSWERED);
  });

  test("SOSR-24 an earlier look does not hide a later one", () => {
    const seenBy = [{ ...hand(STORED_AT + 1), officerId: "b", name: "李警官" }, hand(4_000)];
    const state = records(incident({ commandIds: ["first", "second"], repeats: 1, seenBy }));
    expect(stageOf(call("second"), state.maps, nameOf)).toEqual({ kind: "seen", by: "李警官" });
    const { lines } = story(call("second"), state);
    expect(lines.filter(({ what }) => what === "seen").map(({ by }) => by)).toEqual(["李警官"]);
  });
});
