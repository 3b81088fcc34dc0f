import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DomainEvent } from "../../shared/domain/kernel/event.ts";
import type { Order, Receipt, ReceiptState } from "../../shared/domain/order/state.ts";
import type { Report } from "../../shared/domain/report/state.ts";
import { leaks } from "../support/domain/deep-scan.ts";
import { courtOf, MINUTE_MS, type Move, move } from "../support/domain/order-moves.ts";
import { orderStory } from "../support/domain/orders.ts";
import { pathOf } from "../support/domain/province.ts";
import type { Story } from "../support/domain/story.ts";

const RUNS = 200;
const WAY: readonly ReceiptState[] = [
  "ISSUED",
  "DELIVERED",
  "SIGNED",
  "IN_PROGRESS",
  "FEEDBACK",
  "ACCEPTED",
];
const isBelow = (courtId: string, above: string): boolean =>
  courtId !== above && pathOf(courtId).includes(above);

interface Seen {
  readonly orders: ReadonlyMap<string, Order>;
  readonly reports: ReadonlyMap<string, Report>;
}
const seen = (s: Story): Seen => ({
  orders: new Map(s.state.all("order").map((order) => [order.id, order])),
  reports: new Map(s.state.all("report").map((report) => [report.id, report])),
});

function expectOneWay(before: Receipt | undefined, after: Receipt) {
  if (!before) return;
  expect(after.steps.slice(0, before.steps.length)).toEqual(before.steps);
  const news = after.steps.slice(before.steps.length).map((step) => step.state);
  let from = before.state;
  for (const to of news) {
    if (to === "RETURNED") expect(from).toBe("FEEDBACK");
    else if (from !== "RETURNED") expect(WAY.indexOf(to)).toBeGreaterThan(WAY.indexOf(from));
    else expect(["IN_PROGRESS", "FEEDBACK"]).toContain(to);
    from = to;
  }
  expect(after.state).toBe(from);
}

/** Recipients do, the issuer judges: nobody ticks another court's box. */
function expectOwnHands(order: Order, receipt: Receipt) {
  const issuers: ReceiptState[] = ["ISSUED", "ACCEPTED", "RETURNED"];
  for (const step of receipt.steps) {
    expect(courtOf(step.by)).toBe(issuers.includes(step.state) ? order.courtId : receipt.courtId);
  }
}

function expectOrderWhole(s: Story, before: Order | undefined, order: Order) {
  const to = order.receipts.map((receipt) => receipt.courtId);
  expect(courtOf(order.issuedBy)).toBe(order.courtId);
  expect(to.length).toBeGreaterThan(0);
  expect(new Set(to).size).toBe(to.length);
  expect(to.filter((courtId) => !isBelow(courtId, order.courtId))).toEqual([]);
  if (before) expect(before.receipts.map((receipt) => receipt.courtId)).toEqual(to);
  for (const receipt of order.receipts) {
    expectOneWay(
      before?.receipts.find(({ courtId }) => courtId === receipt.courtId),
      receipt,
    );
    expectOwnHands(order, receipt);
  }
  expectNoSidewaysLook(s, order, to);
}

/** Only issuer, recipients and courts on the line see it, and of a sibling's doings nothing. */
function expectNoSidewaysLook(s: Story, order: Order, to: readonly string[]) {
  for (const [view, audience] of Object.entries(s.views("order", order.id))) {
    const courtId = view.split(":")[1] ?? "";
    const onTheLine = to.some((each) => each === courtId || isBelow(each, courtId));
    expect(onTheLine).toBe(true);
    if (courtId === order.courtId || isBelow(order.courtId, courtId)) continue;
    const others = to.filter((each) => each !== courtId && !isBelow(each, courtId));
    const dto = s.dto("order", order.id, audience);
    expect(leaks(dto, { texts: others.map((each) => `by-${each}`) })).toEqual([]);
  }
}

const REPORT_WAY = ["SUBMITTED", "READ", "HANDLED"];
function expectReportWhole(before: Report | undefined, report: Report) {
  const { hops, courtId, holderCourtId } = report;
  expect(hops.filter((hop) => !isBelow(courtId, hop.courtId))).toEqual([]);
  expect(hops.filter((hop) => hop.courtId === holderCourtId)).toHaveLength(1);
  const handlers = hops.filter((hop) => hop.handled).map((hop) => hop.courtId);
  expect(handlers).toEqual(report.state === "HANDLED" ? [holderCourtId] : []);
  if (before) {
    expect(REPORT_WAY.indexOf(report.state)).toBeGreaterThanOrEqual(
      REPORT_WAY.indexOf(before.state),
    );
  }
}

function expectWhole(s: Story, before: Seen, events: readonly DomainEvent[]) {
  const after = seen(s);
  for (const [id, order] of after.orders) {
    if (order !== before.orders.get(id)) expectOrderWhole(s, before.orders.get(id), order);
  }
  for (const [id, report] of after.reports) expectReportWhole(before.reports.get(id), report);
  const issued = events.filter((event) => event.type === "OrderIssued").map(({ ref }) => ref.id);
  expect(issued.filter((id) => before.orders.has(id))).toEqual([]);
}

function play(moves: readonly Move[], happened: Map<string, number>) {
  const s = orderStory();
  for (const each of moves) {
    const before = seen(s);
    const decision =
      typeof each === "number"
        ? { ok: true as const, events: s.passRaising(each * MINUTE_MS) }
        : s.when(each(s));
    const events = decision.ok ? decision.events : [];
    for (const { type } of events) happened.set(type, (happened.get(type) ?? 0) + 1);
    expectWhole(s, before, events);
  }
}

describe("random commands of all tiers", () => {
  it("ORD-28 no order goes sideways, each has one issuer and its receipts, none goes back but returned", () => {
    const happened = new Map<string, number>();
    fc.assert(
      fc.property(fc.array(move, { minLength: 40, maxLength: 100, size: "max" }), (moves) =>
        play(moves, happened),
      ),
      { numRuns: RUNS },
    );
    const expected = [
      "OrderIssued",
      "OrderDelivered",
      "OrderSigned",
      "OrderProgressed",
      "OrderFedBack",
      "OrderAccepted",
      "OrderReturned",
      "OrderReconsiderationRequested",
      "OrderReconsiderationAnswered",
      "OrderRevoked",
      "OrderSuperseded",
      "ReportSubmitted",
      "ReportRead",
      "ReportHandled",
      "ClockRaised",
    ];
    // Otherwise nothing was tried.
    expect(expected.filter((type) => !happened.has(type))).toEqual([]);
  });
});
