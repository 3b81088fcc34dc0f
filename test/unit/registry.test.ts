import { describe, expect, it } from "vitest";
import type { Ref } from "../../shared/domain/kernel/ref.ts";
import { moduleOf } from "../../shared/domain/modules.ts";
import { officer, province } from "../support/domain/province.ts";
import { Story } from "../support/domain/story.ts";

const ref = (type: Ref["type"], id: string): Ref => ({ type, id });
const COURT = { kind: "LOCAL", seat: { lat: 30, lng: 114 }, seatSource: "EST" };
const high = {
  by: "system",
  kind: "court.register",
  ref: ref("court", "h"),
  payload: { ...COURT, name: "高院", tier: "HIGH" },
};
const below = (id: string, tier: string, parentId?: string) => ({
  by: "system",
  kind: "court.register",
  ref: ref("court", id),
  payload: { ...COURT, name: id, tier, ...(parentId ? { parentId } : {}) },
});

/** An empty log, and the three tiers of one line. */
function threeTiers(): Story {
  const story = new Story([]);
  story.accepted(high);
  story.accepted(below("m", "INTERMEDIATE", "h"));
  story.accepted(below("b", "BASIC", "m"));
  return story;
}
const administrated = () =>
  new Story([...province(), officer("high.admin", "high", "SYSTEM_ADMIN")]);

describe("courts", () => {
  it("REG-1 a parent is exactly one tier above", () => {
    const story = threeTiers();
    expect(story.refused(below("x", "BASIC", "h")).code).toBe("WRONG_TIER");
    expect(story.refused(below("x", "INTERMEDIATE")).code).toBe("WRONG_TIER");
    expect(story.refused(below("x", "HIGH", "h")).code).toBe("WRONG_TIER");
    expect(story.refused(below("x", "BASIC", "nowhere")).code).toBe("NO_SUCH_COURT");
  });

  it("REG-2 a deployment has one root", () => {
    expect(threeTiers().refused(below("h2", "HIGH")).code).toBe("ROOT_EXISTS");
  });

  it("REG-3 the path runs from the root to the court, and records take it over", () => {
    const story = threeTiers();
    expect(story.the("court", "b")).toMatchObject({
      courtId: "b",
      tierPath: ["h", "m", "b"],
      parentId: "m",
    });
    story.accepted({
      by: "system",
      kind: "asset.register",
      ref: ref("asset", "car"),
      payload: { courtId: "b", kind: "VEHICLE", plateOrSn: "鄂A1" },
    });
    expect(story.the("asset", "car")).toMatchObject({
      courtId: "b",
      tierPath: ["h", "m", "b"],
      status: "READY",
    });
  });

  it("REG-10 a person registers only with the right, and only in his line of courts", () => {
    const story = administrated();
    const register = { ...below("new", "BASIC", "wuhan"), by: "high.director" };
    expect(story.refused(register).code).toBe("ROLE_REQUIRED");
    story.accepted({ ...register, by: "high.admin" });
    expect(story.the("court", "new").tierPath).toEqual(["high", "wuhan", "new"]);
  });
});

describe("teams, units and devices", () => {
  it("REG-4 a team has officers of its own court, later ones included", () => {
    const story = administrated();
    const team = (leadOfficerId: string) => ({
      by: "high.admin",
      kind: "team.register",
      ref: ref("team", "t1"),
      payload: { courtId: "jiangan", name: "一队", leadOfficerId, memberIds: ["jiangan.police"] },
    });
    expect(story.refused(team("hanyang.judge")).code).toBe("OFFICER_OF_ANOTHER_COURT");
    story.accepted(team("jiangan.judge"));
    story.accepted({
      by: "high.admin",
      kind: "officer.register",
      ref: ref("officer", "new"),
      payload: {
        courtId: "jiangan",
        name: "新人",
        title: "法警",
        badgeNo: "1",
        gender: "F",
        teamId: "t1",
      },
    });
    expect(story.dto("team", "t1", "own.console").memberIds).toEqual(["jiangan.police", "new"]);
    const joined = story.the("officer", "new");
    expect(moduleOf("officer").dependents(undefined, joined as never, story.state)).toEqual([
      ref("team", "t1"),
    ]);
  });

  it("REG-8 a phone speaks for an officer, a wall screen for a court", () => {
    const story = administrated();
    const device = (id: string, payload: object) => ({
      by: "system",
      kind: "device.register",
      ref: ref("device", id),
      payload: { label: "x", ...payload },
    });
    expect(story.refused(device("d", { kind: "PHONE", courtId: "jiangan" })).code).toBe(
      "DEVICE_SPEAKS_FOR_ONE",
    );
    expect(
      story.refused(device("d", { kind: "KIOSK", courtId: "jiangan", officerId: "jiangan.duty" }))
        .code,
    ).toBe("DEVICE_SPEAKS_FOR_ONE");
    expect(story.refused(device("d", { kind: "PHONE", officerId: "nobody" })).code).toBe(
      "NO_SUCH_OFFICER",
    );
    story.accepted(device("phone", { kind: "PHONE", officerId: "jiangan.judge" }));
    story.accepted(device("wall", { kind: "KIOSK", courtId: "jiangan" }));
    expect(story.the("device", "phone").courtId).toBe("jiangan");
  });

  it("REG-9 a revoked device is not enrolled again and not live", () => {
    const story = administrated();
    const about = (by: string, kind: string) => ({ by, kind, ref: ref("device", "wall") });
    story.accepted({
      ...about("system", "device.register"),
      payload: { kind: "KIOSK", label: "大屏", courtId: "jiangan" },
    });
    story.accepted(about("system", "device.enrolled"));
    expect(story.the("device", "wall")).toMatchObject({
      status: "ENROLLED",
      enrolledAt: story.now,
    });
    expect(story.refused(about("high.admin", "device.enrolled")).code).toBe("ONLY_SYSTEM");
    story.accepted(about("high.admin", "device.revoke"));
    expect(story.refused(about("system", "device.enrolled")).code).toBe("DEVICE_REVOKED");
    expect(moduleOf("device").live(story.the("device", "wall") as never)).toBe(false);
    expect(moduleOf("court").live(story.the("court", "high") as never)).toBe(true);
  });

  it("REG-10 the server may register, but not act for a person", () => {
    const story = administrated();
    story.accepted({
      by: "system",
      kind: "unit.register",
      ref: ref("unit", "u"),
      payload: { courtId: "jiangan", kind: "POLICE", name: "站" },
    });
    expect(
      story.refused({ by: "system", kind: "officer.disable", ref: ref("officer", "jiangan.duty") })
        .code,
    ).toBe("NOT_FOR_SYSTEM");
    expect(
      story.refused({ by: "system", kind: "operation.close", ref: ref("operation", "x") }).code,
    ).toBe("NO_SUCH_RECORD");
  });
});
