import { describe, expect, it } from "vitest";
import { nextDeskCheck } from "../../shared/domain/shift/desk.ts";
import { deepScan } from "../support/domain/deep-scan.ts";
import {
  DAY_MS,
  HOUR_MS,
  markAll,
  offered,
  on,
  plan,
  shift,
  TUESDAY_CHECK,
} from "../support/domain/desk-story.ts";
import { province } from "../support/domain/province.ts";
import { MONDAY_9_00, Story } from "../support/domain/story.ts";

describe("the desk check", () => {
  it("SHF-11 is at 08:30 in Shanghai, today's or tomorrow's", () => {
    const at = (hour: number, minute: number) => Date.UTC(2026, 2, 2, hour - 8, minute);
    expect(nextDeskCheck(at(8, 29))).toBe(at(8, 30));
    expect(nextDeskCheck(at(8, 30))).toBe(at(8, 30));
    expect(nextDeskCheck(at(8, 30) + 1)).toBe(at(32, 30));
    expect(nextDeskCheck(at(0, 0))).toBe(at(8, 30));
    expect(nextDeskCheck(at(23, 59))).toBe(at(32, 30));
  });

  const flags = (s: Story) =>
    ["a", "b"].map((id) => s.dto("shift", id, "parent.console").unsigned !== undefined);

  it("SHF-11 flags the desk when the planned end has come and nobody has signed, every day", () => {
    const s = on();
    s.passRaising(TUESDAY_CHECK - s.now - 1);
    expect(flags(s)).toEqual([false, false]);
    const raised = s.passRaising(1);
    expect(raised.map((event) => event.type)).toEqual(["ClockRaised", "DeskUnsigned"]);
    expect(s.dto("shift", "a", "parent.console").unsigned).toEqual({
      since: TUESDAY_CHECK,
      told: [
        { courtId: "jiangan", roles: ["CENTER_CHIEF"] },
        { courtId: "wuhan", roles: ["DUTY_OFFICER"] },
      ],
    });
    expect(s.passRaising(2 * DAY_MS).filter(({ type }) => type === "DeskUnsigned")).toHaveLength(2);
    expect(s.the("shift", "a").unsignedSince).toBe(TUESDAY_CHECK);
    s.accepted(shift("jiangan.duty", "prepare", "a"));
    markAll(s);
    s.accepted(shift("jiangan.duty", "offer", "a", { toShiftId: "b" }));
    s.accepted(shift("jiangan.duty2", "sign", "b"));
    expect(flags(s)).toEqual([false, false]);
    expect(s.passRaising(HOUR_MS)).toEqual([]);
  });

  it("SHF-11 a desk planned for and never signed is flagged at the check after its beginning", () => {
    const s = new Story([...province()]);
    s.accepted(plan("a", "jiangan.duty", MONDAY_9_00 + HOUR_MS, TUESDAY_CHECK));
    expect(s.passRaising(TUESDAY_CHECK - s.now - 1)).toEqual([]);
    s.passRaising(1);
    expect(s.the("shift", "a").unsignedSince).toBe(TUESDAY_CHECK);
    s.accepted(shift("jiangan.duty", "sign", "a"));
    expect(s.the("shift", "a").unsignedSince).toBeUndefined();
  });

  it("SHF-11 one hand-over in time and nobody is flagged", () => {
    const s = offered();
    s.passRaising(TUESDAY_CHECK - s.now - 1);
    s.accepted(shift("jiangan.duty2", "sign", "b"));
    expect(s.passRaising(DAY_MS).map(({ type }) => type)).toEqual([]);
    s.passRaising(1);
    expect(s.the("shift", "b").unsignedSince).toBe(TUESDAY_CHECK + DAY_MS);
  });

  it("SHF-11 the High Court's own desk has only its chief to tell", () => {
    const s = new Story([...province()]);
    s.accepted(plan("h", "high.duty", MONDAY_9_00, TUESDAY_CHECK, "high.director"));
    s.passRaising(DAY_MS);
    expect(s.dto("shift", "h", "own.console").unsigned).toMatchObject({
      told: [{ courtId: "high", roles: ["CENTER_CHIEF"] }],
    });
  });
});

describe("who sees it", () => {
  it("SHF-12 courts above see no matter and no note, siblings nothing", () => {
    const s = offered();
    const views = s.views("shift", "a");
    expect(views["console:wuhan"]).toBe("parent.console");
    expect(views["console:high"]).toBe("high.console");
    expect(views["field:jiangan.duty2"]).toBe("own.field");
    expect(views["console:hanyang"]).toBeUndefined();
    for (const audience of ["parent.console", "high.console", "own.wall"] as const) {
      const named = deepScan(
        s.dto("shift", "a", audience),
        (_key, value) => value === "operation:op1",
      );
      expect(named).toEqual([]);
    }
    expect(s.dto("shift", "a", "own.field").list).toMatchObject({
      items: [{ key: "operation:op1", mark: { done: true } }],
    });
  });
});
