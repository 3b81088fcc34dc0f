import { beforeEach, describe, expect, test } from "vitest";
import { mayRevealSubject } from "../../shared/domain/authority/reveal.ts";
import { endOfWorkingDays } from "../../shared/domain/calendar.ts";
import { isOverdue } from "../../shared/domain/liaison/lifecycle.ts";
import { refusalText } from "../../shared/domain/refusal-text.ts";
import { suggestionModule } from "../../shared/domain/suggestion/suggestion.ts";
import { LIAISON_CATALOGUE } from "../../shared/domain/unit/liaison-catalogue.ts";
import { liaisonPayloads } from "../../shared/wire/payloads/liaison.ts";
import { leaks } from "../support/domain/deep-scan.ts";
import { liaisonUser, province, unit } from "../support/domain/province.ts";
import { MONDAY_9_00, Story } from "../support/domain/story.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const REF = { type: "liaison", id: "l1" } as const;
const SUGGESTION = { type: "suggestion", id: "s1" } as const;
const NOTE = { id: "t1", hash: "h1" };
const SUBJECT = { id: "sub1", label: "张**", sex: "M", ageBand: "18_69", flags: ["HEALTH"] };
const CASE = "(2026)鄂0102执1号";

let story: Story;
beforeEach(() => {
  story = new Story([
    ...province(),
    unit("bank1", "jiangan", "BANK"),
    unit("tax1", "wuhan", "TAX"),
    liaisonUser("bank1", "jiangan"),
    liaisonUser("tax1", "wuhan"),
  ]);
});

const sending = (more: object = {}, by = "jiangan.judge") => ({
  by,
  kind: "liaison.send",
  ref: REF,
  payload: {
    unitId: "bank1",
    service: "QUERY",
    caseNo: CASE,
    noticeNo: "N1",
    subject: SUBJECT,
    ...more,
  },
});
const send = (more?: object, by?: string) => story.accepted(sending(more, by));
const about = (by: string, verb: string, payload: object = {}) => ({
  by,
  kind: `liaison.${verb}`,
  ref: REF,
  payload: payload as Record<string, unknown>,
});
const bank = (verb: string, payload?: object) => about("bank1.user", verb, payload);
const desk = (verb: string, payload?: object) => about("jiangan.duty", verb, payload);
const chief = (verb: string, payload?: object) => about("jiangan.director", verb, payload);
const request = () => story.the("liaison", "l1");
const code = (command: Parameters<Story["when"]>[0]) => {
  const decision = story.when(command);
  return decision.ok ? "accepted" : decision.refusal.code;
};
/** Sent, overdue, reminded, and the reminder overdue too. */
const silent = () => {
  send();
  story.passRaising(request().clocks.due ? (request().clocks.due?.dueAt ?? 0) - story.now : 0);
  story.accepted(desk("remind", { text: NOTE }));
  story.passRaising((request().clocks.reminder?.dueAt ?? 0) - story.now);
};
const refused = () => {
  send();
  story.accepted(bank("refuse", { reason: NOTE }));
};

describe("sending", () => {
  test("LIA-1 to a registered unit, for a service that its kind offers", () => {
    expect(code(sending({ unitId: "nowhere" }))).toBe("NO_SUCH_LINKED_UNIT");
    expect(code(sending({ service: "VALUATION" }))).toBe("NO_SUCH_SERVICE");
    expect(code(sending({ unitId: "tax1", service: "VALUATION" }))).toBe("accepted");
    expect(request()).toMatchObject({ unitType: "TAX", courtId: "jiangan", state: "SENT" });
  });

  const WHOLE = { rulingNo: "R1", decisionNo: "D1", subject: SUBJECT, caseNo: CASE, noticeNo: "N" };
  test.each(LIAISON_CATALOGUE.map((spec) => [spec.unit, spec.service, spec] as const))(
    "LIA-2 %s %s goes out with its papers and without any of them not",
    (kind, service, { needs }) => {
      story.state.put(unit("u1", "jiangan", kind));
      for (const field of needs) {
        const refusal = story.refused(
          sending({ ...WHOLE, unitId: "u1", service, [field]: undefined }),
        );
        expect(refusal).toMatchObject({ code: "PAPERS_MISSING", params: { needed: field } });
        expect(refusalText(refusal).zh).not.toContain(field);
      }
      send({ ...WHOLE, unitId: "u1", service });
      expect(request().service).toBe(service);
    },
  );

  test("LIA-2 the wire takes none without case and notice", () => {
    const schema = liaisonPayloads["liaison.send"];
    const whole = { unitId: "u", service: "QUERY", caseNo: CASE, noticeNo: "N1" };
    expect(schema.safeParse(whole).success).toBe(true);
    expect(schema.safeParse({ ...whole, noticeNo: undefined }).success).toBe(false);
    expect(schema.safeParse({ ...whole, name: "张三丰" }).success).toBe(false);
  });

  test.each([
    ["QUERY", 3],
    ["FREEZE", 1],
  ])("LIA-3 %s has a term of %i working days, warned of a day before", (service, days) => {
    send({ service, rulingNo: "R1" });
    const due = endOfWorkingDays(MONDAY_9_00, days);
    expect(request().clocks.due).toMatchObject({ startAt: MONDAY_9_00, dueAt: due });
    story.passRaising(due - DAY - 1 - story.now);
    expect(request().clocks.due?.level).toBe(0);
    story.passRaising(1);
    expect(request().clocks.due?.level).toBe(1);
    story.passRaising(DAY - 1);
    expect(isOverdue(request())).toBe(false);
    story.passRaising(1);
    expect(isOverdue(request())).toBe(true);
    expect(request().state).toBe("SENT");
  });
});

describe("answering", () => {
  test("LIA-4 the unit signs, processes and replies, and nothing waits any more", () => {
    send();
    story.accepted(bank("respond", { state: "RECEIVED" }));
    expect(request().state).toBe("RECEIVED");
    story.accepted(bank("respond", { state: "PROCESSING" }));
    expect(request().clocks.due?.endedAt).toBeUndefined();
    story.accepted(bank("respond", { state: "RECEIVED" }));
    expect(request().state).toBe("PROCESSING");
    story.accepted(bank("reply", { reply: NOTE, replyNo: "回1号" }));
    expect(request()).toMatchObject({ state: "REPLIED" });
    expect(request().answers.at(-1)).toMatchObject({
      state: "REPLIED",
      byPhone: false,
      saidBy: "bank1.user",
      note: NOTE,
      replyNo: "回1号",
    });
    expect(story.deadlines()).toEqual([]);
    expect(request().clocks.due?.overran).toBeUndefined();
  });

  test("LIA-4 a reply after the term is overdue for good", () => {
    send();
    story.passRaising(6 * DAY);
    story.accepted(bank("reply", { reply: NOTE }));
    expect(request().clocks.due?.overran).toBe(true);
    expect(isOverdue(request())).toBe(true);
  });

  test("LIA-6 by telephone it is marked, and reply and refusal need their words", () => {
    send();
    const said = (state: string, more: object = {}) =>
      desk("answer", { state, saidBy: "李经理", ...more });
    expect(code(said("REPLIED"))).toBe("LIAISON_NOTE_NEEDED");
    expect(code(said("REFUSED"))).toBe("LIAISON_NOTE_NEEDED");
    expect(code(said("RECEIVED"))).toBe("accepted");
    expect(code(said("REFUSED", { note: NOTE }))).toBe("accepted");
    expect(request().answers.map(({ byPhone, typedBy }) => [byPhone, typedBy])).toEqual([
      [true, "jiangan.duty"],
      [true, "jiangan.duty"],
    ]);
    expect(liaisonPayloads["liaison.refuse"].safeParse({}).success).toBe(false);
    expect(liaisonPayloads["liaison.reply"].safeParse({}).success).toBe(false);
  });

  test("LIA-14 whoever refused may still comply", () => {
    refused();
    expect(request()).toMatchObject({ state: "REFUSED" });
    expect(code(bank("refuse", { reason: NOTE }))).toBe("LIAISON_ANSWERED");
    story.accepted(bank("reply", { reply: NOTE }));
    expect(request().state).toBe("REPLIED");
    expect(request().times.REFUSED).toBe(MONDAY_9_00);
    story.accepted(desk("answer", { state: "REFUSED", saidBy: "李", note: NOTE }));
    expect(request().state).toBe("REPLIED");
    expect(request().conflicts.map(({ note }) => note)).toEqual(["REFUSED_AFTER_REPLY"]);
  });
});

describe("overdue", () => {
  test("LIA-5 reminded only when overdue; the control turns by itself at that moment", () => {
    send();
    const due = request().clocks.due?.dueAt ?? 0;
    expect(code(desk("remind"))).toBe("LIAISON_NOT_OVERDUE");
    expect(story.dto("liaison", "l1", "own.console").acts?.["liaison.remind"]).toEqual({
      code: "LIAISON_NOT_OVERDUE",
      ruleId: "LIA-5",
      until: due,
    });
    story.now = due - 1;
    expect(code(desk("remind"))).toBe("LIAISON_NOT_OVERDUE");
    story.now = due;
    expect(code(desk("remind", { text: NOTE }))).toBe("accepted");
    expect(request().reminders).toEqual([{ at: due, by: "jiangan.duty", text: NOTE }]);
    const next = endOfWorkingDays(due, 3);
    expect(request().clocks.reminder).toMatchObject({ startAt: due, dueAt: next, level: 0 });
    expect(code(desk("remind"))).toBe("LIAISON_NOT_OVERDUE");
    story.now = next;
    expect(code(desk("remind"))).toBe("accepted");
    expect(request().reminders).toHaveLength(2);
  });

  test("LIA-5 not once the unit has answered", () => {
    refused();
    story.pass(10 * DAY);
    expect(code(desk("remind"))).toBe("LIAISON_ANSWERED");
  });

  test("LIA-7 a refusal is found only after a reminder has run out", () => {
    send();
    story.passRaising(10 * DAY);
    expect(code(chief("findRefusal", { reason: NOTE }))).toBe("REMIND_FIRST");
    story.accepted(desk("remind"));
    expect(code(chief("findRefusal", { reason: NOTE }))).toBe("REMINDER_RUNS");
    story.now = request().clocks.reminder?.dueAt ?? 0;
    expect(code(desk("findRefusal", { reason: NOTE }))).toBe("ROLE_REQUIRED");
    expect(code(chief("findRefusal", { reason: NOTE }))).toBe("accepted");
    expect(request()).toMatchObject({
      state: "REFUSED",
      refusalFound: { by: "jiangan.director", reason: NOTE },
    });
    expect(code(chief("findRefusal", { reason: NOTE }))).toBe("LIAISON_ANSWERED");
  });

  test("LIA-7 no court above finds it, and none above reminds", () => {
    silent();
    for (const by of ["wuhan.director", "high.director"]) {
      expect(code(about(by, "findRefusal", { reason: NOTE }))).toBe("WRONG_COURT");
      expect(code(about(by, "remind"))).toBe("WRONG_COURT");
    }
  });
});

describe("a clerk who presses the same button all day", () => {
  test("LIA-15 given a state already reported, when the unit reports it again, then nothing is added", () => {
    send();
    story.accepted(bank("respond", { state: "RECEIVED" }));
    const before = request();
    for (let n = 0; n < 3; n++) {
      story.pass(HOUR);
      expect(story.accepted(bank("respond", { state: "RECEIVED" }))).toEqual([]);
    }
    expect(request()).toEqual(before);
    story.accepted(bank("respond", { state: "PROCESSING" }));
    expect(story.accepted(bank("respond", { state: "RECEIVED" }))).toEqual([]);
    expect(request().answers).toHaveLength(2);
  });
});

describe("the end", () => {
  test("LIA-8 closed when replied, not before", () => {
    send();
    expect(code(desk("close"))).toBe("LIAISON_NOT_ANSWERED");
    story.accepted(bank("reply", { reply: NOTE }));
    expect(code(desk("close"))).toBe("accepted");
    expect(request().state).toBe("CLOSED");
  });

  test("LIA-8 a refusal is neither closed nor withdrawn before it has had a consequence", () => {
    refused();
    expect(code(desk("close"))).toBe("REFUSAL_WITHOUT_CONSEQUENCE");
    expect(code(desk("withdraw", { reason: NOTE }))).toBe("REFUSAL_WITHOUT_CONSEQUENCE");
    propose();
    decideFine(false);
    expect(code(desk("close"))).toBe("REFUSAL_WITHOUT_CONSEQUENCE");
    story.accepted({ ...issuing(), ref: { type: "suggestion", id: "s2" } });
    expect(code(desk("close"))).toBe("accepted");
  });

  test("LIA-9 an ended request never reopens, later reports are conflicts", () => {
    send();
    story.accepted(desk("withdraw", { reason: NOTE }));
    expect(request()).toMatchObject({ state: "WITHDRAWN", endReason: NOTE });
    expect(story.deadlines()).toEqual([]);
    story.pass(HOUR);
    for (const command of [desk("remind"), desk("close"), bank("refuse", { reason: NOTE })]) {
      expect(code(command)).toBe("LIAISON_ENDED");
    }
    expect(code(bank("reply", { reply: NOTE }))).toBe("accepted");
    expect(request().state).toBe("WITHDRAWN");
    expect(request().conflicts.map(({ note }) => note)).toEqual(["AFTER_END"]);
  });
});

const letter = { liaisonId: "l1", superior: "省金融监管局", body: NOTE };
const issuing = (by = "jiangan.director") => ({
  by,
  kind: "suggestion.issue",
  ref: SUGGESTION,
  payload: { ...letter, letterNo: "建1号" },
});
const proposing = (amount = 50_000, by = "jiangan.judge") => ({
  by,
  kind: "suggestion.proposeFine",
  ref: SUGGESTION,
  payload: { ...letter, amount },
});
const propose = () => story.accepted(proposing());
const deciding = (approved: boolean, by = "jiangan.president") => ({
  by,
  kind: "suggestion.decideFine",
  ref: SUGGESTION,
  payload: { approved, ...(approved ? { decisionNo: "罚1号" } : {}) },
});
const decideFine = (approved: boolean) => story.accepted(deciding(approved));
const suggestion = () => story.the("suggestion", "s1");

describe("what follows a refusal", () => {
  test("LIA-10 only on a refused request, by its own court", () => {
    send();
    expect(code(issuing())).toBe("NOT_REFUSED");
    expect(code(proposing())).toBe("NOT_REFUSED");
    story.accepted(bank("refuse", { reason: NOTE }));
    expect(code(issuing("wuhan.director"))).toBe("WRONG_COURT");
    expect(code(issuing("hanyang.president"))).toBe("WRONG_COURT");
    expect(code(issuing())).toBe("accepted");
    expect(suggestion()).toMatchObject({
      kind: "SUGGESTION",
      state: "ISSUED",
      courtId: "jiangan",
      unitId: "bank1",
      superior: "省金融监管局",
      letterNo: "建1号",
    });
  });

  test("LIA-8 the refused request is looked at again when something follows it, or fails to", () => {
    refused();
    propose();
    const proposed = suggestion();
    const link = [{ type: "liaison", id: "l1" }];
    expect(suggestionModule.dependents(undefined, proposed, story.state)).toEqual(link);
    decideFine(false);
    expect(suggestionModule.dependents(proposed, suggestion(), story.state)).toEqual(link);
  });

  test("LIA-10 a refusal that the court found serves too", () => {
    silent();
    story.accepted(chief("findRefusal", { reason: NOTE }));
    expect(code(issuing())).toBe("accepted");
  });

  test.each([
    [49_999, "FINE_OUT_OF_BOUNDS"],
    [50_000, "accepted"],
    [1_000_000, "accepted"],
    [1_000_001, "FINE_OUT_OF_BOUNDS"],
  ])("LIA-11 a fine of %i yuan: %s", (amount, outcome) => {
    refused();
    const decision = story.when(proposing(amount));
    expect(decision.ok ? "accepted" : decision.refusal.code).toBe(outcome);
    if (!decision.ok) expect(refusalText(decision.refusal).zh).toContain("第118条");
  });

  test("LIA-11 decided by the president, who did not propose it, with its number", () => {
    refused();
    propose();
    expect(code(deciding(true, "jiangan.director"))).toBe("ROLE_REQUIRED");
    expect(code({ ...deciding(true), payload: { approved: true } })).toBe("DECISION_NO_NEEDED");
    expect(code(deciding(true))).toBe("accepted");
    expect(suggestion()).toMatchObject({
      state: "APPROVED",
      decided: { by: "jiangan.president", decisionNo: "罚1号" },
    });
    expect(code(deciding(false))).toBe("SUGGESTION_NOT_READY");
    expect(story.deadlines()).toEqual([]);
  });

  test("F4 given a fine proposed or approved for a refusal, when another is proposed, then it is refused", () => {
    refused();
    propose();
    const again = { ...proposing(1_000_000), ref: { type: "suggestion", id: "s2" } as const };
    expect(story.refused(again)).toEqual({ code: "FINED_ALREADY", ruleId: "F4" });
    decideFine(true);
    expect(story.refused(again)).toEqual({ code: "FINED_ALREADY", ruleId: "F4" });
  });

  test("F4 given a rejected proposal, when another is made, then it is taken", () => {
    refused();
    propose();
    decideFine(false);
    story.accepted({ ...proposing(), ref: { type: "suggestion", id: "s2" } });
  });

  test("LIA-8 given a fine that is only proposed, when the request is to be closed, then it waits for the decision", () => {
    refused();
    propose();
    expect(code(desk("close"))).toBe("REFUSAL_WITHOUT_CONSEQUENCE");
    expect(code(desk("withdraw", { reason: NOTE }))).toBe("REFUSAL_WITHOUT_CONSEQUENCE");
    decideFine(true);
    expect(code(desk("close"))).toBe("accepted");
  });

  test("LIA-12 the reply is waited for twenty working days, registered, then closed", () => {
    refused();
    story.accepted(issuing());
    const due = endOfWorkingDays(story.now, 20);
    expect(suggestion().clocks.waiting?.dueAt).toBe(due);
    const close = { by: "jiangan.director", kind: "suggestion.close", ref: SUGGESTION };
    expect(code(close)).toBe("SUGGESTION_NOT_READY");
    story.passRaising(due - story.now);
    expect(suggestion().clocks.waiting?.level).toBe(2);
    const reply = {
      by: "jiangan.duty",
      kind: "suggestion.registerReply",
      ref: SUGGESTION,
      payload: { text: NOTE, replyNo: "复1号" },
    };
    story.accepted(reply);
    expect(suggestion()).toMatchObject({
      state: "REPLIED",
      replies: [{ text: NOTE, by: "jiangan.duty" }],
    });
    expect(code(close)).toBe("accepted");
    story.accepted(reply);
    expect(suggestion()).toMatchObject({ state: "CLOSED" });
    expect(suggestion().replies).toHaveLength(2);
  });
});

describe("who sees it", () => {
  test("LIA-13 consoles of the own line, the sender's phone and the unit", () => {
    send();
    expect(story.views("liaison", "l1")).toEqual({
      "console:jiangan": "own.console",
      "console:wuhan": "parent.console",
      "console:high": "high.console",
      "partner:bank1": "unit.partner",
      "field:jiangan.judge": "own.field",
    });
    story.accepted(bank("refuse", { reason: NOTE }));
    story.accepted(issuing());
    expect(story.views("suggestion", "s1")).toEqual({
      "console:jiangan": "own.console",
      "console:wuhan": "parent.console",
      "console:high": "high.console",
    });
  });

  test("LIA-13 in clear only to who asked, of a minor to nobody, and never to the unit", () => {
    const looked = (officerId: string) => {
      const { courtId } = story.the("officer", officerId);
      const roles = story.the("officer", officerId).grants.map(({ role }) => role);
      const subject = { id: "sub1", courtId: "jiangan" };
      const viewer = { officerId, courtId, roles };
      const decision = mayRevealSubject(viewer, subject, "name", "核对身份", story.state);
      return decision.ok ? decision.form : decision.refusal.code;
    };
    send();
    expect(looked("jiangan.judge")).toBe("CLEAR");
    expect(looked("jiangan.duty")).toBe("CLEAR");
    expect(looked("bank1.user")).toBe("REVEAL_CASE_TEAM");
    story.state.put({ ...request(), subject: { ...SUBJECT, ageBand: "14_15" } } as never);
    expect(looked("jiangan.judge")).toBe("REVEAL_LEAD_JUDGE");
    expect(looked("jiangan.duty")).toBe("REVEAL_LEAD_JUDGE");
  });

  test("LIA-13 the unit reads no papers that its service does not take, nor who asked", () => {
    send({ decisionNo: "D1", detail: NOTE });
    story.accepted(desk("answer", { state: "RECEIVED", saidBy: "李经理" }));
    const dto = story.dto("liaison", "l1", "unit.partner");
    expect(leaks(dto, { texts: ["D1", "jiangan.", "HEALTH"] })).toEqual([]);
    // UNIT-16: its own word by telephone stands there, marked.
    expect(dto.answers).toMatchObject([{ state: "RECEIVED", byPhone: true, saidBy: "李经理" }]);
    expect(dto).toMatchObject({ noticeNo: "N1", subject: { id: "sub1", label: "张**" } });
  });
});
