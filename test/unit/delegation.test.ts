import { describe, expect, it } from "vitest";
import type { Audience } from "../../shared/domain/authority/audience.ts";
import { mayRevealSubject } from "../../shared/domain/authority/reveal.ts";
import { turn } from "../../shared/domain/delegation/turn.ts";
import { refusalText } from "../../shared/domain/refusal-text.ts";
import { liftedFields } from "../../shared/wire/free-text.ts";
import { PAYLOADS } from "../../shared/wire/payloads.ts";
import { leaks } from "../support/domain/deep-scan.ts";
import { content, del, delegated, peersStory, textRef, WAY } from "../support/domain/peers.ts";
import type { Story, When } from "../support/domain/story.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const said = { text: textRef("said") };
const the = (s: Story) => s.the("delegation", "del1");
const draft = (by: string, toCourtId: string, more = {}): When =>
  del(by, "draft", { ...content(more), toCourtId });

describe("from draft to confirmation", () => {
  it("DEL-1 between peers, never up, down or to itself", () => {
    const s = peersStory();
    for (const court of ["wuhan", "high", "jiangan"]) {
      expect(s.refused(draft("jiangan.judge", court)).code).toBe("NOT_A_PEER");
    }
    expect(s.refused(draft("jiangan.judge", "nowhere")).code).toBe("NO_SUCH_COURT");
    expect(s.refused(draft("jiangan.police", "hanyang")).code).toBe("ROLE_REQUIRED");
    s.accepted(draft("jiangan.judge", "hanyang"));
    expect(the(s)).toMatchObject({ courtId: "jiangan", superiorCourtId: "wuhan", state: "DRAFT" });
  });

  it("DEL-1 the common superior is the lowest court above both", () => {
    const s = peersStory();
    s.accepted(draft("jiangan.judge", "fancheng"));
    expect(the(s).superiorCourtId).toBe("high");
  });

  it("DEL-2 the whole way, and each step only from the state before it", () => {
    const s = delegated("DRAFT");
    const verbs = WAY.map(([by, verb, payload]) => del(by, verb, payload));
    for (const [index, [by, verb, payload, reached]] of WAY.entries()) {
      for (const [other, move] of verbs.entries()) {
        if (other === index || (verb === "start" && other === 3)) continue;
        const tried = s.when({ ...move, id: `try-${index}-${other}` });
        expect(tried.ok, `${move.kind} before ${verb}`).toBe(false);
      }
      s.accepted(del(by, verb, payload));
      expect(the(s).state).toBe(reached);
    }
    expect(the(s).steps.map(({ state }) => state)).toEqual(["DRAFT", ...WAY.map(([, , , r]) => r)]);
    expect(s.refused(del("jiangan.judge", "withdraw", { reason: textRef("r") })).code).toBe(
      "DELEGATION_ENDED",
    );
    expect(s.deadlines()).toEqual([]);
  });

  it("DEL-2 what was done badly is done again and fed back again", () => {
    const s = delegated("FEEDBACK");
    s.accepted(del("jiangan.duty", "redo", said));
    expect(the(s).state).toBe("REDO");
    s.accepted(del("hanyang.executor", "start"));
    s.accepted(del("hanyang.duty", "feedback", said));
    s.accepted(del("jiangan.judge", "confirm"));
    expect(the(s).reports.map(({ kind }) => kind)).toEqual(["RESULT", "REDO", "RESULT"]);
  });

  it("DEL-2 the refusal says which state it is in and which it needs", () => {
    const s = delegated("DOING");
    const refusal = s.refused(del("jiangan.judge", "confirm"));
    expect(refusalText(refusal).zh).toBe("不能办理：委托当前为办理（规则DEL-2）。须先处于：反馈");
  });

  it("DEL-3 the centre gives it back or lets it go, never whoever drafted it", () => {
    const s = delegated("CENTER_REVIEW");
    expect(s.refused(del("hanyang.duty", "send")).code).toBe("WRONG_COURT");
    expect(s.refused(del("wuhan.duty", "send")).code).toBe("WRONG_COURT");
    s.accepted(del("jiangan.chief", "sendBack", said));
    expect(the(s)).toMatchObject({ state: "DRAFT", reviewRemark: said.text });
  });

  it("DEL-3 a judge who is director too does not review his own draft", () => {
    const s = peersStory();
    const { grants, ...both } = s.the("officer", "jiangan.director");
    const judge = { role: "JUDGE", fromSeq: 0, bootstrap: false } as const;
    s.state.put({ ...both, grants: [...grants, judge] });
    s.accepted(draft("jiangan.director", "hanyang"));
    s.accepted(del("jiangan.director", "submit"));
    expect(s.refused(del("jiangan.director", "send")).code).toBe("DIFFERENT_PERSON_REQUIRED");
    s.accepted(del("jiangan.duty", "send"));
  });

  it("DEL-4 no documents, no delegation; an urgent one may bring them later", () => {
    const s = delegated("DRAFT", { docs: [] });
    expect(s.refused(del("jiangan.judge", "submit")).code).toBe("DELEGATION_NEEDS_PAPERS");
    const phoned = { urgent: true, phonedAt: s.now, phonedTo: "李值班" };
    s.accepted(del("jiangan.judge", "revise", content({ docs: [], ...phoned })));
    s.accepted(del("jiangan.judge", "submit"));
  });

  it("DEL-5 an urgent one needs the call to the common superior noted", () => {
    const s = delegated("DRAFT", { urgent: true, phonedAt: 1 });
    expect(s.refused(del("jiangan.judge", "submit")).code).toBe("URGENT_NEEDS_CALL");
    const phoned = { urgent: true, phonedAt: s.now, phonedTo: "李值班" };
    s.accepted(del("jiangan.judge", "revise", content(phoned)));
    s.accepted(del("jiangan.judge", "submit"));
    s.accepted(del("jiangan.duty", "send"));
    expect(s.dto("delegation", "del1", "parent.console")).toMatchObject(phoned);
  });

  it("DEL-6 control of a person needs decision and address", () => {
    const s = delegated("DRAFT", { itemType: "CONTROL_DETAINED", decisionNo: "J1" });
    expect(s.refused(del("jiangan.judge", "submit")).code).toBe("CONTROL_NEEDS_DECISION");
    const whole = { itemType: "CONTROL_DETAINED", decisionNo: "J1", address: textRef("a") };
    s.accepted(del("jiangan.judge", "revise", content(whole)));
    s.accepted(del("jiangan.judge", "submit"));
  });

  it("DEL-2 a revision writes the content anew and can take a field away", () => {
    const s = delegated("DRAFT", { decisionNo: "J1", dueAt: Date.UTC(2030, 0) });
    s.accepted(del("jiangan.judge", "revise", content({ itemType: "SERVE_PAPERS" })));
    expect(the(s)).toMatchObject({ itemType: "SERVE_PAPERS", state: "DRAFT" });
    expect(the(s)).not.toHaveProperty("decisionNo");
    expect(the(s)).not.toHaveProperty("dueAt");
  });

  it("DEL-8 given to a person of the entrusted court, whom the other side is told", () => {
    const s = delegated("ACCEPTED");
    const to = (assigneeId: string) => del("hanyang.duty", "assign", { assigneeId });
    expect(s.refused(to("jiangan.judge")).code).toBe("ASSIGNEE_ELSEWHERE");
    expect(s.refused(to("nobody")).code).toBe("ASSIGNEE_ELSEWHERE");
    expect(s.refused(del("hanyang.executor", "start")).code).toBe("ROLE_REQUIRED");
    s.accepted(to("hanyang.executor"));
    expect(s.refused(del("hanyang.judge", "start")).code).toBe("ROLE_REQUIRED");
    s.accepted(del("hanyang.executor", "start"));
    expect(s.dto("delegation", "del1", "own.console")).toHaveProperty("assignee");
  });

  it("DEL-9 a term lies in the future when it is drafted, revised, sent and set anew", () => {
    const s = peersStory();
    const past = { dueAt: s.now };
    expect(s.refused(draft("jiangan.judge", "hanyang", past)).code).toBe("DUE_IN_THE_PAST");
    s.accepted(draft("jiangan.judge", "hanyang", { dueAt: s.now + DAY_MS }));
    expect(s.refused(del("jiangan.judge", "revise", content(past))).code).toBe("DUE_IN_THE_PAST");
    s.accepted(del("jiangan.judge", "submit"));
    s.pass(DAY_MS);
    expect(s.refused(del("jiangan.duty", "send")).code).toBe("DUE_IN_THE_PAST");
    const done = delegated("FEEDBACK");
    const again = { ...said, dueAt: done.now };
    expect(done.refused(del("jiangan.judge", "redo", again)).code).toBe("DUE_IN_THE_PAST");
  });

  it("DEL-15 no command but confirm and withdraw leads to an end", () => {
    const closing = Object.keys(PAYLOADS).filter((kind) => /^delegation\.(close|end)/.test(kind));
    expect(closing).toEqual([]);
    const s = delegated("DOING");
    s.accepted(del("jiangan.judge", "withdraw", { reason: textRef("paid") }));
    expect(the(s).state).toBe("WITHDRAWN");
    expect(s.deadlines()).toEqual([]);
    expect(s.refused(del("hanyang.duty", "feedback", said)).code).toBe("DELEGATION_NOT_READY");
  });
});

describe("returns and the common superior", () => {
  const back = (code: string) => del("hanyang.duty", "return", { code, ...said });

  it("DEL-12 a return has a code by its schema, and the common superior reads it", () => {
    const schema = PAYLOADS["delegation.return"];
    expect(schema?.safeParse({ text: "no" }).success).toBe(false);
    expect(schema?.safeParse({ code: "NOT_AN_ITEM" }).success).toBe(false);
    const s = delegated("SENT");
    s.accepted(back("NOT_OUR_DISTRICT"));
    expect(s.views("delegation", "del1")["console:wuhan"]).toBe("parent.console");
    expect(s.dto("delegation", "del1", "parent.console").returned).toMatchObject({
      code: "NOT_OUR_DISTRICT",
      text: said.text,
    });
    expect(turn(the(s))).toBe("jiangan");
  });

  it("DEL-12 an unfounded return goes back as sent and cannot be returned again", () => {
    const s = delegated("SENT");
    const overrule = (by: string) => del(by, "direct", { directive: "OVERRULE_RETURN", ...said });
    expect(s.refused(overrule("wuhan.director")).code).toBe("DELEGATION_NOT_READY");
    s.accepted(back("TARGET_NOT_FOUND"));
    s.accepted(overrule("wuhan.director"));
    expect(the(s)).toMatchObject({ state: "SENT", returnOverruled: true });
    expect(the(s).clocks.accept?.endedAt).toBeUndefined();
    expect(s.refused(back("NOT_AN_ITEM")).code).toBe("RETURN_OVERRULED");
    s.accepted(del("hanyang.duty", "accept"));
  });

  it("DEL-12 what was returned is revised and sent anew, or withdrawn", () => {
    const s = delegated("SENT");
    s.accepted(back("NOT_AN_ITEM"));
    s.accepted(del("jiangan.judge", "revise", content()));
    s.accepted(del("jiangan.judge", "submit"));
    s.accepted(del("jiangan.duty", "send"));
    s.accepted(back("LAW_FORBIDS"));
    s.accepted(del("jiangan.duty", "withdraw", { reason: textRef("r") }));
    expect(turn(the(s))).toBeUndefined();
  });

  it("DEL-11 only the common superior directs: no party, no other court above, no desk", () => {
    const s = delegated("SENT", {}, "fancheng");
    const hasten = (by: string) => del(by, "direct", { directive: "HASTEN", ...said });
    for (const by of ["jiangan.director", "wuhan.director", "xiangyang.director"]) {
      expect(s.refused(hasten(by)).code, by).toBe("WRONG_COURT");
    }
    expect(s.refused(hasten("high.duty")).code).toBe("ROLE_REQUIRED");
    s.accepted(hasten("high.director"));
    expect(the(s).directions).toHaveLength(1);
  });

  it("DEL-11 nothing is directed inside a court", () => {
    const s = delegated("CENTER_REVIEW");
    const hasten = del("wuhan.director", "direct", { directive: "HASTEN", ...said });
    expect(s.refused(hasten).code).toBe("DELEGATION_INSIDE");
  });

  it("DEL-11 the superior's term binds whose turn it is and ends when the turn passes", () => {
    const s = delegated("DOING");
    const hasten = (dueAt: number) =>
      del("wuhan.director", "direct", { directive: "HASTEN", ...said, dueAt });
    expect(s.refused(hasten(s.now)).code).toBe("DUE_IN_THE_PAST");
    s.accepted(hasten(s.now + DAY_MS));
    s.accepted(del("hanyang.executor", "progress", said));
    expect(the(s).clocks.directed?.endedAt).toBeUndefined();
    s.accepted(del("hanyang.executor", "feedback", said));
    expect(the(s).clocks.directed?.endedAt).toBe(s.now);
    s.accepted(hasten(s.now + DAY_MS));
    s.passRaising(DAY_MS);
    expect(the(s).overdue).toMatchObject([{ clock: "directed", toldCourtId: "wuhan" }]);
  });
});

describe("limits", () => {
  const levels = (s: Story, clock: string, days: readonly number[]) => {
    const start = s.now;
    return days.map((day) => {
      s.passRaising(start + day * DAY_MS - s.now);
      return the(s).clocks[clock]?.level;
    });
  };
  const alarms = (s: Story) => the(s).overdue.map(({ clock }) => clock);

  it("W5 accepted in 3 working days: 70 %, 90 %, then the common superior is told", () => {
    const s = delegated("SENT");
    const clock = the(s).clocks.accept;
    // Monday 9:00: the third working day after it is Thursday, to its end in Shanghai.
    expect(clock?.dueAt).toBe(Date.UTC(2026, 2, 5, 16));
    const until = (at: number) => {
      s.passRaising(at - s.now);
      return the(s).clocks.accept?.level;
    };
    const due = clock?.dueAt ?? 0;
    expect(until(due - 0.9 * DAY_MS - 1)).toBe(0);
    expect(until(due - 0.9 * DAY_MS)).toBe(1);
    expect(until(due - 0.3 * DAY_MS)).toBe(2);
    expect(until(due - 1)).toBe(2);
    expect(alarms(s)).toEqual([]);
    expect(until(due)).toBe(3);
    expect(the(s).overdue).toEqual([{ clock: "accept", at: due, toldCourtId: "wuhan" }]);
    expect(the(s).state).toBe("SENT");
  });

  it("W5 an urgent one in 30 minutes, with a warning at 15", () => {
    const phoned = { urgent: true, phonedAt: 1, phonedTo: "李值班" };
    const s = delegated("SENT", phoned);
    s.passRaising(15 * MINUTE_MS);
    expect(the(s).clocks.accept).toMatchObject({ ruleId: "W5-URGENT", level: 1 });
    s.passRaising(15 * MINUTE_MS);
    expect(alarms(s)).toEqual(["accept"]);
  });

  it("W5 finished in 15 days: 70 %, 90 %, overdue; the term of the delegation counts if given", () => {
    const s = delegated("DOING");
    expect(levels(s, "finish", [10.4, 10.5, 13.5, 14.9, 15])).toEqual([0, 1, 2, 2, 3]);
    const own = delegated("SENT", { dueAt: s.now + 60 * DAY_MS });
    expect(own.the("delegation", "del1").clocks.finish?.dueAt).toBe(s.now + 60 * DAY_MS);
  });

  it("W3 begun within 15 days of receipt: 10, 14, 15", () => {
    const s = delegated("ASSIGNED");
    expect(levels(s, "start", [9.9, 10, 14, 15])).toEqual([0, 1, 2, 3]);
    expect(alarms(s)).toContain("start");
    const begun = delegated("DOING");
    begun.passRaising(16 * DAY_MS);
    expect(begun.the("delegation", "del1").clocks.start).toMatchObject({ level: 0 });
  });

  it("W4 result or progress within 30 days; progress begins them anew", () => {
    const s = delegated("DOING");
    expect(levels(s, "report", [24.9, 25])).toEqual([0, 1]);
    s.accepted(del("hanyang.executor", "progress", said));
    expect(levels(s, "report", [24.9, 25, 30])).toEqual([0, 1, 2]);
    expect(alarms(s)).toContain("report");
    s.accepted(del("hanyang.executor", "feedback", said));
    expect(the(s).clocks.report?.endedAt).toBe(s.now);
  });

  it("W6 while papers are awaited nothing runs against the entrusted court, and it may not return", () => {
    const s = delegated("SENT");
    expect(s.refused(del("jiangan.judge", "completePapers", { docs: [] })).code).toBe(
      "NO_PAPERS_ASKED",
    );
    s.accepted(del("hanyang.duty", "askPapers", said));
    expect(turn(the(s))).toBe("jiangan");
    const back = (code: string) => del("hanyang.duty", "return", { code, ...said });
    expect(s.refused(back("NOT_AN_ITEM"))).toMatchObject({ code: "PAPERS_AWAITED", ruleId: "W6" });
    expect(s.refused(del("hanyang.duty", "accept")).code).toBe("PAPERS_AWAITED");
    expect(s.refused(del("hanyang.duty", "askPapers", said)).code).toBe("PAPERS_AWAITED");
    expect(s.deadlines().map(({ clock }) => clock)).toEqual(["papers"]);
    const more = { docs: [{ name: "送达回证", no: "S1" }] };
    s.pass(DAY_MS).accepted(del("jiangan.judge", "completePapers", more));
    expect(turn(the(s))).toBe("hanyang");
    expect(the(s).docs).toHaveLength(2);
    expect(the(s).clocks.start).toMatchObject({ startAt: s.now });
    expect(the(s).clocks.papers?.endedAt).toBe(s.now);
    expect(s.refused(back("PAPERS_NOT_COMPLETED")).code).toBe("PAPERS_NOT_LAPSED");
    s.accepted(back("NOT_AN_ITEM"));
  });

  it("W6 after 30 days it is deemed withdrawn and returned as that and nothing else", () => {
    const s = delegated("SENT");
    s.accepted(del("hanyang.duty", "askPapers", said));
    expect(levels(s, "papers", [24.9, 25, 29.9])).toEqual([0, 1, 1]);
    const back = (code: string) => del("hanyang.duty", "return", { code, ...said });
    expect(s.refused(back("PAPERS_NOT_COMPLETED")).code).toBe("PAPERS_AWAITED");
    s.passRaising(0.1 * DAY_MS);
    expect(the(s).state).toBe("SENT");
    expect(turn(the(s))).toBe("hanyang");
    expect(alarms(s)).toEqual(["papers"]);
    const late = { docs: [{ name: "送达回证", no: "S1" }] };
    expect(s.refused(del("jiangan.judge", "completePapers", late)).code).toBe("DEEMED_WITHDRAWN");
    expect(s.refused(back("NOT_AN_ITEM")).code).toBe("PAPERS_LAPSED");
    s.accepted(back("PAPERS_NOT_COMPLETED"));
    expect(the(s).returned?.code).toBe("PAPERS_NOT_COMPLETED");
  });

  const back = (code: string) => del("hanyang.duty", "return", { code, ...said });
  const more = { docs: [{ name: "送达回证", no: "S1" }] };
  const ask = (s: Story) => s.accepted(del("hanyang.duty", "askPapers", said));
  const complete = (s: Story) => s.accepted(del("jiangan.judge", "completePapers", more));

  it("W6 given papers asked for twice, when they come again, then the clocks go on with what was left", () => {
    const s = delegated("SENT");
    ask(s);
    complete(s);
    const { start, accept } = the(s).clocks;
    s.pass(DAY_MS);
    ask(s);
    s.pass(5 * DAY_MS);
    complete(s);
    expect(the(s).clocks.start?.dueAt).toBe((start?.dueAt ?? 0) + 5 * DAY_MS);
    expect(the(s).clocks.accept?.dueAt).toBe((accept?.dueAt ?? 0) + 5 * DAY_MS);
  });

  it("DEL-11 given a term of the common superior, when papers are asked for and come, then it goes on with what was left", () => {
    const s = delegated("SENT");
    const term = { directive: "HASTEN", ...said, dueAt: s.now + 2 * DAY_MS };
    s.accepted(del("wuhan.director", "direct", term));
    s.pass(DAY_MS);
    ask(s);
    expect(the(s).clocks.directed?.endedAt).toBe(s.now);
    s.pass(3 * DAY_MS);
    complete(s);
    expect(the(s).clocks.directed).toMatchObject({ dueAt: s.now + DAY_MS });
    expect(the(s).clocks.directed?.endedAt).toBeUndefined();
    s.accepted(del("hanyang.duty", "accept"));
    s.passRaising(DAY_MS);
    expect(alarms(s)).toContain("directed");
  });

  it("DEL-12 given an overruled return, when papers do not come in time, then it is returned as deemed withdrawn", () => {
    const s = delegated("SENT");
    s.accepted(back("TARGET_NOT_FOUND"));
    s.accepted(del("wuhan.director", "direct", { directive: "OVERRULE_RETURN", ...said }));
    ask(s);
    s.passRaising(30 * DAY_MS);
    expect(turn(the(s))).toBe("hanyang");
    expect(s.refused(back("NOT_AN_ITEM")).code).toBe("PAPERS_LAPSED");
    s.accepted(back("PAPERS_NOT_COMPLETED"));
    expect(turn(the(s))).toBe("jiangan");
  });

  it("DEL-13 each overrun is told once, and moves nothing", () => {
    const s = delegated("SENT");
    const raised = s.passRaising(40 * DAY_MS).filter(({ type }) => type === "DelegationOverdue");
    expect(raised).toHaveLength(4);
    expect([...alarms(s)].sort()).toEqual(["accept", "finish", "report", "start"]);
    expect(s.raiseDue()).toEqual([]);
    expect(the(s).state).toBe("SENT");
  });
});

describe("who sees it", () => {
  const views = (s: Story) => s.views("delegation", "del1");
  const OWN = { "console:jiangan": "own.console", "field:jiangan.judge": "own.field" };

  it("DEL-7 a draft is the delegating court's own", () => {
    expect(views(delegated("DRAFT"))).toEqual(OWN);
    expect(views(delegated("CENTER_REVIEW"))).toEqual(OWN);
    const s = delegated("SENT");
    s.accepted(del("hanyang.duty", "return", { code: "NOT_AN_ITEM", ...said }));
    expect(views(s)).toHaveProperty(["console:hanyang"]);
    s.accepted(del("jiangan.judge", "revise", content()));
    expect(views(s)).not.toHaveProperty(["console:hanyang"]);
    expect(views(s)).toHaveProperty(["console:wuhan"]);
    expect(s.refused(del("hanyang.duty", "accept")).code).toBe("WRONG_COURT");
    s.accepted(del("jiangan.judge", "withdraw", { reason: textRef("r") }));
    expect(views(s)).not.toHaveProperty(["console:hanyang"]);
  });

  it("DEL-14 the parties, those above each of them, and the person it is given to", () => {
    expect(views(delegated("ASSIGNED"))).toEqual({
      ...OWN,
      "console:wuhan": "parent.console",
      "console:high": "high.console",
      "console:hanyang": "entrusted.console",
      "field:hanyang.executor": "entrusted.field",
    });
    expect(views(delegated("SENT", {}, "fancheng"))).toEqual({
      ...OWN,
      "console:wuhan": "parent.console",
      "console:high": "high.console",
      "console:fancheng": "entrusted.console",
      "console:xiangyang": "copied.console",
    });
  });

  it("DEL-14 the entrusted court learns nothing of the review, the court above it where it stands", () => {
    const s = delegated("CENTER_REVIEW");
    s.accepted(del("jiangan.chief", "sendBack", said));
    s.accepted(del("jiangan.judge", "submit"));
    s.accepted(del("jiangan.duty", "send"));
    const dto = (audience: Audience) => s.dto("delegation", "del1", audience);
    expect(leaks(dto("entrusted.console"), { keys: ["reviewRemark", "proposedBy", "by"] })).toEqual(
      [],
    );
    expect(leaks(dto("copied.console"), { keys: ["caseNo", "request", "docs", "hash"] })).toEqual(
      [],
    );
    expect(dto("own.console")).toHaveProperty("reviewRemark");
  });

  it("MASK-3 free text is lifted out of every payload of delegations and supervision", () => {
    const lifted = Object.entries(PAYLOADS)
      .filter(([kind]) => /^(delegation|supervision)\./.test(kind))
      .flatMap(([kind, schema]) => liftedFields(schema).map((field) => `${kind} ${field}`));
    expect(lifted).toEqual([
      "delegation.draft request",
      "delegation.draft address",
      "delegation.revise request",
      "delegation.revise address",
      "delegation.sendBack text",
      "delegation.askPapers text",
      "delegation.return text",
      "delegation.progress text",
      "delegation.feedback text",
      "delegation.redo text",
      "delegation.withdraw reason",
      "delegation.direct text",
      "supervision.open matter",
      "supervision.sendLetter demand",
      "supervision.report text",
      "supervision.return text",
      "supervision.urge text",
      "supervision.measure text",
      "supervision.interview minutes",
      "supervision.find text",
      "supervision.addItem what",
      "supervision.showEvidence evidence",
      "supervision.returnItem text",
      "supervision.close text",
    ]);
  });

  it("DEL-16 the person it is given to looks at the identity while it is his", () => {
    const subject = { id: "s1", label: "张**", sex: "M", ageBand: "18_69", flags: [] };
    const may = (s: Story, officerId: string, field: "name" | "phone" = "name") =>
      mayRevealSubject(
        { officerId, courtId: "hanyang", roles: ["EXECUTOR"] },
        { id: "s1", courtId: "jiangan" },
        field,
        "办理委托事项",
        s.state,
      ).ok;
    const s = delegated("ASSIGNED", { subject });
    expect(may(s, "hanyang.executor")).toBe(true);
    expect(may(s, "hanyang.executor", "phone")).toBe(true);
    expect(may(s, "hanyang.judge")).toBe(false);
    expect(may(delegated("ACCEPTED", { subject }), "hanyang.executor")).toBe(false);
    expect(may(delegated("CONFIRMED", { subject }), "hanyang.executor")).toBe(false);
  });

  it("DEL-10 the screen names the court that must act", () => {
    const s = delegated("SENT");
    expect(s.dto("delegation", "del1", "copied.console").turnCourtId).toBe("hanyang");
    const ended = delegated("CONFIRMED");
    expect(ended.dto("delegation", "del1", "own.console")).not.toHaveProperty("turnCourtId");
  });
});
