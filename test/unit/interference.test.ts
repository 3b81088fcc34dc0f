import { describe, expect, it } from "vitest";
import { takeSeat } from "../../server/edge/live/sign-in.ts";
import type { Seat } from "../../shared/domain/authority/audience.ts";
import { ROLES } from "../../shared/domain/authority/roles.ts";
import { seatsOf } from "../../shared/domain/authority/seats.ts";
import { commandKinds } from "../../shared/domain/modules.ts";
import { liftedFields } from "../../shared/wire/free-text.ts";
import { PAYLOADS } from "../../shared/wire/payloads.ts";
import { leaks } from "../support/domain/deep-scan.ts";
import { peersStory, textRef } from "../support/domain/peers.ts";
import { officer } from "../support/domain/province.ts";
import type { Story, When } from "../support/domain/story.ts";

const approach = {
  caseNo: "(2026)鄂0102执1号",
  approacher: "OFFICIAL",
  who: textRef("who"),
  approachedBy: "PHONE",
  approachedAt: 1,
  asked: textRef("asked"),
};
const write = (by: string, more = {}): When => ({
  by,
  kind: "interference.record",
  ref: { type: "interference", id: "int1" },
  payload: { ...approach, ...more },
});
const written = (by = "jiangan.judge"): Story => {
  const s = peersStory();
  s.accepted(write(by));
  return s;
};

describe("interference records", () => {
  it("INTF-1 whoever handles cases, for his own court", () => {
    for (const by of ["jiangan.executor", "jiangan.police", "jiangan.duty", "wuhan.review"]) {
      const s = written(by);
      expect(s.the("interference", "int1")).toMatchObject({
        courtId: by.split(".")[0],
        recordedBy: by,
      });
    }
    for (const by of ["jiangan.tech", "jiangan.inspector"]) {
      expect(peersStory().refused(write(by)).code, by).toBe("ROLE_REQUIRED");
    }
  });

  it("INTF-2 is written once and never changed", () => {
    const theirs = commandKinds().filter((kind) => kind.startsWith("interference."));
    expect(theirs).toEqual(["interference.record"]);
    const s = written();
    expect(s.refused(write("jiangan.judge", { approacher: "OTHER" })).code).toBe("ALREADY_EXISTS");
    const second = {
      type: "InterferenceRecorded",
      ref: { type: "interference", id: "int1" },
      data: { ...approach, belongs: { courtId: "jiangan", tierPath: [] } },
    } as const;
    expect(() => s.given(second)).toThrow("never changed");
    expect(s.deadlines()).toEqual([]);
  });

  it("INTF-3 president and inspector of the court, inspectors above, nobody else", () => {
    expect(written().views("interference", "int1")).toEqual({
      "president:jiangan": "own.president",
      "inspector:jiangan": "own.inspector",
      "inspector:wuhan": "parent.inspector",
      "inspector:high": "high.inspector",
    });
    expect(written("wuhan.duty").views("interference", "int1")).toEqual({
      "president:wuhan": "own.president",
      "inspector:wuhan": "own.inspector",
      "inspector:high": "parent.inspector",
    });
  });

  it("INTF-3 the High Court sees surname and title of who wrote it", () => {
    const s = written();
    s.state.put({ ...officer("jiangan.judge", "jiangan", "JUDGE"), name: "王小明", title: "法官" });
    const dto = s.dto("interference", "int1", "high.inspector");
    expect(dto.recorder).toBe("王法官");
    expect(leaks(dto, { keys: ["recordedBy", "acts"], texts: ["小明"] })).toEqual([]);
  });

  it("INTF-4 who and what are lifted out of the command", () => {
    const schema = PAYLOADS["interference.record"];
    if (!schema) throw new Error("no schema");
    expect(liftedFields(schema)).toEqual(["who", "asked", "answered"]);
  });

  it("INTF-5 the seats belong to their roles, in the own court, and to no kiosk or phone", () => {
    const taken = (seat: Seat) => ROLES.filter((role) => seatsOf([role]).includes(seat));
    expect(taken("inspector")).toEqual(["INSPECTOR"]);
    expect(taken("president")).toEqual(["PRESIDENT"]);
    const who = (kind: "person" | "kiosk" | "device", ...roles: (typeof ROLES)[number][]) =>
      ({
        subject: { kind },
        courtId: "jiangan",
        officer: officer("jiangan.x", "jiangan", ...roles),
        roles,
      }) as never;
    expect(takeSeat(who("person", "PRESIDENT"), "president")?.view).toBe("president:jiangan");
    expect(takeSeat(who("person", "PRESIDENT"), "inspector")).toBeUndefined();
    expect(takeSeat(who("person", "INSPECTOR"), "inspector")?.view).toBe("inspector:jiangan");
    expect(takeSeat(who("person", "INSPECTOR"), "console")).toBeUndefined();
    expect(takeSeat(who("person", "DUTY_OFFICER"), "president")).toBeUndefined();
    expect(takeSeat(who("kiosk", "PRESIDENT"), "president")).toBeUndefined();
    expect(takeSeat(who("device", "INSPECTOR"), "inspector")).toBeUndefined();
  });

  it("INTF-6 no time that it is said to have happened at refuses it", () => {
    const s = peersStory();
    const ahead = s.now + 86_400_000;
    s.accepted(write("jiangan.judge", { approachedAt: ahead }));
    expect(s.the("interference", "int1").approachedAt).toBe(ahead);
  });
});
