import { describe, expect, it } from "vitest";
import { AUTHORITY } from "../../shared/domain/authority/table.ts";
import { commandKinds } from "../../shared/domain/modules.ts";
import { dutyOf } from "../../shared/domain/supervision/duty.ts";
import type { Supervision } from "../../shared/domain/supervision/state.ts";
import { peersStory, textRef } from "../support/domain/peers.ts";
import type { Story, When } from "../support/domain/story.ts";

const DAY_MS = 86_400_000;
const CASE = "(2026)鄂0102执1号";
const said = { text: textRef("said") };
const sup = (by: string, verb: string, payload: object = {}, id = "sup1"): When => ({
  by,
  kind: `supervision.${verb}`,
  ref: { type: "supervision", id },
  payload: payload as Record<string, unknown>,
});
const opening = (more: object = {}) => ({
  targetCourtId: "jiangan",
  kind: "CASE",
  trigger: "INACTION",
  caseNo: CASE,
  matter: textRef("matter"),
  ...more,
});
const letter = (s: Story, days = 10) => ({
  letterNo: "鄂01执督1号",
  demand: textRef("demand"),
  dueAt: s.now + days * DAY_MS,
});
const the = (s: Story, id = "sup1") => s.the("supervision", id);

/** Opened by 武汉 of 江岸 and gone as far as `state` on the straight way. */
function supervised(state: string, more: object = {}): Story {
  const s = peersStory();
  s.accepted(sup("wuhan.director", "open", opening(more)));
  const way: [string, string, object, string][] = [
    ["wuhan.director", "sendLetter", letter(s), "LETTER_SENT"],
    ["jiangan.director", "assign", { assigneeId: "jiangan.judge" }, "ASSIGNED"],
    ["jiangan.judge", "start", {}, "REPORTING"],
    ["jiangan.director", "report", said, "REPORTED"],
    ["wuhan.director", "close", said, "CLOSED"],
  ];
  for (const [by, verb, payload, reached] of way) {
    if (the(s).state === state) break;
    s.accepted(sup(by, verb, payload));
    if (reached === state) break;
  }
  return s;
}

/** Let the term pass, urged, and let the new term pass too. */
function pressed(): Story {
  const s = supervised("ASSIGNED");
  s.passRaising(10 * DAY_MS);
  s.accepted(sup("wuhan.duty", "urge", { ...said, dueAt: s.now + 5 * DAY_MS }));
  s.passRaising(5 * DAY_MS);
  return s;
}

describe("the line of a supervision", () => {
  it("SUP-1 goes down only, opened by commanders, closed by the court that opened it", () => {
    const s = peersStory();
    const open = (by: string, targetCourtId: string) => sup(by, "open", opening({ targetCourtId }));
    expect(s.refused(open("jiangan.director", "hanyang")).code).toBe("WRONG_COURT");
    expect(s.refused(open("jiangan.director", "jiangan")).code).toBe("WRONG_COURT");
    expect(s.refused(open("jiangan.director", "wuhan")).code).toBe("WRONG_COURT");
    expect(s.refused(open("wuhan.director", "fancheng")).code).toBe("WRONG_COURT");
    expect(s.refused(open("wuhan.duty", "jiangan")).code).toBe("ROLE_REQUIRED");
    expect(s.refused(open("wuhan.director", "nowhere")).code).toBe("WRONG_COURT");
    const reported = supervised("REPORTED");
    for (const by of ["jiangan.president", "hanyang.president", "high.director"]) {
      expect(reported.refused(sup(by, "close", said)).code, by).toBe("WRONG_COURT");
    }
    reported.accepted(sup("wuhan.director", "close", said));
    expect(the(reported)).toMatchObject({ state: "CLOSED", closed: { by: "wuhan.director" } });
  });

  it("SUP-2 a case that is supervised, listed or doubly checked has a number", () => {
    const s = peersStory();
    const without = (kind: string) => {
      const { caseNo: _none, ...rest } = opening({ kind });
      return sup("wuhan.director", "open", rest);
    };
    for (const kind of ["CASE", "LISTED", "DUAL_CHECK"]) {
      expect(s.refused(without(kind)).code).toBe("SUPERVISION_NEEDS_CASE");
    }
    s.accepted(without("INTERVIEW"));
  });

  it("SUP-3 each step only where its state allows it, and nothing after the end", () => {
    const steps: [string, string, object][] = [
      ["wuhan.director", "sendLetter", { letterNo: "L", demand: textRef("d") }],
      ["jiangan.director", "assign", { assigneeId: "jiangan.judge" }],
      ["jiangan.judge", "start", {}],
      ["jiangan.director", "report", said],
      ["wuhan.director", "return", said],
      ["wuhan.duty", "urge", said],
      ["wuhan.director", "measure", { measure: "FILE_CALLED", ...said }],
      ["wuhan.director", "close", said],
    ];
    const allowed: Record<string, string[]> = {
      OPENED: ["sendLetter"],
      LETTER_SENT: ["assign"],
      ASSIGNED: ["assign", "start", "report"],
      REPORTING: ["assign", "report"],
      REPORTED: ["return", "close"],
      CLOSED: [],
    };
    for (const [state, verbs] of Object.entries(allowed)) {
      const taken = steps.filter(([by, verb, payload]) => {
        const s = supervised(state);
        return s.when(sup(by, verb, { dueAt: s.now + DAY_MS, ...payload })).ok;
      });
      expect(
        taken.map(([, verb]) => verb),
        state,
      ).toEqual(verbs);
    }
    expect(supervised("CLOSED").deadlines()).toEqual([]);
  });

  it("SUP-4 the supervised court hears of it by the letter", () => {
    const s = supervised("OPENED");
    expect(s.views("supervision", "sup1")).toEqual({
      "console:wuhan": "issuer.console",
      "console:high": "parent.console",
    });
    expect(s.refused(sup("jiangan.director", "assign", { assigneeId: "x" })).code).toBe(
      "WRONG_COURT",
    );
    s.accepted(sup("wuhan.director", "sendLetter", letter(s)));
    expect(s.views("supervision", "sup1")["console:jiangan"]).toBe("recipient.console");
  });

  it("SUP-4 a letter that skips a tier is copied to the court between", () => {
    const s = peersStory();
    s.accepted(sup("high.director", "open", opening()));
    expect(s.views("supervision", "sup1")).toEqual({ "console:high": "issuer.console" });
    s.accepted(sup("high.director", "sendLetter", letter(s)));
    expect(s.views("supervision", "sup1")).toEqual({
      "console:high": "issuer.console",
      "console:wuhan": "copied.console",
      "console:jiangan": "recipient.console",
    });
    expect(s.refused(sup("wuhan.director", "assign", { assigneeId: "wuhan.duty" })).code).toBe(
      "WRONG_COURT",
    );
  });

  it("SUP-5 a person of its own is named before anything is reported", () => {
    const s = supervised("LETTER_SENT");
    expect(s.refused(sup("jiangan.director", "report", said)).code).toBe("NAME_A_PERSON_FIRST");
    const name = (assigneeId: string) => sup("jiangan.director", "assign", { assigneeId });
    expect(s.refused(name("wuhan.duty")).code).toBe("NOT_OF_TARGET_COURT");
    s.accepted(name("jiangan.judge"));
    expect(s.views("supervision", "sup1")["field:jiangan.judge"]).toBe("recipient.field");
    expect(s.refused(sup("jiangan.executor", "start")).code).toBe("ROLE_REQUIRED");
    expect(s.refused(sup("jiangan.duty", "report", said)).code).toBe("ROLE_REQUIRED");
    s.accepted(sup("jiangan.judge", "start"));
  });

  it("SUP-5 it has four commands and no other", () => {
    const theirs = commandKinds().filter(
      (kind) => kind.startsWith("supervision.") && AUTHORITY[kind]?.up,
    );
    expect(theirs).toEqual([
      "supervision.assign",
      "supervision.start",
      "supervision.report",
      "supervision.showEvidence",
    ]);
  });

  it("SUP-6 every term lies in the future, and a returned report gets a new one", () => {
    const opened = supervised("OPENED");
    const past = { ...letter(opened), dueAt: opened.now };
    expect(opened.refused(sup("wuhan.director", "sendLetter", past)).code).toBe("DUE_IN_THE_PAST");
    const s = supervised("REPORTED");
    expect(the(s).clocks.due?.endedAt).toBe(s.now);
    const back = (dueAt: number) => sup("wuhan.director", "return", { ...said, dueAt });
    expect(s.refused(back(s.now)).code).toBe("DUE_IN_THE_PAST");
    s.accepted(back(s.now + 3 * DAY_MS));
    expect(the(s)).toMatchObject({ state: "RETURNED", dueAt: s.now + 3 * DAY_MS });
    s.passRaising(3 * DAY_MS);
    expect(s.dto("supervision", "sup1", "recipient.console").overdue).toBe(true);
    s.accepted(sup("jiangan.president", "report", said));
    expect(the(s).reports).toHaveLength(2);
  });
});

describe("an overdue report", () => {
  const urge = (s: Story) => sup("wuhan.duty", "urge", { ...said, dueAt: s.now + DAY_MS });
  const measure = (more: object) => sup("wuhan.director", "measure", { ...said, ...more });

  it("SUP-7 is urged when it is overdue and not a millisecond before", () => {
    const s = supervised("ASSIGNED");
    s.passRaising(10 * DAY_MS - 1);
    expect(s.refused(urge(s)).code).toBe("SUPERVISION_NOT_OVERDUE");
    s.passRaising(1);
    expect(the(s).state).toBe("ASSIGNED");
    s.accepted(urge(s));
    expect(the(s).state).toBe("URGED");
    expect(s.refused(measure({ measure: "FILE_CALLED" })).code).toBe("SUPERVISION_NOT_OVERDUE");
  });

  it("SUP-7 urged in vain: file called, bulletin, taken up, and still somebody must close", () => {
    const s = pressed();
    s.accepted(measure({ measure: "FILE_CALLED" }));
    s.accepted(measure({ measure: "BULLETINED" }));
    expect(dutyOf(the(s))).toBe("jiangan");
    s.accepted(measure({ measure: "TAKEN_UP" }));
    expect(dutyOf(the(s))).toBe("wuhan");
    expect(s.refused(sup("jiangan.director", "report", said)).code).toBe("SUPERVISION_NOT_READY");
    s.accepted(sup("wuhan.director", "close", said));
    expect(the(s).measures.map((each) => each.measure)).toEqual([
      "URGED",
      "FILE_CALLED",
      "BULLETINED",
      "TAKEN_UP",
    ]);
  });

  it("SUP-7 a late report is a report", () => {
    const s = pressed();
    s.accepted(sup("jiangan.director", "report", said));
    expect(the(s).state).toBe("REPORTED");
    expect(s.refused(measure({ measure: "TAKEN_UP" })).code).toBe("SUPERVISION_NOT_READY");
  });

  it("SUP-14 the case goes to another court of the own district and to no other", () => {
    const s = pressed();
    const to = (toCourtId?: string) =>
      measure({ measure: "REASSIGNED", ...(toCourtId ? { toCourtId } : {}) });
    for (const court of [undefined, "jiangan", "wuhan", "fancheng", "high"]) {
      expect(s.refused(to(court))).toMatchObject({ code: "REASSIGN_WITHIN_DISTRICT" });
    }
    const named = measure({ measure: "FILE_CALLED", toCourtId: "hanyang" });
    expect(s.refused(named).code).toBe("REASSIGN_WITHIN_DISTRICT");
    s.accepted(to("hanyang"));
    expect(the(s).state).toBe("REASSIGNED");
    expect(the(s).clocks.due?.endedAt).toBe(s.now);
    expect(s.views("supervision", "sup1")).not.toHaveProperty(["console:hanyang"]);
  });
});

describe("the list, the interview, the two checks", () => {
  const item = (s: Story, more = {}) => ({
    itemId: "i1",
    ownerId: "jiangan.director",
    dueAt: s.now + 5 * DAY_MS,
    what: textRef("what"),
    ...more,
  });
  const evidence = { itemId: "i1", evidence: textRef("e") };

  it("SUP-8 an owner in the supervised court, a term, and a clock of its own", () => {
    const s = supervised("LETTER_SENT");
    const add = (more = {}) => sup("wuhan.director", "addItem", item(s, more));
    expect(s.refused(add({ ownerId: "wuhan.duty" })).code).toBe("NOT_OF_TARGET_COURT");
    expect(s.refused(add({ dueAt: s.now })).code).toBe("DUE_IN_THE_PAST");
    s.accepted(add());
    expect(s.refused(add()).code).toBe("ALREADY_EXISTS");
    s.passRaising(4 * DAY_MS);
    expect(the(s).clocks["item:i1"]).toMatchObject({ level: 1 });
    s.accepted(sup("jiangan.duty", "showEvidence", evidence));
    s.passRaising(2 * DAY_MS);
    expect(the(s).clocks["item:i1"]).toMatchObject({ level: 1 });
    const again = { itemId: "i1", ...said, dueAt: s.now + 2 * DAY_MS };
    s.accepted(sup("wuhan.director", "returnItem", again));
    expect(the(s).items[0]).not.toHaveProperty("evidence");
    s.passRaising(2 * DAY_MS);
    expect(the(s).clocks["item:i1"]).toMatchObject({ level: 2 });
  });

  it("SUP-9 closed by the supervising court only, with evidence, before the whole is closed", () => {
    const s = supervised("REPORTED");
    s.accepted(sup("wuhan.director", "addItem", item(s)));
    const close = (by: string) => sup(by, "closeItem", { itemId: "i1" });
    expect(s.refused(sup("wuhan.director", "close", said))).toMatchObject({
      code: "ITEMS_OPEN",
      params: { open: 1 },
    });
    expect(s.refused(close("wuhan.director")).code).toBe("EVIDENCE_FIRST");
    const other = { ...evidence, itemId: "i2" };
    expect(s.refused(sup("jiangan.duty", "showEvidence", other)).code).toBe("NO_SUCH_ITEM");
    s.accepted(sup("jiangan.duty", "showEvidence", evidence));
    expect(s.refused(close("jiangan.president")).code).toBe("WRONG_COURT");
    expect(s.refused(close("high.director")).code).toBe("WRONG_COURT");
    s.accepted(close("wuhan.director"));
    expect(s.refused(close("wuhan.director")).code).toBe("ITEM_CLOSED");
    expect(s.refused(sup("jiangan.duty", "showEvidence", evidence)).code).toBe("ITEM_CLOSED");
    s.accepted(sup("wuhan.director", "close", said));
  });

  it("SUP-9 given evidence, when more is handed in or some is sent back, then all of it is kept and the close refers to one", () => {
    const s = supervised("REPORTED");
    s.accepted(sup("wuhan.director", "addItem", item(s)));
    const show = (by: string, n: number) =>
      s.accepted(sup(by, "showEvidence", { itemId: "i1", evidence: textRef(`e${n}`) }));
    show("jiangan.duty", 1);
    s.accepted(sup("wuhan.director", "returnItem", { itemId: "i1", ...said, dueAt: s.now + 1 }));
    show("jiangan.director", 2);
    show("jiangan.duty", 3);
    const { items } = s.dto("supervision", "sup1", "parent.console") as unknown as Supervision;
    expect(items[0]?.shown).toMatchObject([
      { no: 1, text: textRef("e1"), by: "jiangan.duty", at: expect.any(Number), returnedAt: s.now },
      { no: 2, text: textRef("e2"), by: "jiangan.director" },
      { no: 3, text: textRef("e3"), by: "jiangan.duty" },
    ]);
    const close = (evidenceNo: number) =>
      sup("wuhan.director", "closeItem", { itemId: "i1", evidenceNo });
    expect(s.refused(close(1)).code).toBe("NO_SUCH_EVIDENCE");
    expect(s.refused(close(4)).code).toBe("NO_SUCH_EVIDENCE");
    s.accepted(close(2));
    expect(the(s).items[0]).toMatchObject({ closed: { by: "wuhan.director", evidenceNo: 2 } });
    expect(the(s).items[0]?.shown).toHaveLength(3);
  });

  it("SUP-9 twenty pieces wait at most, and a return makes room", () => {
    const s = supervised("REPORTED");
    s.accepted(sup("wuhan.director", "addItem", item(s)));
    const show = sup("jiangan.duty", "showEvidence", evidence);
    for (let n = 0; n < 20; n += 1) s.accepted(show);
    expect(s.refused(show)).toMatchObject({ code: "EVIDENCE_FULL", params: { most: 20 } });
    s.accepted(sup("wuhan.director", "returnItem", { itemId: "i1", ...said, dueAt: s.now + 1 }));
    s.accepted(show);
    expect(the(s).items[0]?.shown).toHaveLength(21);
  });

  it("SUP-4 evidence and interview wait for the letter", () => {
    const s = supervised("OPENED", { kind: "INTERVIEW" });
    const held = { heldAt: s.now, attendeeIds: ["jiangan.president"], minutes: textRef("m") };
    expect(s.refused(sup("wuhan.director", "interview", held)).code).toBe("LETTER_FIRST");
  });

  it("SUP-10 an interview that was not held closes nothing", () => {
    const s = supervised("REPORTED", { kind: "INTERVIEW" });
    expect(s.refused(sup("wuhan.director", "close", said)).code).toBe("NOT_INTERVIEWED");
    const held = { heldAt: s.now, attendeeIds: ["jiangan.president"], minutes: textRef("m") };
    const future = { ...held, heldAt: s.now + 1 };
    expect(s.refused(sup("wuhan.director", "interview", future)).code).toBe("HELD_IN_THE_FUTURE");
    s.accepted(sup("wuhan.director", "interview", held));
    s.accepted(sup("wuhan.director", "close", said));
    expect(supervised("REPORTED").refused(sup("wuhan.director", "interview", held)).code).toBe(
      "OTHER_KIND",
    );
  });

  it("SUP-10 given an interview on record, when another is recorded over it, then the first one stays", () => {
    const s = supervised("REPORTED", { kind: "INTERVIEW" });
    const held = { heldAt: s.now, attendeeIds: ["jiangan.president"], minutes: textRef("m") };
    s.accepted(sup("wuhan.director", "interview", held));
    const other = { ...held, attendeeIds: ["jiangan.director"], minutes: textRef("softer") };
    expect(s.refused(sup("wuhan.director", "interview", other))).toEqual({
      code: "INTERVIEWED_ALREADY",
      ruleId: "SUP-10",
    });
    expect(s.the("supervision", "sup1").interview).toEqual(held);
  });

  it("SUP-10 a double check needs a finding on the case and one on the conduct", () => {
    const s = supervised("REPORTED", { kind: "DUAL_CHECK" });
    const find = (check: string) => sup("wuhan.director", "find", { check, ...said });
    s.accepted(find("CASE"));
    s.accepted(find("CASE"));
    expect(s.refused(sup("wuhan.director", "close", said)).code).toBe("TWO_CHECKS_NEEDED");
    s.accepted(find("CONDUCT"));
    s.accepted(sup("wuhan.director", "close", said));
    expect(supervised("REPORTED").refused(find("CASE")).code).toBe("OTHER_KIND");
  });

  it("SUP-12 findings stay with the courts above, and no wall and no court beside sees anything", () => {
    const s = supervised("REPORTED", { kind: "DUAL_CHECK" });
    s.accepted(sup("wuhan.director", "find", { check: "CONDUCT", ...said }));
    expect(s.dto("supervision", "sup1", "parent.console")).toHaveProperty("findings");
    expect(s.dto("supervision", "sup1", "recipient.console")).not.toHaveProperty("findings");
    expect(Object.keys(s.views("supervision", "sup1")).sort()).toEqual([
      "console:high",
      "console:jiangan",
      "console:wuhan",
      "field:jiangan.judge",
    ]);
  });

  it("SUP-13 at each state one court must act, and none at the end", () => {
    const duties = ["OPENED", "LETTER_SENT", "ASSIGNED", "REPORTING", "REPORTED", "CLOSED"].map(
      (state) => dutyOf(the(supervised(state))),
    );
    expect(duties).toEqual(["wuhan", "jiangan", "jiangan", "jiangan", "wuhan", undefined]);
  });
});

describe("terms and passing on", () => {
  it("I6 the letter is due 10 days after the complaint was accepted", () => {
    const s = peersStory();
    const accepted = (acceptedAt: number, id: string) =>
      sup("wuhan.director", "open", opening({ acceptedAt }), id);
    expect(s.refused(accepted(s.now + 1, "sup1"))).toMatchObject({
      code: "ACCEPTED_IN_THE_FUTURE",
      ruleId: "I6",
    });
    s.accepted(accepted(s.now - 6 * DAY_MS, "sup1"));
    s.passRaising(DAY_MS);
    expect(the(s).clocks.letter).toMatchObject({ level: 1 });
    s.passRaising(3 * DAY_MS - 1);
    expect(the(s).clocks.letter).toMatchObject({ level: 1 });
    s.passRaising(1);
    expect(the(s)).toMatchObject({ state: "OPENED", clocks: { letter: { level: 2 } } });
    s.accepted(sup("wuhan.director", "sendLetter", letter(s)));
    expect(the(s).clocks.letter).toMatchObject({ endedAt: s.now });
  });

  it("SUP-11 the intermediate court passes it on within the term and still owes the answer", () => {
    const s = peersStory();
    s.accepted(sup("high.director", "open", opening({ targetCourtId: "wuhan" }), "above"));
    const forward = (by: string, more = {}) =>
      sup(by, "open", opening({ forwardOf: "above", ...more }));
    expect(s.refused(forward("wuhan.director")).code).toBe("NOT_YOURS_TO_FORWARD");
    s.accepted(sup("high.director", "sendLetter", letter(s, 10), "above"));
    expect(s.refused(forward("high.director")).code).toBe("NOT_YOURS_TO_FORWARD");
    expect(s.refused(forward("xiangyang.director", { targetCourtId: "fancheng" })).code).toBe(
      "NOT_YOURS_TO_FORWARD",
    );
    s.accepted(forward("wuhan.director"));
    expect(s.refused(sup("wuhan.director", "sendLetter", letter(s, 11))).code).toBe(
      "LATER_THAN_ABOVE",
    );
    s.accepted(sup("wuhan.director", "sendLetter", letter(s, 9)));
    expect(dutyOf(the(s, "above"))).toBe("wuhan");
    expect(s.dto("supervision", "sup1", "parent.console").forwardOf).toBe("above");
  });

  it.each(["return", "urge"])(
    "SUP-11 given a supervision passed on, when its report is to %s, then the new term stays within that from above while that runs",
    (act) => {
      const s = peersStory();
      s.accepted(sup("high.director", "open", opening({ targetCourtId: "wuhan" }), "above"));
      s.accepted(sup("high.director", "sendLetter", letter(s, 10), "above"));
      s.accepted(sup("wuhan.director", "open", opening({ forwardOf: "above" })));
      s.accepted(sup("wuhan.director", "sendLetter", letter(s, 3)));
      if (act === "return") {
        s.accepted(sup("jiangan.director", "assign", { assigneeId: "jiangan.judge" }));
        s.accepted(sup("jiangan.director", "report", said));
      } else s.passRaising(4 * DAY_MS);
      const { dueAt = 0 } = the(s, "above");
      const to = (at: number) => sup("wuhan.director", act, { ...said, dueAt: at });
      expect(s.refused(to(dueAt + 1))).toMatchObject({
        code: "LATER_THAN_ABOVE",
        ruleId: "SUP-11",
      });
      s.accepted(to(dueAt));
    },
  );

  it("SUP-11 a term from above that is over keeps nobody from urging", () => {
    const s = peersStory();
    s.accepted(sup("high.director", "open", opening({ targetCourtId: "wuhan" }), "above"));
    s.accepted(sup("high.director", "sendLetter", letter(s, 10), "above"));
    s.accepted(sup("wuhan.director", "open", opening({ forwardOf: "above" })));
    s.accepted(sup("wuhan.director", "sendLetter", letter(s, 9)));
    s.passRaising(11 * DAY_MS);
    s.accepted(sup("wuhan.director", "urge", { ...said, dueAt: s.now + DAY_MS }));
    expect(dutyOf(the(s, "above"))).toBe("wuhan");
  });
});
