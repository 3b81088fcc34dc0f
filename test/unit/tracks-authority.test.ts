import { describe, expect, it } from "vitest";
import type { Role } from "../../shared/domain/authority/roles.ts";
import { ROLES } from "../../shared/domain/authority/roles.ts";
import { followedSince, mayFollow, mayReplay } from "../../shared/domain/authority/tracks.ts";
import { court, officer } from "../support/domain/province.ts";
import { World } from "../support/domain/world.ts";

const COURTS = ["high", "wuhan", "xiangyang", "jiangan", "hanyang", "fancheng"];
const WHY = "核查出警路线";
const him = officer("jiangan.police", "jiangan", "JUDICIAL_POLICE");
const lent = { courtId: "fancheng", orderId: "o1", at: 5_000 };
const state = (...officers: readonly ReturnType<typeof officer>[]) => {
  const world = new World();
  world.put(...COURTS.map(court), ...officers);
  return world;
};
const viewer = (courtId: string, ...roles: readonly Role[]) => ({ officerId: "x", courtId, roles });
const seenFrom = (who: typeof him) =>
  Object.fromEntries(
    COURTS.flatMap((id) => {
      const since = followedSince(who, id, state(who));
      return since === undefined ? [] : [[id, since]];
    }),
  );

describe("who may see where officers were", () => {
  it("TRK-11 his court and those above it; a court he is lent to, and those above that, since then", () => {
    expect(seenFrom(him)).toEqual({ jiangan: 0, wuhan: 0, high: 0 });
    expect(seenFrom({ ...him, lent })).toEqual({
      jiangan: 0,
      wuhan: 0,
      high: 0,
      fancheng: 5_000,
      xiangyang: 5_000,
    });
  });

  it("TRK-11 nobody sees people of linked units", () => {
    expect(seenFrom({ ...him, unitId: "u1" })).toEqual({});
  });

  it("TRK-11 of all roles those that command a centre, and the officer himself", () => {
    const may = ROLES.filter((role) => mayFollow(viewer("jiangan", role), him, WHY, state(him)).ok);
    expect([...may].sort()).toEqual(["CENTER_CHIEF", "DIRECTOR", "DUTY_OFFICER", "PRESIDENT"]);
    const replays = ROLES.filter(
      (role) =>
        mayReplay(viewer("wuhan", role), "jiangan", { ageMs: 0, reason: WHY }, state(him)).ok,
    );
    expect([...replays].sort()).toEqual([...may].sort());
    const self = { ...viewer("jiangan"), officerId: him.id };
    expect(mayFollow(self, him, undefined, state(him)).ok).toBe(true);
  });

  it("TRK-11 no court upward or sideways", () => {
    const asked = (from: string, of: string) =>
      mayReplay(viewer(from, "DIRECTOR"), of, { ageMs: 0, reason: WHY }, state(him)).ok;
    expect([
      asked("jiangan", "wuhan"),
      asked("jiangan", "hanyang"),
      asked("wuhan", "fancheng"),
    ]).toEqual([false, false, false]);
    expect(mayFollow(viewer("hanyang", "DIRECTOR"), him, WHY, state(him)).ok).toBe(false);
  });

  it("TRK-13 wants a reason for another's day, and for everybody's past from 24 hours back on", () => {
    const desk = viewer("jiangan", "DUTY_OFFICER");
    const replay = (ageMs: number, reason?: string) =>
      mayReplay(desk, "jiangan", { ageMs, reason }, state(him)).ok;
    expect([replay(86_400_000), replay(86_400_001), replay(86_400_001, WHY)]).toEqual([
      true,
      false,
      true,
    ]);
    expect(mayFollow(desk, him, "看看", state(him)).ok).toBe(false);
  });
});
