import { describe, expect, it } from "vitest";
import { desksBelow } from "../../client/faces/console/boards/duty/desks-below.ts";
import { dutyBoard } from "../../client/faces/console/boards/duty/duty-board.ts";
import { nextShift, takersOf } from "../../client/faces/console/boards/duty/plan-shift.ts";
import { callsOf, percent } from "../../client/faces/console/boards/rollcall/calls-of.ts";
import { missedCount, missedOf } from "../../client/faces/console/duty/missed.ts";
import { missedSession, missedStep } from "../../client/faces/console/duty/missed-once.ts";
import type { SeenNotice, SeenRollCall, SeenShift } from "../../client/store/duty-dto.ts";
import { openCalls, owedNotices } from "../../client/store/open-calls.ts";
import { createRecordsStore, withPatch } from "../../client/store/records.ts";
import { chinaInput, chinaTime } from "../../client/ui/china-time.ts";
import type { RollState } from "../../shared/domain/rollcall/state.ts";
import { deskStatus } from "../../shared/domain/shift/desk-status.ts";
import type { PutRecord } from "../../shared/wire/live.ts";
import { helloOf, patchOf } from "./link-fakes.ts";

const HOUR = 3_600_000;
/** Monday 2026-03-02, 09:00 in Shanghai. */
const MONDAY_9 = Date.UTC(2026, 2, 2, 1);

const shift = (id: string, more: Partial<SeenShift> = {}): SeenShift => ({
  id,
  courtId: "jiangan",
  officerId: `o-${id}`,
  officer: "张警官",
  from: MONDAY_9,
  to: MONDAY_9 + 12 * HOUR,
  mode: "ON_SITE",
  state: "SCHEDULED",
  ...more,
});
const put = (type: string, id: string, dto: object): PutRecord =>
  ({ type, id, rev: 1, dto }) as PutRecord;
const mapsOf = (records: PutRecord[]) =>
  withPatch(createRecordsStore().getState(), patchOf(0, 1, { put: records })).maps;

describe("how a desk stands", () => {
  it("SHF-14 unplanned, planned, on, unsigned; what is over counts for nothing", () => {
    const kind = (...shifts: SeenShift[]) => deskStatus(shifts, "jiangan").kind;
    expect(kind()).toBe("UNPLANNED");
    expect(kind(shift("a", { courtId: "hanyang" }))).toBe("UNPLANNED");
    expect(kind(shift("a", { state: "HANDED_OVER" }))).toBe("UNPLANNED");
    expect(kind(shift("a"))).toBe("PLANNED");
    expect(kind(shift("b"), shift("a", { state: "ON" }))).toBe("ON");
    expect(kind(shift("a", { state: "ON", unsigned: { since: 1 } }), shift("b"))).toBe("UNSIGNED");
  });

  it("SHF-14 CON-31 the board names the own desk and those directly below, no others", () => {
    const courts = [
      put("court", "high", {}),
      put("court", "wuhan", { parentId: "high" }),
      put("court", "jiangan", { parentId: "wuhan" }),
      put("court", "hanyang", { parentId: "wuhan" }),
      put("court", "xiangyang", { parentId: "high" }),
    ];
    const unsigned = shift("b", { courtId: "hanyang", unsigned: { since: 1 } });
    const planned = shift("w", { courtId: "wuhan" });
    const maps = mapsOf([...courts, put("shift", "b", unsigned), put("shift", "w", planned)]);
    const named = (courtId: string) =>
      desksBelow(maps.court, [unsigned, planned], courtId, { withOwn: true }).map(
        (desk) => `${desk.courtId} ${desk.status.kind}`,
      );
    expect(named("wuhan")).toEqual(["hanyang UNSIGNED", "jiangan UNPLANNED"]);
    expect(named("high").sort()).toEqual(["high UNPLANNED", "xiangyang UNPLANNED"]);
    const hello = helloOf({ courtId: "wuhan" });
    expect(dutyBoard.count?.({ maps, hello, now: MONDAY_9 })).toEqual({ open: 2, act: 1 });
  });

  it("CON-31 the next shift is planned without a gap, to the next check", () => {
    const at830 = MONDAY_9 + 24 * HOUR - HOUR / 2;
    expect(nextShift([], MONDAY_9 + 30_000)).toMatchObject({ from: MONDAY_9, to: at830 });
    expect(nextShift([shift("a", { to: at830 })], MONDAY_9)).toMatchObject({
      from: at830,
      to: at830 + 24 * HOUR,
    });
  });

  it("CON-31 the desk is offered to planned shifts of others, the next first", () => {
    const on = shift("a", { state: "ON", officerId: "me" });
    const all = [
      on,
      shift("late", { from: MONDAY_9 + 9 * HOUR }),
      shift("next"),
      shift("mine", { officerId: "me" }),
    ];
    expect(takersOf(on, all).map(({ id }) => id)).toEqual(["next", "late"]);
  });

  it("CON-31 a moment is typed in the time of the courts", () => {
    expect(chinaInput(MONDAY_9)).toBe("2026-03-02T09:00");
    expect(chinaTime("2026-03-02T09:00")).toBe(MONDAY_9);
    expect(chinaTime("")).toBeUndefined();
  });
});

const rollcall = (
  id: string,
  toCourtId: string,
  targets: readonly (readonly [key: string, state: RollState, officerId?: string])[],
  more: Partial<SeenRollCall> = {},
): SeenRollCall =>
  ({
    id,
    courtId: "wuhan",
    callId: "r1",
    toCourtId,
    calledAt: 1,
    targets: targets.map(([key, state, officerId]) => ({
      key,
      state,
      ...(officerId ? { officerId } : {}),
    })),
    ...more,
  }) as SeenRollCall;

describe("what is called", () => {
  it("CON-32 a desk answers for its centre, a person for himself, and in time comes first", () => {
    const calls = [
      rollcall("old", "jiangan", [["court:jiangan", "ABSENT"]]),
      rollcall("new", "jiangan", [
        ["court:jiangan", "CALLED"],
        ["officer:me", "CALLED", "me"],
        ["officer:other", "CALLED", "other"],
      ]),
      rollcall("done", "jiangan", [["court:jiangan", "PRESENT"]]),
      rollcall("theirs", "hanyang", [["court:hanyang", "CALLED"]]),
    ];
    const mine = (atDesk: boolean) =>
      openCalls(calls, { officerId: "me", courtId: "jiangan", atDesk }).map(
        ({ call, target, late }) => `${call.id} ${target.key} ${late}`,
      );
    expect(mine(true)).toEqual([
      "new court:jiangan false",
      "new officer:me false",
      "old court:jiangan true",
    ]);
    expect(mine(false)).toEqual(["new officer:me false"]);
  });

  it("CON-33 one call is put together from its courts' records, who is missing first", () => {
    const [call] = callsOf(
      [
        rollcall("r1", "jiangan", [["court:jiangan", "PRESENT"]]),
        rollcall("r1.2", "hanyang", [
          ["court:hanyang", "ABSENT"],
          ["officer:x", "LATE", "x"],
        ]),
        rollcall("high", "wuhan", [["court:wuhan", "CALLED"]], { courtId: "high", callId: "h" }),
      ],
      "wuhan",
    );
    expect(call?.targets.map(({ target }) => target.state)).toEqual(["ABSENT", "LATE", "PRESENT"]);
    expect(call?.courtIds).toEqual(["jiangan", "hanyang"]);
    expect(percent(call?.totals.onlineRate ?? 0)).toBe("66.7%");
  });
});

const notice = (id: string, more: Partial<SeenNotice> = {}): SeenNotice => ({
  id,
  courtId: "wuhan",
  kind: "BROADCAST",
  state: "PUBLISHED",
  publishedAt: 10,
  expiresAt: 99,
  toCourtIds: ["jiangan"],
  forRoles: [],
  needsAck: true,
  acked: { n: 0, of: 1 },
  owed: true,
  reminded: { times: 0 },
  ...more,
});

describe("what is owed", () => {
  it("CON-32 FLD-30 alerts first, then the oldest; what has expired is owed no longer", () => {
    const all = [
      notice("new", { publishedAt: 20 }),
      notice("old"),
      notice("alert", { kind: "ALERT", publishedAt: 30 }),
      notice("over", { state: "EXPIRED" }),
      notice("done", { owed: false }),
    ];
    expect(owedNotices(all).map(({ id }) => id)).toEqual(["alert", "old", "new"]);
  });

  it("CON-35 the list opens once in a sign-in and a shift, waits for an alarm, and is laid over nothing that a person opened", () => {
    const at = { session: "me -", shown: null, any: true, alarms: 0, busy: false };
    expect(missedStep(at)).toBe("OPEN");
    expect(missedStep({ ...at, shown: "me -" })).toBe("NOTHING");
    expect(missedStep({ ...at, session: missedSession("me", "shift"), shown: "me -" })).toBe(
      "OPEN",
    );
    expect(missedStep({ ...at, alarms: 1 })).toBe("NOTHING");
    expect(missedStep({ ...at, busy: true })).toBe("COUNT_ONLY");
    expect(missedStep({ ...at, any: false })).toBe("COUNT_ONLY");
    expect(missedStep({ ...at, session: missedSession(undefined, "shift") })).toBe("NOTHING");
  });

  it("CON-35 roll-calls, unsigned orders and notices ask for a name, news since does not", () => {
    const receipt = (state: string, more = {}) => ({
      receipts: [{ courtId: "jiangan", state, ...more }],
    });
    const maps = mapsOf([
      put("order", "unsigned", receipt("DELIVERED")),
      put("order", "signed", receipt("SIGNED")),
      put("order", "revoked", receipt("ISSUED", { revoked: true })),
    ]);
    const owed = [notice("owed")];
    const missed = missedOf({
      owed,
      notices: [
        ...owed,
        notice("news", { needsAck: false, owed: false, publishedAt: 50 }),
        notice("stale", { needsAck: false, owed: false, publishedAt: 5 }),
        notice("others", { needsAck: false, owed: false, publishedAt: 50, toCourtIds: ["x"] }),
      ],
      orders: maps.order.values(),
      calls: openCalls([rollcall("r", "jiangan", [["court:jiangan", "ABSENT"]])], {
        officerId: "me",
        courtId: "jiangan",
        atDesk: true,
      }),
      courtId: "jiangan",
      roles: ["DUTY_OFFICER"],
      since: 20,
    });
    expect(missed.orders.map(({ id }) => id)).toEqual(["unsigned"]);
    expect(missed.told.map(({ id }) => id)).toEqual(["news"]);
    expect(missedCount(missed)).toBe(3);
  });

  it("CON-35 given a judge, who may not sign for the desk, when an order waits, then it is not asked of him", () => {
    const receipts = [{ courtId: "jiangan", state: "DELIVERED" }];
    const maps = mapsOf([put("order", "unsigned", { receipts })]);
    const parts = { owed: [], notices: [], calls: [], courtId: "jiangan", since: 0 };
    const of = (roles: readonly ("JUDGE" | "DUTY_OFFICER")[]) =>
      missedOf({ ...parts, orders: maps.order.values(), roles });
    expect(missedCount(of(["JUDGE"]))).toBe(0);
    expect(missedCount(of(["DUTY_OFFICER"]))).toBe(1);
  });
});
