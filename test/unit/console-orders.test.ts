import { describe, expect, test } from "vitest";
import {
  isOut,
  receiptActs,
  receiptPayload,
} from "../../client/faces/console/actions/receipt-acts.ts";
import { copiesTo, endedOf, ordersOf } from "../../client/faces/console/boards/orders/orders-of.ts";
import { reportsBoard } from "../../client/faces/console/boards/reports/reports-board.ts";
import {
  courtLines,
  matching,
  meant,
  toggled,
} from "../../client/faces/console/forms/court-choice.ts";
import { draftKey, taskOn } from "../../client/faces/console/forms/task.ts";
import { holdRefusal } from "../../client/faces/console/hold/hold-law.ts";
import { holdersOf } from "../../client/faces/console/hold/holders.ts";
import type { StoredRecord } from "../../client/store/dto.ts";
import { COURTS, courts, helloOf, mapsOf, NOW, put, record } from "./console-fixtures.ts";

const receipt = (courtId: string, state: string, more: object = {}) => ({
  courtId,
  state,
  steps: [{ state, at: NOW }],
  copiedCourtIds: [],
  ...more,
});
const order = (receipts: readonly object[], more: object = {}): StoredRecord<"order"> =>
  record("order", "o1", {
    courtId: "wuhan",
    kind: "TASK",
    urgency: "P2",
    issuedAt: NOW,
    receipts,
    copiedCourtIds: [],
    ...more,
  });
const actsOf = (state: string, courtId: string, more: object = {}) => {
  const { dto } = order([receipt("jiangan", state, more)]);
  const [only] = dto.receipts ?? [];
  return only ? receiptActs(dto, only, courtId) : [];
};

describe("choosing courts", () => {
  const lines = courtLines("gao", courts, ({ id }) => id !== "gao");

  test("CON-17 the tree is read from top to bottom, with what stands below each", () => {
    expect(lines.map(({ id, depth }) => [id, depth])).toEqual([
      ["wuhan", 1],
      ["huangpi", 2],
      ["jiangan", 2],
    ]);
    expect(lines[0]?.subtree).toEqual(["wuhan", "huangpi", "jiangan"]);
  });

  test("CON-17 several names typed in one go are each the shortest name that holds them", () => {
    expect(meant(lines, "江岸 黄陂，武汉市中级")).toEqual({
      ids: ["jiangan", "huangpi", "wuhan"],
      unknown: [],
    });
    expect(meant(lines, "江岸、襄阳")).toEqual({ ids: ["jiangan"], unknown: ["襄阳"] });
    expect(matching(lines, "江岸").map(({ id }) => id)).toEqual(["jiangan"]);
    expect(matching(lines, " ")).toHaveLength(3);
  });

  test("CON-17 a subtree is ticked as a whole and taken out as a whole", () => {
    const all = ["wuhan", "huangpi", "jiangan"];
    expect(toggled(["jiangan"], all)).toEqual(["jiangan", "wuhan", "huangpi"]);
    expect(toggled(all, all)).toEqual([]);
    expect(toggled(["jiangan"], ["jiangan"])).toEqual([]);
  });
});

describe("the next act at one recipient", () => {
  test("CON-18 the recipient does, the issuer judges, whoever has a copy does nothing", () => {
    expect(actsOf("DELIVERED", "jiangan")).toEqual(["order.sign"]);
    expect(actsOf("SIGNED", "jiangan")).toEqual(["order.progress", "order.feedback"]);
    expect(actsOf("FEEDBACK", "jiangan")).toEqual([]);
    expect(actsOf("FEEDBACK", "wuhan")).toEqual(["order.accept", "order.return"]);
    expect(actsOf("SIGNED", "wuhan")).toEqual([]);
    expect(actsOf("FEEDBACK", "gao")).toEqual([]);
    expect(actsOf("SIGNED", "jiangan", { revoked: { at: NOW } })).toEqual([]);
  });

  test("CON-18 reconsideration waits for the issuer, forces that are out for his recall", () => {
    expect(actsOf("SIGNED", "wuhan", { reconsideration: { at: NOW } })).toEqual([
      "order.answerReconsideration",
    ]);
    const forces = [{ officerId: "p1" }];
    expect(actsOf("ACCEPTED", "wuhan", { forces })).toEqual(["order.recall"]);
    expect(actsOf("ACCEPTED", "wuhan", { forces, recalled: { at: NOW } })).toEqual([]);
    expect(isOut(receipt("jiangan", "FEEDBACK", { forces }) as never)).toBe(false);
  });

  test("CON-18 which recipient and which feedback was read goes along, and drafts are kept apart", () => {
    const fed = receipt("jiangan", "FEEDBACK") as never;
    expect(receiptPayload("order.accept", fed)).toEqual({ courtId: "jiangan", feedbackAt: NOW });
    expect(receiptPayload("order.recall", fed)).toEqual({ courtId: "jiangan" });
    expect(receiptPayload("order.sign", fed)).toEqual({});
    const about = order([receipt("jiangan", "FEEDBACK"), receipt("huangpi", "FEEDBACK")]);
    const keys = ["jiangan", "huangpi"].map((courtId) =>
      draftKey(taskOn("order.return", about, () => "id", {}, { courtId })),
    );
    expect(new Set(keys).size).toBe(2);
  });
});

describe("boards", () => {
  test("CON-16 copies, and what ended while the desk looked on", () => {
    const copied = order([receipt("jiangan", "SIGNED", { copiedCourtIds: ["wuhan"] })], {
      courtId: "gao",
      copiedCourtIds: ["wuhan"],
    });
    const orders = new Map([["o1", copied]]);
    expect(copiesTo(orders, "wuhan", NOW).map((row) => row.recipientCourtId)).toEqual(["jiangan"]);
    expect(copiesTo(orders, "huangpi", NOW)).toEqual([]);
    expect(ordersOf(orders, "wuhan", NOW).owedToMe).toEqual([]);
    const ended = [put("order", "o2", { courtId: "gao", state: "REVOKED", closed: true })];
    expect(endedOf(orders, ended).map(({ id }) => id)).toEqual(["o2"]);
  });

  test("CON-19 the menu counts reports that this court holds, and those unread past their time", () => {
    const report = (id: string, holder: string, dueAt: number) =>
      put("report", id, {
        courtId: "jiangan",
        kind: "REQUEST_SUPPORT",
        state: "SUBMITTED",
        submittedAt: NOW,
        holder: { courtId: holder },
        hops: [{ courtId: "wuhan", how: "TO", at: NOW }],
        clocks: [{ name: "read", ruleId: "REPORT-READ", startAt: NOW, dueAt, level: 0 }],
      });
    const maps = mapsOf(
      ...COURTS,
      report("r1", "wuhan", NOW - 1),
      report("r2", "wuhan", NOW + 60_000),
      report("r3", "gao", NOW - 1),
    );
    const hello = helloOf("wuhan", "w-1", "DUTY_OFFICER");
    expect(reportsBoard.count?.({ maps, hello, now: NOW })).toEqual({ open: 2, act: 1 });
  });
});

describe("who holds it", () => {
  const incident = (holder: object, more: object = {}): StoredRecord<"incident"> =>
    record("incident", "i1", { courtId: "jiangan", reportedAt: NOW, holder, ...more });

  test("CON-20 the chain is in order: reported, told, answered, moved by hand", () => {
    const matter = incident(
      { courtId: "wuhan", told: [{ courtId: "wuhan", roles: [], at: NOW + 2 }] },
      {
        acknowledged: { officerId: "a", courtId: "jiangan", at: NOW + 1, name: "方局长" },
        holdLog: [
          { how: "TAKEN_UP", courtId: "wuhan", byCourtId: "wuhan", byOfficerId: "w", at: NOW + 3 },
        ],
      },
    );
    expect(holdersOf(matter).map(({ what, courtId }) => [what, courtId])).toEqual([
      ["reported", "jiangan"],
      ["acknowledged", "jiangan"],
      ["told", "wuhan"],
      ["how.TAKEN_UP", "wuhan"],
    ]);
  });

  test("CON-20 what the rules of holding refuse is said before anybody presses", () => {
    const named = incident({ courtId: "wuhan", officerId: "w-1" });
    const code = (verb: string, courtId: string) => holdRefusal(named, verb, courtId, courts)?.code;
    expect(code("take", "wuhan")).toBe("TAKEN_BY_HIGHER");
    expect(code("take", "gao")).toBeUndefined();
    expect(code("designate", "jiangan")).toBe("DESIGNATE_BELOW");
    expect(code("designate", "wuhan")).toBeUndefined();
    expect(code("setDeadline", "wuhan")).toBe("DEADLINE_FROM_ABOVE");
    expect(code("setDeadline", "gao")).toBeUndefined();
  });
});
