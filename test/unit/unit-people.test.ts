import { describe, expect, it } from "vitest";
import { PLAN } from "../support/domain/operation-story.ts";
import { del, delegated, textRef } from "../support/domain/peers.ts";
import { liaisonUser, officer, operation, province, unit } from "../support/domain/province.ts";
import { Story, type When } from "../support/domain/story.ts";

/** 联络员 of the bank that the named court has registered. */
const BANKER = "bank1.user";
const bankOf = (courtId: string) => [unit("bank1", courtId, "BANK"), liaisonUser("bank1", courtId)];
const story = (courtId = "jiangan") =>
  new Story([
    ...province(),
    ...bankOf(courtId),
    officer("high.admin", "high", "SYSTEM_ADMIN"),
    officer("hanyang.police", "hanyang", "JUDICIAL_POLICE"),
    operation(),
  ]);

const act = (by: string, kind: string, payload: object): When => ({
  by,
  kind,
  ref: { type: kind.split(".")[0] as "team", id: "new" },
  payload: payload as Record<string, unknown>,
});

describe("people of linked units among those of a court", () => {
  it("UNIT-11 they are in no operation and no team", () => {
    const s = story();
    const plan = { ...PLAN, memberIds: ["jiangan.judge", BANKER] };
    expect(s.refused(act("jiangan.judge", "operation.draft", plan)).code).toBe(
      "NOT_AN_OWN_OFFICER",
    );
    s.accepted(act("jiangan.judge", "operation.draft", PLAN));
    const team = (memberIds: string[]) =>
      act("high.admin", "team.register", { courtId: "jiangan", name: "一队", memberIds });
    expect(s.refused(team([BANKER])).code).toBe("OFFICER_OF_ANOTHER_COURT");
    s.accepted(team(["jiangan.police"]));
  });

  it("UNIT-11 no delegation is given to them", () => {
    const s = delegated("ACCEPTED");
    s.state.put(...bankOf("hanyang"));
    const to = (assigneeId: string) => del("hanyang.duty", "assign", { assigneeId });
    expect(s.refused(to(BANKER)).code).toBe("ASSIGNEE_ELSEWHERE");
    s.accepted(to("hanyang.executor"));
  });

  it("UNIT-11 they answer for no supervision", () => {
    const s = story();
    const sup = (by: string, verb: string, payload: object) =>
      act(by, `supervision.${verb}`, payload);
    const content = { targetCourtId: "jiangan", kind: "CASE", trigger: "INACTION" };
    const more = { caseNo: "(2026)鄂0102执1号", matter: textRef("m") };
    s.accepted(sup("wuhan.director", "open", { ...content, ...more }));
    const letter = { letterNo: "L1", demand: textRef("d"), dueAt: s.now + 86_400_000 };
    s.accepted(sup("wuhan.director", "sendLetter", letter));
    const name = (assigneeId: string) => sup("jiangan.director", "assign", { assigneeId });
    expect(s.refused(name(BANKER)).code).toBe("NOT_OF_TARGET_COURT");
    s.accepted(name("jiangan.judge"));
  });

  it("UNIT-11 they are not sent to help and no roll calls them", () => {
    const s = story("hanyang");
    s.accepted(act("jiangan.police", "incident.sos", {}));
    const help = (id: string) =>
      act("wuhan.duty", "incident.assist", { courtId: "hanyang", officerIds: [id] });
    expect(s.refused(help(BANKER)).code).toBe("NOT_OF_THAT_COURT");
    s.accepted(help("hanyang.police"));
    const roll = (id: string) =>
      act("wuhan.duty", "rollcall.call", { targets: [{ type: "officer", id }] });
    expect(s.refused(roll(BANKER)).code).toBe("NO_SUCH_TARGET");
    s.accepted(roll("hanyang.police"));
  });
});
