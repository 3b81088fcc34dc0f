import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DomainEvent } from "../../shared/domain/kernel/event.ts";
import { isReconsidered, openRecipients } from "../../shared/domain/order/receipt.ts";
import type { Order, Receipt, ReceiptState } from "../../shared/domain/order/state.ts";
import type { Report } from "../../shared/domain/report/state.ts";
import { leaks } from "../support/domain/deep-scan.ts";
import { issueOrder, onOrder, orderStory, textOf } from "../support/domain/orders.ts";
import { pathOf } from "../support/domain/province.ts";
import type { Story, When } from "../support/domain/story.ts";

const RUNS = 200;
const COURTS = ["high", "wuhan", "xiangyang", "jiangan", "hanyang", "fancheng"];
const PEOPLE = [
  "high.duty",
  "high.director",
  "wuhan.duty",
  "wuhan.director",
  "xiangyang.director",
  "jiangan.duty",
  "jiangan.director",
  "jiangan.judge",
  "hanyang.duty",
  "hanyang.director",
  "fancheng.duty",
  "fancheng.director",
];
const CASE = "(2026)鄂0102执1号";
const MINUTE_MS = 60_000;
const WAY: readonly ReceiptState[] = [
  "ISSUED",
  "DELIVERED",
  "SIGNED",
  "IN_PROGRESS",
  "FEEDBACK",
  "ACCEPTED",
];
const courtOf = (officerId: string): string => officerId.split(".")[0] ?? "";
const isBelow = (courtId: string, above: string): boolean =>
  courtId !== above && pathOf(courtId).includes(above);

const person = fc.constantFrom(...PEOPLE);
const nobody = fc.constant(undefined);
const orderId = fc.constantFrom("o1", "o2", "o3", "o4", "o5", "o6");
const reportId = fc.constantFrom("r1", "r2");
const courts = fc.uniqueArray(fc.constantFrom(...COURTS), { minLength: 1, maxLength: 4 });
/** Mostly an own district, or one would see nothing but refusals. */
const line = fc.oneof(
  { arbitrary: fc.record({ by: person, toCourtIds: courts }), weight: 1 },
  {
    arbitrary: fc.constantFrom(
      { by: "high.director", toCourtIds: ["jiangan", "hanyang", "fancheng"] },
      { by: "high.director", toCourtIds: ["wuhan", "jiangan"] },
      { by: "wuhan.director", toCourtIds: ["jiangan", "hanyang"] },
      { by: "wuhan.director", toCourtIds: ["jiangan"] },
    ),
    weight: 3,
  },
);

const DEMANDED: Readonly<Record<string, (now: number, court: string) => object>> = {
  defer: (now) => ({ deferUntil: now + 60 * MINUTE_MS }),
  reassign: (_now, court) => ({ caseNo: CASE, assignedCourtId: court }),
  resource: (_now, court) => ({ forCourtId: court }),
  pause: () => ({ operationId: "op1" }),
};

const issuing = fc
  .record({
    line,
    id: orderId,
    kind: fc.constantFrom(
      "task",
      "task",
      "command",
      "correct",
      "defer",
      "reassign",
      "resource",
      "pause",
    ),
    court: fc.constantFrom(...COURTS),
    dueIn: fc.constantFrom(0, 5, 600),
    supersedes: fc.constantFrom(undefined, undefined, undefined, "o1"),
  })
  .map(
    ({ line: { by, toCourtIds }, id, kind, court, dueIn, supersedes }) =>
      ({ now }: Story): When =>
        issueOrder(
          by,
          kind,
          {
            toCourtIds,
            ...(dueIn === 0 ? {} : { dueAt: now + dueIn * MINUTE_MS }),
            ...(supersedes ? { supersedes } : {}),
            ...DEMANDED[kind]?.(now, court),
          },
          id,
        ),
  );

const many = (verb: string, times: number): string[] => Array<string>(times).fill(verb);
const VERBS = [
  "deliver",
  ...many("sign", 3),
  "progress",
  ...many("feedback", 3),
  ...many("accept", 3),
  ...many("return", 2),
  ...many("askReconsideration", 2),
  ...many("answerReconsideration", 3),
  "revoke",
];
const BY_DIRECTOR: readonly string[] = ["feedback", "askReconsideration"];
const BY_ISSUER: readonly string[] = ["accept", "return", "answerReconsideration", "revoke"];

/** One of those that something may still happen to, where there is one that waits for this verb. */
function openReceipt(s: Story, nth: number, verb: string) {
  const open = s.state.all("order").flatMap((order) => {
    const courts = openRecipients(order);
    return order.receipts
      .filter((receipt) => courts.includes(receipt.courtId))
      .map((receipt) => ({ id: order.id, court: receipt.courtId, receipt }));
  });
  const waiting = open.filter(({ receipt }) =>
    verb === "answerReconsideration" ? isReconsidered(receipt) : receipt.state === "FEEDBACK",
  );
  const from = BY_ISSUER.includes(verb) && waiting.length > 0 ? waiting : open;
  return from[nth % Math.max(1, from.length)] ?? { id: "o1", court: "jiangan" };
}

/** Mostly somebody who may, or one would see nothing but refusals. */
function whoFits(s: Story, verb: string, id: string, courtId: string): string {
  if (BY_ISSUER.includes(verb)) return `${s.state.get("order", id)?.courtId ?? "high"}.director`;
  return `${courtId}.${BY_DIRECTOR.includes(verb) ? "director" : "duty"}`;
}

const acting = fc
  .record({
    stranger: fc.oneof({ arbitrary: person, weight: 1 }, { arbitrary: nobody, weight: 4 }),
    nth: fc.nat(11),
    verb: fc.constantFrom(...VERBS),
    names: fc.constantFrom(true, true, true, true, true, false),
    outcome: fc.constantFrom("UPHELD", "CHANGED", "REVOKED"),
  })
  .map(({ stranger, nth, verb, names, outcome }) => (s: Story): When => {
    const { id, court } = openReceipt(s, nth, verb);
    const by = stranger ?? whoFits(s, verb, id, court);
    const about = names ? { courtId: court } : {};
    const own = textOf(`by-${courtOf(by)}`);
    const payloads: Readonly<Record<string, object>> = {
      feedback: { text: own },
      askReconsideration: { reason: own },
      accept: about,
      return: { ...about, text: own },
      answerReconsideration: { ...about, outcome, text: own },
      revoke: { ...about, reason: own },
    };
    return onOrder(by, verb, payloads[verb] ?? {}, id);
  });

const reporting = fc
  .record({
    by: person,
    id: reportId,
    verb: fc.constantFrom("submit", "read", "handle"),
    kind: fc.constantFrom("SITUATION", "REQUEST_SUPPORT"),
  })
  .map(
    ({ by, id, verb, kind }) =>
      (): When => ({
        by,
        kind: `report.${verb}`,
        ref: { type: "report", id },
        payload: {
          ...(verb === "submit" ? { kind } : {}),
          ...(verb === "read" ? {} : { text: textOf(`by-${courtOf(by)}`) }),
        },
      }),
  );

/** By the issuer, to whoever still owes something. */
const replacing = fc
  .record({ id: orderId, nth: fc.nat(5) })
  .map(({ id, nth }) => (s: Story): When => {
    const open = s.state.all("order").filter((order) => openRecipients(order).length > 0);
    const old = open[nth % Math.max(1, open.length)];
    const toCourtIds = old ? openRecipients(old) : ["jiangan"];
    const by = `${old?.courtId ?? "high"}.director`;
    return issueOrder(by, "task", { toCourtIds, supersedes: old?.id ?? "none" }, id);
  });

type Move = ((s: Story) => When) | number;
/** A command, or minutes that pass with every clock raised at its time. */
const move: fc.Arbitrary<Move> = fc.oneof(
  { arbitrary: issuing, weight: 2 },
  { arbitrary: acting, weight: 9 },
  { arbitrary: replacing, weight: 1 },
  { arbitrary: reporting, weight: 2 },
  { arbitrary: fc.constantFrom(1, 11, 90, 2_000), weight: 1 },
);

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
