import { describe, expect, test } from "vitest";
import { courtTree, subtreeIds } from "../../client/faces/console/queue/court-counts.ts";
import { filterQueue } from "../../client/faces/console/queue/queue-filter.ts";
import { queueItems } from "../../client/faces/console/queue/queue-items.ts";
import { displaced, heldOrder, inOrder } from "../../client/faces/console/queue/queue-order.ts";
import type { PutRecord } from "../../shared/wire/live.ts";
import { clock, courts, mapsOf, NOW, put } from "./console-fixtures.ts";

const VIEWER = { officerId: "o-1", courtId: "jiangan" };
const HOUR = 3_600_000;

const own = { courtId: "jiangan" };
const sos = put("incident", "sos", { ...own, sos: true, state: "REPORTED", level: "LARGER" });
const answered = put("incident", "answered", {
  ...own,
  sos: true,
  state: "REPORTED",
  acknowledged: { officerId: "o-9", courtId: "jiangan", at: NOW },
  holder: { courtId: "jiangan", officerId: "o-9" },
});
const held = put("detention", "held", {
  ...own,
  state: "INQUIRY",
  clocks: [clock("S4", 5 * HOUR, true, 8 * HOUR)],
});
const overtime = put("detention", "overtime", {
  ...own,
  state: "INQUIRY",
  overtime: true,
  clocks: [clock("S4", -60_000, true, 8 * HOUR)],
});
const late = put("police", "late", {
  ...own,
  urgency: "P3",
  state: "SENT",
  holder: { courtId: "wuhan" },
  clocks: [clock("P3-ACK", -1_000, false, 900_000)],
});
const running = put("operation", "running", { ...own, state: "EXECUTING" });
const waiting = put("operation", "waiting", { ...own, state: "APPROVED" });

const orderOf = (...puts: PutRecord[]) =>
  inOrder(queueItems(mapsOf(...puts), VIEWER, NOW)).map((item) => item.record.id);

describe("what another court asks of this desk", () => {
  const DUTY = { officerId: "o-1", courtId: "jiangan", roles: ["DUTY_OFFICER"] as const };
  const call = (id: string, state: string, toCourtId = "jiangan") =>
    put("rollcall", id, {
      courtId: "wuhan",
      callId: id,
      toCourtId,
      calledAt: NOW,
      targets: [{ key: `court:${toCourtId}`, state }],
    });
  const notice = (id: string, more: object = {}) =>
    put("notice", id, {
      courtId: "wuhan",
      kind: "BROADCAST",
      state: "PUBLISHED",
      publishedAt: NOW,
      expiresAt: NOW + HOUR,
      toCourtIds: ["jiangan"],
      forRoles: [],
      needsAck: true,
      acked: { n: 0, of: 1 },
      owed: true,
      ...more,
    });
  const rows = (viewer: typeof DUTY | typeof VIEWER, ...puts: PutRecord[]) =>
    inOrder(queueItems(mapsOf(...puts), viewer, NOW)).map(({ record, courtId, mine, tone }) => [
      record.id,
      courtId,
      mine,
      tone,
    ]);

  test("CON-40 given a roll-call to answer and notices to acknowledge, then they wait in the queue of the court that owes them, the alert first", () => {
    expect(
      rows(DUTY, notice("told"), call("roll", "CALLED"), notice("alert", { kind: "ALERT" })),
    ).toEqual([
      ["alert", "jiangan", true, "ours"],
      ["told", "jiangan", true, "ours"],
      ["roll", "jiangan", true, "ours"],
    ]);
  });

  test("CON-40 what is answered, another court's, expired or for other roles is not there, nor for who sits in no centre", () => {
    const settled = [
      call("answered", "PRESENT"),
      call("theirs", "CALLED", "hanyang"),
      notice("acknowledged", { owed: false }),
      notice("expired", { state: "EXPIRED" }),
      notice("directors", { forRoles: ["DIRECTOR"] }),
    ];
    expect(rows(DUTY, ...settled)).toEqual([]);
    expect(rows(VIEWER, call("roll", "CALLED"), notice("told"))).toEqual([]);
  });
});

describe("the queue's order", () => {
  test("CON-1 unanswered SOS, liberty overrun, overdue, then what is urgent by itself", () => {
    const all = [waiting, running, held, late, answered, overtime, sos];
    expect(orderOf(...all)).toEqual([
      "sos",
      "overtime",
      "late",
      "answered",
      "held",
      "running",
      "waiting",
    ]);
  });

  test("CON-1 of equal urgency the clock that is due first, and no row without reason before it", () => {
    const at = (id: string, left: number) =>
      put("police", id, {
        ...own,
        urgency: "P3",
        state: "ACKED",
        clocks: [clock("P3-ACK", left, false, 10 * left)],
      });
    expect(orderOf(at("b", 30_000_000), at("a", 40_000_000), put("police", "none", own))).toEqual([
      "b",
      "a",
      "none",
    ]);
  });

  test("CON-1 ended records and other people's messages are no rows", () => {
    const closed = put("incident", "closed", { ...own, state: "FALSE_ALARM" });
    const message = (id: string, to: object) =>
      put("message", id, { ...own, state: "SENT", ...to });
    const rows = orderOf(
      closed,
      message("mine", { toOfficerId: "o-1" }),
      message("court", { toCourtId: "jiangan" }),
      message("theirs", { toOfficerId: "o-2" }),
    );
    expect(rows).toEqual(["court", "mine"]);
  });

  test("CON-1 what waits for a lower court does not wait for ours until it climbs to our desk", () => {
    const tone = (dto: object) =>
      queueItems(
        mapsOf(put("police", "p", { ...own, urgency: "P2", state: "SENT", ...dto })),
        { officerId: "w", courtId: "wuhan" },
        NOW,
      )[0]?.tone;
    expect(tone({ holder: { courtId: "jiangan" } })).toBe("plain");
    expect(tone({ holder: { courtId: "wuhan" } })).toBe("ours");
  });

  test("CON-1 only what must be acted on now is red", () => {
    const tones = Object.fromEntries(
      queueItems(mapsOf(sos, answered, held, overtime, late, running), VIEWER, NOW).map((item) => [
        item.record.id,
        item.tone,
      ]),
    );
    expect(tones).toEqual({
      sos: "act",
      overtime: "act",
      late: "act",
      answered: "ours",
      held: "liberty",
      running: "plain",
    });
  });
});

describe("the order under the pointer", () => {
  const items = (...puts: PutRecord[]) => inOrder(queueItems(mapsOf(...puts), VIEWER, NOW));

  test("CON-2 rows keep their places, ended ones leave, new ones come last", () => {
    const before = items(held, running, waiting).map((item) => item.key);
    const after = items(sos, held, waiting);
    const shown = heldOrder(before, after);
    expect(shown.map((item) => item.record.id)).toEqual(["held", "waiting", "sos"]);
    expect(displaced(shown, after)).toBe(3);
  });

  test("CON-2 what did not move waits for nothing", () => {
    const sorted = items(held, running);
    const keys = sorted.map((item) => item.key);
    expect(displaced(heldOrder(keys, sorted), sorted)).toBe(0);
  });
});

describe("tabs and court filter", () => {
  const sorted = inOrder(queueItems(mapsOf(held, late, running, answered), VIEWER, NOW));
  const ids = (filter: "ALL" | "MINE" | "OVERDUE", narrowed?: ReadonlySet<string>) =>
    filterQueue(sorted, filter, narrowed).shown.map((item) => item.record.id);

  test("CON-3 a liberty clock is in every tab, marked, and not counted there", () => {
    const { shown, counts, forced } = filterQueue(sorted, "OVERDUE", undefined);
    expect(shown.map((item) => item.record.id)).toEqual(["late", "held"]);
    expect([...forced]).toEqual(["detention:held"]);
    expect(counts).toEqual({ ALL: 4, MINE: 0, OVERDUE: 1 });
  });

  test("CON-3 a court filter leaves liberty clocks of other courts visible", () => {
    expect(ids("ALL", new Set(["huangpi"]))).toEqual(["held"]);
  });

  test("CON-4 mine: named, taken, at our desk, or waiting for our hand", () => {
    const mine = (dto: object) =>
      queueItems(mapsOf(put("police", "p", { ...own, state: "SENT", ...dto })), VIEWER, NOW)[0]
        ?.mine;
    expect(mine({ parts: { sender: ["o-1"] } })).toBe(true);
    expect(mine({ holder: { courtId: "jiangan" } })).toBe(true);
    expect(mine({ holder: { courtId: "jiangan", officerId: "o-2" } })).toBe(false);
    expect(mine({ holder: { courtId: "wuhan" } })).toBe(false);
    const order = (state: string) =>
      put("order", "o", { courtId: "wuhan", receipts: [{ courtId: "jiangan", state, steps: [] }] });
    const orderMine = (state: string) => queueItems(mapsOf(order(state)), VIEWER, NOW)[0]?.mine;
    expect(orderMine("DELIVERED")).toBe(true);
    expect(orderMine("FEEDBACK")).toBe(false);
  });
});

describe("the court tree", () => {
  const inCourt = (courtId: string, id: string) =>
    put("operation", id, { courtId, state: "EXECUTING" });

  test("CON-3 counts what is open and what is red in each subtree, busiest first", () => {
    const red = put("incident", "red", { courtId: "huangpi", sos: true, state: "REPORTED" });
    const items = queueItems(
      mapsOf(inCourt("jiangan", "a"), inCourt("jiangan", "b"), red),
      { officerId: undefined, courtId: "gao" },
      NOW,
    );
    const root = courtTree("gao", courts, items);
    expect({ open: root.open, act: root.act }).toEqual({ open: 3, act: 1 });
    expect(root.children[0]?.children.map(({ id, open, act }) => ({ id, open, act }))).toEqual([
      { id: "huangpi", open: 1, act: 1 },
      { id: "jiangan", open: 2, act: 0 },
    ]);
  });

  test("CON-3 a subtree is the court and everything below it; no filter is everything", () => {
    expect([...(subtreeIds("wuhan", courts) ?? [])].sort()).toEqual([
      "huangpi",
      "jiangan",
      "wuhan",
    ]);
    expect(subtreeIds(null, courts)).toBeUndefined();
  });
});
