import { describe, expect, it } from "vitest";
import { type BoardReport, reportBoard } from "../../shared/domain/report/board.ts";
import { reportModule } from "../../shared/domain/report/report.ts";
import { issueOrder, orderStory, textOf } from "../support/domain/orders.ts";
import type { Story, When } from "../support/domain/story.ts";

const MINUTE_MS = 60_000;
const submit = (by: string, kind: string, more: object = {}, id = "r1"): When => ({
  by,
  kind: "report.submit",
  ref: { type: "report", id },
  payload: { kind, text: textOf("report"), ...more },
});
const act = (by: string, verb: "read" | "handle", id = "r1"): When => ({
  by,
  kind: `report.${verb}`,
  ref: { type: "report", id },
  payload: verb === "handle" ? { text: textOf("answer") } : {},
});
const incident = (level: string, id = "i1"): When => ({
  by: "jiangan.duty",
  kind: "incident.report",
  ref: { type: "incident", id },
  payload: { kind: "SIEGE", level },
});
const hops = (s: Story) => s.the("report", "r1").hops.map((hop) => `${hop.courtId} ${hop.how}`);
const holder = (s: Story) => s.the("report", "r1").holderCourtId;

describe("reporting up", () => {
  it("RPT-1 from a centre to the court above, and to no other", () => {
    const s = orderStory();
    expect(s.refused(submit("jiangan.judge", "SITUATION")).code).toBe("ROLE_REQUIRED");
    expect(s.refused(submit("high.duty", "SITUATION")).code).toBe("NO_COURT_ABOVE");
    s.accepted(submit("jiangan.duty", "SITUATION"));
    expect(hops(s)).toEqual(["wuhan TO"]);
    expect(s.the("report", "r1")).toMatchObject({ courtId: "jiangan", holderCourtId: "wuhan" });
    expect(s.views("report", "r1")).toEqual({
      "console:jiangan": "own.console",
      "wall:jiangan": "own.wall",
      "console:wuhan": "parent.console",
      "wall:wuhan": "parent.wall",
    });
    s.accepted(submit("wuhan.duty", "RESULT", {}, "r2"));
    expect(s.the("report", "r2").hops).toMatchObject([{ courtId: "high", how: "TO" }]);
    expect(s.views("report", "r2")["console:high"]).toBe("parent.console");
  });

  it("RPT-2 a grave incident is copied to the High Court, a smaller one is not", () => {
    const s = orderStory();
    s.accepted(incident("LARGER"));
    s.accepted(submit("jiangan.duty", "INCIDENT", { incidentId: "i1" }));
    expect(hops(s)).toEqual(["wuhan TO"]);
    s.accepted(incident("MAJOR", "i2"));
    s.accepted(submit("jiangan.duty", "SITUATION", { incidentId: "i2" }, "r2"));
    expect(s.the("report", "r2").hops.map((hop) => `${hop.courtId} ${hop.how}`)).toEqual([
      "wuhan TO",
      "high COPY",
    ]);
    expect(s.views("report", "r2")["console:high"]).toBe("high.console");
  });

  it("RPT-3 about what is its own or in its district; an incident report names the incident", () => {
    const s = orderStory({ hostCourtId: "hanyang" });
    s.accepted(incident("GENERAL"));
    s.accepted(issueOrder("wuhan.director", "task", { toCourtId: "jiangan" }));
    const notes = (id: string) => s.the("report", id).conflicts.map(({ note }) => note);
    s.accepted(submit("jiangan.duty", "INCIDENT", {}, "bare"));
    expect(notes("bare")).toEqual(["NO_INCIDENT_NAMED"]);
    const foreign: [string, object][] = [
      ["hanyang.duty", { incidentId: "i1" }],
      ["fancheng.duty", { operationId: "op1" }],
      ["hanyang.duty", { orderId: "o1" }],
      ["jiangan.duty", { operationId: "none" }],
    ];
    for (const [at, [by, about]] of foreign.entries()) {
      s.accepted(submit(by, "SITUATION", about, `f${at}`));
      expect(notes(`f${at}`)).toEqual(["NOT_OWN_MATTER"]);
      expect(s.dto("report", `f${at}`, "parent.console").conflicts).toHaveLength(1);
      expect(s.dto("report", `f${at}`, "own.wall")).not.toHaveProperty("conflicts");
    }
    const all = { incidentId: "i1", operationId: "op1", orderId: "o1" };
    s.accepted(submit("jiangan.duty", "INCIDENT", all));
    s.accepted(submit("hanyang.duty", "SITUATION", { operationId: "op1" }, "r2"));
    expect([...notes("r1"), ...notes("r2")]).toEqual([]);
  });

  it("RPT-3 given a grave incident of another court, when a report names it, then it is taken without telling how grave that is", () => {
    const s = orderStory();
    s.accepted(incident("MAJOR"));
    s.accepted(submit("hanyang.duty", "INCIDENT", { incidentId: "i1" }));
    expect(hops(s)).toEqual(["wuhan TO"]);
    expect(s.the("report", "r1").conflicts).toMatchObject([{ note: "NOT_OWN_MATTER" }]);
  });

  it("RPT-8 walls see its outline; nobody beside the line sees anything", () => {
    const s = orderStory();
    s.accepted(submit("jiangan.duty", "SITUATION", { caseNo: "(2026)鄂0102执1号" }));
    const wall = s.dto("report", "r1", "parent.wall");
    expect(Object.keys(wall).filter((key) => /text|case|submi.*By|submitter/.test(key))).toEqual(
      [],
    );
    expect(s.dto("report", "r1", "parent.console")).toMatchObject({ text: textOf("report") });
    expect(s.views("report", "r1")["console:hanyang"]).toBeUndefined();
    expect(s.views("report", "r1")["console:high"]).toBeUndefined();
  });
});

describe("reading and handling", () => {
  it("RPT-4 submitted, read, handled, with who and when; twice is nothing", () => {
    const s = orderStory();
    s.accepted(submit("jiangan.duty", "SITUATION"));
    const submittedAt = s.now;
    expect(s.refused(act("jiangan.duty", "read")).code).toBe("WRONG_COURT");
    expect(s.refused(act("high.duty", "read")).code).toBe("WRONG_COURT");
    s.pass(MINUTE_MS).accepted(act("wuhan.duty", "read"));
    const readAt = s.now;
    expect(s.accepted(act("wuhan.director", "read"))).toEqual([]);
    s.pass(MINUTE_MS).accepted(act("wuhan.director", "handle"));
    expect(s.the("report", "r1")).toMatchObject({
      state: "HANDLED",
      hops: [
        {
          courtId: "wuhan",
          at: submittedAt,
          read: { at: readAt, by: "wuhan.duty" },
          handled: { at: s.now, by: "wuhan.director", text: textOf("answer") },
        },
      ],
    });
    expect(reportModule.live(s.the("report", "r1"))).toBe(false);
  });

  it("RPT-6 handled once; handling what was not read reads it", () => {
    const s = orderStory();
    s.accepted(submit("jiangan.duty", "RESULT"));
    expect(s.refused(act("jiangan.director", "handle")).code).toBe("WRONG_COURT");
    s.accepted(act("wuhan.duty", "handle"));
    expect(s.the("report", "r1").hops[0]?.read).toEqual({ at: s.now, by: "wuhan.duty" });
    expect(s.refused(act("wuhan.duty", "handle")).code).toBe("REPORT_HANDLED");
    expect(s.dto("report", "r1", "parent.console").acts?.["report.handle"]?.code).toBe(
      "REPORT_HANDLED",
    );
  });

  it("RPT-5 a copy is read for information: it moves nothing and is not handled", () => {
    const s = orderStory();
    s.accepted(incident("MAJOR"));
    s.accepted(submit("jiangan.duty", "INCIDENT", { incidentId: "i1" }));
    s.accepted(act("high.duty", "read"));
    expect(s.the("report", "r1")).toMatchObject({ state: "SUBMITTED", holderCourtId: "wuhan" });
    const high = s.dto("report", "r1", "high.console");
    expect(high.acts?.["report.handle"]?.code).toBe("REPORT_HELD_ELSEWHERE");
    expect(s.dto("report", "r1", "parent.console").acts?.["report.handle"]).toBeNull();
    expect(s.refused(act("high.duty", "handle"))).toMatchObject({
      code: "REPORT_HELD_ELSEWHERE",
      params: { court: "wuhan" },
    });
  });
});

describe("a request for support", () => {
  it("RPT-7 unread for ten minutes it goes one tier up; the High Court's is raised again", () => {
    const s = orderStory();
    s.accepted(submit("jiangan.duty", "REQUEST_SUPPORT"));
    expect(s.passRaising(10 * MINUTE_MS - 1)).toEqual([]);
    expect(holder(s)).toBe("wuhan");
    s.passRaising(1);
    expect(hops(s)).toEqual(["wuhan TO", "high CLIMBED"]);
    expect(holder(s)).toBe("high");
    expect(s.views("report", "r1")["console:high"]).toBe("high.console");
    expect(s.passRaising(10 * MINUTE_MS)).toHaveLength(1);
    expect(hops(s)).toEqual(["wuhan TO", "high CLIMBED"]);
    expect(s.passRaising(60 * MINUTE_MS)).toEqual([]);
  });

  it("RPT-11 given a request for support that was read, when nobody answers it, then it climbs all the same", () => {
    const s = orderStory();
    s.accepted(submit("jiangan.duty", "REQUEST_SUPPORT"));
    s.accepted(act("wuhan.duty", "read"));
    s.passRaising(30 * MINUTE_MS - 1);
    expect(holder(s)).toBe("wuhan");
    s.passRaising(1);
    expect(holder(s)).toBe("high");
    expect(hops(s)).toEqual(["wuhan TO", "high CLIMBED"]);
    s.accepted(act("high.duty", "read"));
    s.passRaising(30 * MINUTE_MS);
    expect(s.the("report", "r1").clocks.handle).toMatchObject({ level: 2 });
    expect(s.refused(act("wuhan.duty", "handle")).code).toBe("REPORT_HELD_ELSEWHERE");
    s.accepted(act("high.duty", "handle"));
    expect(s.deadlines()).toEqual([]);
  });

  it("RPT-11 given a request for support, when it is answered in time, then nothing climbs", () => {
    const s = orderStory();
    s.accepted(submit("jiangan.duty", "REQUEST_SUPPORT"));
    s.accepted(act("wuhan.duty", "read"));
    s.accepted(act("wuhan.duty", "read"));
    s.pass(29 * MINUTE_MS).accepted(act("wuhan.duty", "handle"));
    s.passRaising(60 * MINUTE_MS);
    expect(holder(s)).toBe("wuhan");
    s.accepted(submit("jiangan.duty", "SITUATION", {}, "r2"));
    s.accepted(act("wuhan.duty", "read", "r2"));
    expect(s.deadlines()).toEqual([]);
  });

  it("RPT-7 read in time it stays; other kinds never climb", () => {
    const s = orderStory();
    s.accepted(submit("jiangan.duty", "REQUEST_SUPPORT"));
    s.accepted(submit("jiangan.duty", "RESULT", {}, "r2"));
    s.pass(10 * MINUTE_MS - 1).accepted(act("wuhan.duty", "read"));
    expect(s.passRaising(29 * MINUTE_MS)).toEqual([]);
    expect(holder(s)).toBe("wuhan");
  });

  it("RPT-7 a copy that was read does not stop it, and must be read anew when it has climbed", () => {
    const s = orderStory();
    s.accepted(incident("MAJOR"));
    s.accepted(submit("jiangan.duty", "REQUEST_SUPPORT", { incidentId: "i1" }));
    s.accepted(act("high.duty", "read"));
    s.passRaising(10 * MINUTE_MS);
    expect(hops(s)).toEqual(["wuhan TO", "high CLIMBED"]);
    expect(s.the("report", "r1").state).toBe("SUBMITTED");
    s.accepted(act("high.duty", "read"));
    expect(s.the("report", "r1").state).toBe("READ");
  });

  it("RPT-5 whoever of them reads it first has it", () => {
    const climbed = () => {
      const s = orderStory();
      s.accepted(submit("jiangan.duty", "REQUEST_SUPPORT"));
      s.passRaising(11 * MINUTE_MS);
      return s;
    };
    const s = climbed();
    s.accepted(act("wuhan.duty", "read"));
    s.accepted(act("high.duty", "read"));
    expect(holder(s)).toBe("wuhan");
    expect(s.refused(act("high.duty", "handle")).code).toBe("REPORT_HELD_ELSEWHERE");
    s.accepted(act("wuhan.duty", "handle"));
    const t = climbed();
    t.accepted(act("high.duty", "read"));
    t.accepted(act("wuhan.duty", "read"));
    expect(t.refused(act("wuhan.duty", "handle")).code).toBe("REPORT_HELD_ELSEWHERE");
    t.accepted(act("high.duty", "handle"));
  });

  it("RPT-7 an intermediate court's has nobody above the High Court to go to", () => {
    const s = orderStory();
    s.accepted(submit("wuhan.duty", "REQUEST_SUPPORT"));
    expect(s.passRaising(20 * MINUTE_MS)).toHaveLength(2);
    expect(hops(s)).toEqual(["high TO"]);
    expect(holder(s)).toBe("high");
  });
});

describe("the board of reports", () => {
  it("RPT-10 what a court has to answer, and what it waits for, with the times of each hop", () => {
    const s = orderStory();
    s.accepted(submit("jiangan.duty", "REQUEST_SUPPORT"));
    s.accepted(submit("jiangan.duty", "RESULT", {}, "r2"));
    s.accepted(act("wuhan.duty", "handle", "r2"));
    const climbedAt = s.now + 10 * MINUTE_MS;
    s.passRaising(12 * MINUTE_MS);
    const board = (courtId: string) =>
      reportBoard(
        s.state
          .all("report")
          .map(
            (r) => ({ id: r.id, ...s.dto("report", r.id, "own.wall") }) as unknown as BoardReport,
          ),
        courtId,
      );
    expect(board("wuhan").iOwe).toEqual([]);
    expect(board("high").iOwe).toEqual([
      {
        reportId: "r1",
        kind: "REQUEST_SUPPORT",
        fromCourtId: "jiangan",
        courtId: "high",
        how: "CLIMBED",
        reachedAt: climbedAt,
        holds: true,
      },
    ]);
    expect(board("jiangan").owedToMe.map((row) => [row.courtId, row.holds])).toEqual([
      ["wuhan", false],
      ["high", true],
    ]);
  });
});
