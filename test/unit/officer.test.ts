import { describe, expect, it } from "vitest";
import { actorOf } from "../../shared/domain/authority/actor.ts";
import { officerShort } from "../../shared/domain/mask.ts";
import { officer, province } from "../support/domain/province.ts";
import { Story, type When } from "../support/domain/story.ts";

const about = (by: string, kind: string, id: string, payload = {}): When => ({
  by,
  kind,
  ref: { type: "officer", id },
  payload,
});
const PERSON = { courtId: "jiangan", name: "欧阳小明", title: "法官", badgeNo: "1", gender: "M" };
const story = (...more: readonly Parameters<typeof officer>[]) =>
  new Story([...province(), ...more.map((each) => officer(...each))]);
const SECURITY = ["high.sec", "high", "SECURITY_ADMIN"] as const;

describe("officers", () => {
  it("REG-5 track indexes are given in order of registration", () => {
    const s = story();
    const before = s.state.count("officer");
    s.accepted(about("system", "officer.register", "a", PERSON));
    s.accepted(about("system", "officer.register", "b", PERSON));
    expect(s.the("officer", "a").trackIndex).toBe(before);
    expect(s.the("officer", "b")).toMatchObject({
      trackIndex: before + 1,
      duty: "OFF_DUTY",
      disabled: false,
      grants: [],
    });
    expect(s.refused(about("system", "officer.register", "a", PERSON)).code).toBe("ALREADY_EXISTS");
    const stray = { ...PERSON, teamId: "none" };
    expect(s.refused(about("system", "officer.register", "c", stray)).code).toBe("NO_SUCH_TEAM");
  });

  it("REG-6 a grant keeps where it began and ended, and old reports stay authorised", () => {
    const s = story([...SECURITY]);
    const role = { role: "TECH" };
    s.accepted(about("high.sec", "officer.grant", "jiangan.duty", role));
    expect(s.refused(about("high.sec", "officer.grant", "jiangan.duty", role)).code).toBe(
      "ROLE_HELD",
    );
    s.accepted(about("high.sec", "officer.revokeGrant", "jiangan.duty", role));
    expect(s.refused(about("high.sec", "officer.revokeGrant", "jiangan.duty", role)).code).toBe(
      "ROLE_NOT_HELD",
    );
    expect(s.the("officer", "jiangan.duty").grants.at(-1)).toEqual({
      role: "TECH",
      fromSeq: 1,
      toSeq: 2,
      bootstrap: true,
    });
    expect(actorOf(s.state, "jiangan.duty", 1)).toMatchObject({ roles: ["DUTY_OFFICER", "TECH"] });
    expect(actorOf(s.state, "jiangan.duty", 2)).toMatchObject({ roles: ["DUTY_OFFICER"] });
  });

  it("REG-7 a second security administrator ends the bootstrap", () => {
    const s = story([...SECURITY], ["high.sec2", "high", "SECURITY_ADMIN"]);
    s.accepted(about("high.sec", "officer.grant", "jiangan.duty", { role: "TECH" }));
    expect(s.the("officer", "jiangan.duty").grants.at(-1)?.bootstrap).toBe(false);
    s.accepted(
      about("system", "officer.grant", "jiangan.duty", { role: "JUDGE", bootstrap: true }),
    );
    expect(s.the("officer", "jiangan.duty").grants.at(-1)?.bootstrap).toBe(true);
  });

  it("REG-11 disabling and revoking sessions are events of the officer", () => {
    const s = story([...SECURITY]);
    s.accepted(about("high.sec", "officer.disable", "jiangan.duty"));
    expect(s.refused(about("high.sec", "officer.disable", "jiangan.duty")).code).toBe(
      "ACCOUNT_DISABLED",
    );
    s.accepted(about("high.sec", "officer.revokeSession", "jiangan.duty", { sessionId: "s1" }));
    s.accepted(about("high.sec", "officer.revokeSession", "jiangan.duty", { sessionId: "s1" }));
    expect(s.the("officer", "jiangan.duty")).toMatchObject({
      disabled: true,
      revokedSessions: ["s1"],
    });
    s.accepted(about("high.sec", "officer.enable", "jiangan.duty"));
    expect(s.refused(about("high.sec", "officer.enable", "jiangan.duty")).code).toBe(
      "ACCOUNT_ENABLED",
    );
  });

  it("REG-12 duty is reported by himself or by his centre, and makes no request stale", () => {
    const s = story();
    const duty = { duty: "DEPLOYED" };
    s.accepted(about("jiangan.police", "officer.setDuty", "jiangan.police", duty));
    s.accepted(about("jiangan.duty", "officer.setDuty", "jiangan.judge", duty));
    expect(s.refused(about("jiangan.judge", "officer.setDuty", "jiangan.police", duty)).code).toBe(
      "ROLE_REQUIRED",
    );
    expect(s.refused(about("wuhan.duty", "officer.setDuty", "jiangan.police", duty)).code).toBe(
      "WRONG_COURT",
    );
    expect(s.the("officer", "jiangan.police")).toMatchObject({
      duty: "DEPLOYED",
      stateRev: 1,
      rev: 2,
    });
  });

  it("MASK-1 surname and title, compound surnames and Latin names included", () => {
    expect(officerShort("王小明", "法警")).toBe("王法警");
    expect(officerShort("欧阳小明", "法官")).toBe("欧阳法官");
    expect(officerShort("司马", "法官")).toBe("司法官");
    expect(officerShort("Ada Lovelace", "judge")).toBe("Ada judge");
  });
});
