import { describe, expect, test } from "vitest";
import { judgePatch } from "../../client/link/apply-patch.ts";
import { createInbox } from "../../client/link/inbox.ts";
import { MAX_LINES } from "../../client/store/records.ts";
import {
  fakePlatform,
  freshStores,
  hash8,
  heartbeatOf,
  helloOf,
  patchOf,
  put,
} from "./link-fakes.ts";

const at = (seq: number) => ({ seq, hash8: hash8(seq) });

/** A console that took a snapshot at `seq`. */
function inStepAt(seq: number) {
  const platform = fakePlatform();
  const stores = freshStores(platform);
  const inbox = createInbox(stores, "console");
  inbox.happened({ kind: "started" });
  inbox.hello(helloOf({ at: 1_000_000 }));
  inbox.snapshot({ to: seq, hash8: hash8(seq), at: 1_000_000, put: [put("A", 1), put("B", 1)] });
  const names = () =>
    [...stores.records.getState().maps.operation.values()].map((r) => `${r.id}${r.rev}`);
  return { platform, stores, inbox, names };
}

describe("what a patch means", () => {
  test("LINK-1 a patch at or before the cursor is ignored", () => {
    expect(judgePatch(at(10), patchOf(8, 9))).toBe("ignore");
    expect(judgePatch(at(10), patchOf(8, 10))).toBe("ignore");
  });

  test("LINK-2 a patch that begins at or before the cursor and goes beyond it is applied", () => {
    expect(judgePatch(at(10), patchOf(10, 11))).toBe("apply");
    expect(judgePatch(at(10), patchOf(7, 12))).toBe("apply");
  });

  test("LINK-3 a patch beyond the cursor, or without any cursor, asks for the gap", () => {
    expect(judgePatch(at(10), patchOf(11, 12))).toBe("resume");
    expect(judgePatch(null, patchOf(0, 12))).toBe("resume");
  });

  test("LINK-4 the cursor's commit under another hash asks for the other history", () => {
    expect(judgePatch(at(10), { from: 9, to: 10, hash8: "ffffffff" })).toBe("resume");
  });
});

describe("a view in step with the log", () => {
  test("LINK-1 an old patch leaves the records as they are", () => {
    const { inbox, names, stores } = inStepAt(10);
    expect(
      inbox.patch(patchOf(8, 10, { put: [put("A", 0)], del: [{ type: "operation", id: "B" }] })),
    ).toBe("nothing");
    expect(names()).toEqual(["A1", "B1"]);
    expect(stores.records.getState().cursor).toEqual(at(10));
  });

  test("LINK-2 puts replace by id, dels remove, and an overlapping patch changes nothing more", () => {
    const { inbox, names, stores } = inStepAt(10);
    const patch = patchOf(10, 12, {
      put: [put("A", 2), put("C", 1)],
      del: [{ type: "operation", id: "B" }],
    });
    inbox.patch(patch);
    expect(names()).toEqual(["A2", "C1"]);
    inbox.patch({ ...patchOf(9, 13), put: patch.put, del: patch.del });
    expect(names()).toEqual(["A2", "C1"]);
    expect(stores.records.getState().cursor).toEqual(at(13));
  });

  test("LINK-2 only the kinds that changed get a new map", () => {
    const { inbox, stores } = inStepAt(10);
    const before = stores.records.getState().maps;
    inbox.patch(patchOf(10, 11, { put: [put("X", 1, "incident")] }));
    const after = stores.records.getState().maps;
    expect(after.operation).toBe(before.operation);
    expect(after.incident).not.toBe(before.incident);
  });

  test("LINK-2 a kind that this client does not know is left out", () => {
    const { inbox, stores } = inStepAt(10);
    inbox.patch(patchOf(10, 11, { put: [put("X", 1, "drone")] }));
    expect(stores.records.getState().cursor).toEqual(at(11));
    expect(Object.keys(stores.records.getState().maps)).not.toContain("drone");
  });

  test("LINK-3 a gap applies nothing and asks", () => {
    const { inbox, names, stores } = inStepAt(10);
    expect(inbox.patch(patchOf(11, 12, { put: [put("A", 9)] }))).toBe("resume");
    expect(names()).toEqual(["A1", "B1"]);
    expect(stores.connection.getState().connection.kind).toBe("behind");
  });

  test("LINK-5 a heartbeat moves the cursor over commits that the view cannot see", () => {
    const { inbox, stores } = inStepAt(10);
    expect(inbox.heartbeat(heartbeatOf(10, 15))).toBe("nothing");
    expect(stores.records.getState().cursor).toEqual(at(15));
  });

  test("LINK-5 a lost last patch is noticed by the next heartbeat", () => {
    const { inbox, stores } = inStepAt(10);
    // The patch (10, 11] never came; the server believes this view to be at 11.
    expect(inbox.heartbeat(heartbeatOf(11, 11))).toBe("resume");
    expect(inbox.patch(patchOf(10, 11, { put: [put("A", 2)] }))).toBe("nothing");
    expect(stores.connection.getState().connection.kind).toBe("live");
  });

  test("LINK-24 given a snapshot asked for twice, when the second is older than what came between, then the glass does not go back", () => {
    const { inbox, stores } = inStepAt(10);
    inbox.patch(patchOf(10, 11));
    inbox.snapshot({ to: 10, hash8: hash8(10), at: 0, put: [] });
    expect(stores.records.getState().cursor).toEqual(at(11));
  });

  test("LINK-24 given another history, in this connection or the next, then its snapshot counts, however short it is", () => {
    const { inbox, stores } = inStepAt(10);
    expect(inbox.patch({ ...patchOf(9, 10), hash8: "ffffffff" })).toBe("resume");
    inbox.snapshot({ to: 4, hash8: "eeeeeeee", at: 0, put: [] });
    expect(stores.records.getState().cursor).toEqual({ seq: 4, hash8: "eeeeeeee" });
    inbox.hello(helloOf({ at: 1_000_001 }));
    inbox.snapshot({ to: 2, hash8: "dddddddd", at: 0, put: [] });
    expect(stores.records.getState().cursor).toEqual({ seq: 2, hash8: "dddddddd" });
  });

  test("LINK-6 a snapshot replaces every record", () => {
    const { inbox, names, stores } = inStepAt(10);
    inbox.snapshot({ to: 50, hash8: hash8(50), at: 0, put: [put("Z", 1)] });
    expect(names()).toEqual(["Z1"]);
    expect(stores.records.getState().cursor).toEqual(at(50));
  });

  test("LINK-7 another view empties the stores, the same view keeps them", () => {
    const { inbox, names, stores } = inStepAt(10);
    inbox.hello(helloOf({ sessionId: "S2" }));
    expect(names()).toEqual(["A1", "B1"]);
    inbox.hello(helloOf({ view: "console:C2", courtId: "C2" }));
    expect(names()).toEqual([]);
    expect(stores.records.getState().cursor).toBeNull();
  });

  test("LINK-5 the heartbeat says what the server's store can do", () => {
    const { inbox, stores } = inStepAt(10);
    inbox.heartbeat(heartbeatOf(10, 10, { store: "READ_ONLY" }));
    expect(stores.connection.getState().storeMode).toBe("READ_ONLY");
  });

  test("LINK-2 the stream is newest first, bounded, and an overlap adds nothing twice", () => {
    const { inbox, stores } = inStepAt(0);
    const line = (seq: number) => ({
      type: "operation",
      id: "A",
      seq,
      at: seq,
      courtId: "C1",
      zh: "到场",
      en: "arrived",
    });
    for (let seq = 1; seq <= MAX_LINES + 20; seq += 1) {
      inbox.patch(patchOf(seq - 1, seq, { lines: [line(seq)] }));
    }
    inbox.patch(patchOf(MAX_LINES, MAX_LINES + 21, { lines: [line(MAX_LINES + 20)] }));
    const { lines } = stores.records.getState();
    expect(lines.length).toBe(MAX_LINES);
    expect(lines[0]?.seq).toBe(MAX_LINES + 20);
    expect(lines[1]?.seq).toBe(MAX_LINES + 19);
  });
});
