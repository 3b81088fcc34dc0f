import { describe, expect, it } from "vitest";
import { straightTo } from "../../client/faces/login/seat-address.ts";
import { type Asked, rowsOf } from "../../client/faces/partner/requests.ts";
import { stepsOf } from "../../client/faces/partner/steps.ts";
import { lastMonths, monthCsv } from "../../client/ui/unit-month/month-csv.ts";
import { LIAISON_CATALOGUE } from "../../shared/domain/unit/liaison-catalogue.ts";
import { POLICE_CATALOGUE } from "../../shared/domain/unit/police-catalogue.ts";

const NOW = Date.UTC(2026, 10, 22, 4);
const MINUTE = 60_000;

const clock = (dueInMs: number) => ({
  ...{ name: "ack", ruleId: "P2-ACK", ruleVersion: 1, startAt: NOW - MINUTE },
  ...{ dueAt: NOW + dueInMs, level: 0, liberty: false },
});
const police = (id: string, dto: object = {}): Asked => ({
  type: "police",
  id,
  rev: 1,
  dto: { kind: "SCENE_SUPPORT", urgency: "P2", state: "SENT", times: {}, ...dto },
});
const liaison = (id: string, dto: object = {}): Asked => ({
  type: "liaison",
  id,
  rev: 1,
  dto: { unitType: "BANK", service: "FREEZE", state: "SENT", times: {}, ...dto },
});

describe("the list of a unit's desk", () => {
  it("PART-1 the most urgent first, then what is unsigned, then what is due first", () => {
    const rows = rowsOf(
      [
        liaison("bank"),
        police("p4", { urgency: "P4" }),
        police("signed", { state: "ACKED", clocks: [clock(MINUTE)] }),
        police("later", { clocks: [clock(3 * MINUTE)] }),
        police("sooner", { clocks: [clock(2 * MINUTE)] }),
        police("p1", { urgency: "P1" }),
      ],
      NOW,
    );
    expect(rows.map(({ record }) => record.id)).toEqual([
      ...["p1", "sooner", "later", "signed", "bank", "p4"],
    ]);
  });

  it("PART-2 red is what somebody must see to now: overdue, or minutes that run unsigned", () => {
    const rows = rowsOf(
      [
        police("now"),
        police("days", { urgency: "P4" }),
        police("late", { urgency: "P4", state: "ACKED", clocks: [clock(-MINUTE)] }),
        police("calm", { state: "ACKED", clocks: [clock(9 * MINUTE)] }),
        liaison("bank"),
      ],
      NOW,
    );
    const pressing = rows.filter((row) => row.pressing).map(({ record }) => record.id);
    expect(pressing.sort()).toEqual(["late", "now"]);
  });
});

describe("the buttons of a request", () => {
  it("PART-3 on the spot: 签收 出警 到场 移交, and the next is the first that is not past", () => {
    const { main, others, next } = stepsOf(police("p1"));
    expect(main.map(({ name }) => name)).toEqual(["ACKED", "DISPATCHED", "ARRIVED", "HANDED_OVER"]);
    expect(others.map(({ name }) => name)).toEqual(["HELD_BY_POLICE", "RELEASED", "CLOSED"]);
    expect(next).toBe("ACKED");
    const dispatched = stepsOf(police("p1", { state: "DISPATCHED", times: { DISPATCHED: NOW } }));
    expect(dispatched.main.map(({ past }) => past)).toEqual([true, true, false, false]);
    expect(dispatched.next).toBe("ARRIVED");
    const handed = stepsOf(
      police("p1", { state: "ARRIVED", handedOver: { at: NOW, receivedBy: "王" } }),
    );
    expect(handed.next).toBeUndefined();
  });

  it("PART-3 every service of the catalogue has its answers, and each is a command of the desk", () => {
    for (const kind of Object.keys(POLICE_CATALOGUE)) {
      const { main, others, refuse } = stepsOf(police("p1", { kind }));
      expect(main[0]?.payload).toEqual({ state: "ACKED" });
      expect([...main, ...others].map(({ name }) => name).sort()).toEqual(
        [
          ...["ACKED", "ARRIVED", "CLOSED", "DISPATCHED", "HANDED_OVER", "HELD_BY_POLICE"],
          ...["RELEASED", ...(kind === "CUSTODY_INTAKE" ? ["TOOK_IN"] : [])],
        ].sort(),
      );
      expect([refuse.kind, refuse.wants]).toEqual(["police.decline", "reason"]);
    }
    for (const { unit: unitType, service } of LIAISON_CATALOGUE) {
      const { main, refuse } = stepsOf(liaison("l1", { unitType, service }));
      expect(main.map(({ name }) => name)).toEqual(["RECEIVED", "PROCESSING", "REPLIED"]);
      expect([refuse.kind, refuse.wants]).toEqual(["liaison.refuse", "reason"]);
    }
  });

  it("PART-3 whoever refused may still reply", () => {
    const { next, refuse } = stepsOf(liaison("l1", { state: "REFUSED", times: { REFUSED: NOW } }));
    expect([next, refuse.past]).toEqual(["REPLIED", true]);
  });
});

describe("the month of a unit as a file", () => {
  it("PART-8 carries its month, time and mark, opens in old spreadsheets and runs nothing", () => {
    const table = {
      head: ["月报 2026-11", "截至 2026-11-23 10:00 +08:00"],
      columns: ["单位", "请求"],
      rows: [
        ['=HYPERLINK("x")', 1],
        ["甲,乙", 0],
      ],
    };
    const body =
      '月报 2026-11\r\n截至 2026-11-23 10:00 +08:00\r\n单位,请求\r\n"\'=HYPERLINK(""x"")",1\r\n"甲,乙",0\r\n';
    expect(monthCsv("LIVE", "月报", table)).toEqual({ name: "月报.csv", text: `\uFEFF${body}` });
    expect(monthCsv("EXERCISE", "月报", table)).toEqual({
      name: "exercise-月报.csv",
      text: `\uFEFF演练 EXERCISE\r\n${body}`,
    });
    expect(monthCsv("DEMO", "月报", table).name).toBe("demo-月报.csv");
  });

  it("PART-8 the months offered are those of Shanghai", () => {
    expect(lastMonths(Date.UTC(2026, 11, 31, 17)).slice(0, 2)).toEqual(["2027-01", "2026-12"]);
    expect(lastMonths(NOW).length).toBe(12);
  });
});

describe("the way in", () => {
  it("PART-9 a person of a unit goes straight to its desk", () => {
    expect(straightTo(["partner"], "")).toBe("partner");
    expect(straightTo(["partner"], "?next=/console")).toBe("partner");
  });
});
