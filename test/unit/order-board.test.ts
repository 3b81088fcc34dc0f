import { describe, expect, it } from "vitest";
import { type BoardOrder, orderBoard } from "../../shared/domain/order/board.ts";
import { issueOrder, onOrder, orderStory, textOf } from "../support/domain/orders.ts";
import { MONDAY_9_00, type Story } from "../support/domain/story.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The board of a court over the projections that its console holds. */
function boardOf(s: Story, courtId: string, seat: "console" | "wall" = "console") {
  const orders = s.state.all("order").flatMap((order): BoardOrder[] => {
    const audience = s.views("order", order.id)[`${seat}:${courtId}`];
    return audience
      ? [{ id: order.id, ...s.dto("order", order.id, audience) } as unknown as BoardOrder]
      : [];
  });
  return orderBoard(orders, courtId, s.now);
}

const ids = (rows: readonly { orderId: string; recipientCourtId: string }[]) =>
  rows.map((row) => `${row.orderId} ${row.recipientCourtId}`);

describe("the board of orders", () => {
  it("ORD-27 the issuer is owed by each recipient, who owes; a copied court neither", () => {
    const s = orderStory();
    const to = { toCourtIds: ["jiangan", "fancheng"] };
    s.accepted(issueOrder("high.director", "task", to));
    s.accepted(issueOrder("wuhan.director", "task", { toCourtId: "jiangan" }, "o2"));
    expect(ids(boardOf(s, "high").owedToMe)).toEqual(["o1 jiangan", "o1 fancheng"]);
    expect(boardOf(s, "high").iOwe).toEqual([]);
    expect(ids(boardOf(s, "jiangan").iOwe)).toEqual(["o1 jiangan", "o2 jiangan"]);
    expect(ids(boardOf(s, "wuhan").owedToMe)).toEqual(["o2 jiangan"]);
    expect(boardOf(s, "wuhan").iOwe).toEqual([]);
    expect(boardOf(s, "xiangyang")).toEqual({ iOwe: [], owedToMe: [] });
  });

  it("ORD-27 each hop with its time, whose move it is, and how often it was sent back", () => {
    const s = orderStory();
    s.accepted(
      issueOrder("wuhan.director", "task", { toCourtId: "jiangan", dueAt: s.now + HOUR_MS }),
    );
    const row = () => boardOf(s, "jiangan").iOwe[0];
    s.pass(MINUTE_MS).accepted(onOrder("jiangan.duty", "deliver"));
    s.pass(MINUTE_MS).accepted(onOrder("jiangan.duty", "sign"));
    expect(row()).toEqual({
      orderId: "o1",
      kind: "TASK",
      urgency: "P2",
      issuerCourtId: "wuhan",
      recipientCourtId: "jiangan",
      state: "SIGNED",
      times: {
        ISSUED: MONDAY_9_00,
        DELIVERED: MONDAY_9_00 + MINUTE_MS,
        SIGNED: MONDAY_9_00 + 2 * MINUTE_MS,
      },
      returns: 0,
      dueAt: MONDAY_9_00 + HOUR_MS,
      overdueMs: 0,
      suspended: false,
      waitsFor: "RECIPIENT",
    });
    s.accepted(onOrder("jiangan.director", "feedback", { text: textOf("f") }));
    expect(row()?.waitsFor).toBe("ISSUER");
    s.accepted(onOrder("wuhan.director", "return", { text: textOf("r") }));
    expect(row()).toMatchObject({ returns: 1, waitsFor: "RECIPIENT", state: "RETURNED" });
  });

  it("ORD-27 the most overdue first; feedback stops the count, suspension hides it", () => {
    const s = orderStory();
    const task = (id: string, dueAt?: number) =>
      issueOrder(
        "wuhan.director",
        "task",
        { toCourtId: "jiangan", ...(dueAt ? { dueAt } : {}) },
        id,
      );
    s.accepted(task("never"));
    s.accepted(task("soon", s.now + 9 * HOUR_MS));
    s.accepted(task("late", s.now + 2 * HOUR_MS));
    s.accepted(task("later", s.now + HOUR_MS));
    for (const id of ["late", "later"]) s.accepted(onOrder("jiangan.duty", "sign", {}, id));
    s.pass(4 * HOUR_MS);
    const rows = () => boardOf(s, "jiangan").iOwe;
    expect(rows().map((row) => [row.orderId, row.overdueMs / HOUR_MS])).toEqual([
      ["later", 3],
      ["late", 2],
      ["soon", 0],
      ["never", 0],
    ]);
    s.accepted(onOrder("jiangan.director", "feedback", { text: textOf("f") }, "late"));
    s.accepted(onOrder("jiangan.director", "askReconsideration", { reason: textOf("x") }, "later"));
    s.pass(HOUR_MS);
    const of = (id: string) => rows().find((row) => row.orderId === id);
    expect(of("late")).toMatchObject({ overdueMs: 2 * HOUR_MS, waitsFor: "ISSUER" });
    expect(of("later")).toMatchObject({ overdueMs: 0, suspended: true, waitsFor: "ISSUER" });
  });

  it("ORD-27 what is accepted, revoked or replaced is owed no longer", () => {
    const s = orderStory();
    const several = { toCourtIds: ["jiangan", "hanyang"] };
    for (const id of ["o1", "o2", "o3"])
      s.accepted(issueOrder("wuhan.director", "task", several, id));
    s.accepted(onOrder("jiangan.duty", "sign"));
    s.accepted(onOrder("jiangan.director", "feedback", { text: textOf("f") }));
    s.accepted(onOrder("wuhan.director", "accept", { courtId: "jiangan" }));
    s.accepted(
      onOrder("wuhan.director", "revoke", { courtId: "hanyang", reason: textOf("x") }, "o2"),
    );
    s.accepted(issueOrder("wuhan.director", "task", { ...several, supersedes: "o3" }, "o4"));
    expect(ids(boardOf(s, "wuhan").owedToMe)).toEqual([
      "o1 hanyang",
      "o2 jiangan",
      "o4 jiangan",
      "o4 hanyang",
    ]);
    expect(ids(boardOf(s, "jiangan").iOwe)).toEqual(["o2 jiangan", "o4 jiangan"]);
  });

  it("ORD-27 a wall shows the same rows as its console", () => {
    const s = orderStory();
    s.accepted(
      issueOrder("high.director", "task", {
        toCourtIds: ["jiangan", "fancheng"],
        dueAt: s.now + 1,
      }),
    );
    s.accepted(onOrder("jiangan.duty", "sign"));
    s.pass(HOUR_MS);
    expect(boardOf(s, "high", "wall")).toEqual(boardOf(s, "high"));
  });
});
