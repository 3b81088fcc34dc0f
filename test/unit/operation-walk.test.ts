import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DomainEvent } from "../../shared/domain/kernel/event.ts";
import { rolesOf } from "../../shared/domain/officer/roles-of.ts";
import { notBack, teamOf } from "../../shared/domain/operation/facts.ts";
import type { Operation, OperationState } from "../../shared/domain/operation/state.ts";
import {
  operationStory,
  PLAN,
  READY,
  SEARCH,
  type Step,
  TEAM,
  TEXT,
  WAY,
} from "../support/domain/operation-story.ts";
import { officer } from "../support/domain/province.ts";

/** One who may draft, submit and approve anything, so that only his own plans are closed to him. */
const VICE = officer("jiangan.vice", "jiangan", "JUDGE", "DIRECTOR", "PRESIDENT");
const PEOPLE = [
  "system",
  VICE.id,
  "jiangan.judge",
  "jiangan.police",
  "jiangan.duty",
  "jiangan.chief",
  "jiangan.director",
  "jiangan.president",
  "hanyang.duty",
  "hanyang.president",
  "wuhan.duty",
  "wuhan.director",
  "xiangyang.duty",
  "high.director",
];
const approval = { approvalNo: "批1号" };
const aside = { reason: TEXT, withdrawal: TEXT };
const NOISE: readonly (readonly [verb: string, payload: Readonly<Record<string, unknown>>])[] = [
  ["draft", PLAN],
  ["revise", { ...SEARCH, placeCourtId: "hanyang" }],
  ["submit", {}],
  ["approve", approval],
  ["reject", { reason: TEXT }],
  ["acknowledgeFiling", {}],
  ["hostAcknowledge", {}],
  ["muster", {}],
  ["orderDeparture", {}],
  ["start", {}],
  ["pause", { reason: TEXT }],
  ["confirmPause", {}],
  ["resume", {}],
  ["beginClosing", {}],
  ["close", {}],
  ["depart", {}],
  ["arrive", {}],
  ["attestEvidence", { complete: true }],
  ...TEAM.flatMap((officerId) => [
    ["checkMember", { officerId, presence: "PRESENT", ...READY, uniform: false }] as const,
    ["showCredentials", { officerId, certificate: true, uniform: false }] as const,
    ["reportSafe", { officerId }] as const,
  ]),
];
/** Good will: a step of those that lead on from where it stands, taken by the right person. */
function goodStep(state: OperationState, n: number): Step {
  if (state === "PAUSED") return ["jiangan.judge", "resume"];
  if (state === "SUBMITTED" && n % 4 === 0) return ["jiangan.director", "reject", { reason: TEXT }];
  const steps = WAY[WAY.findIndex(([name]) => name === state) + 1]?.[1] ?? [];
  return steps[n % steps.length] ?? ["jiangan.judge", "arrive"];
}
const PLANS = [PLAN, { ...SEARCH, placeCourtId: "hanyang" }, { ...PLAN, risk: "HIGH" }] as const;

/** From the table of model 4.2, by hand. PAUSED goes back to where it came from, ABORTED is from anywhere. */
const TABLE: readonly string[] = [
  "DRAFT>SUBMITTED",
  "REJECTED>SUBMITTED",
  "SUBMITTED>APPROVED",
  "SUBMITTED>REJECTED",
  "APPROVED>MUSTERING",
  "MUSTERING>EN_ROUTE",
  "MUSTERING>ON_SCENE",
  "EN_ROUTE>ON_SCENE",
  "ON_SCENE>EXECUTING",
  "EXECUTING>CLOSING",
  "CLOSING>CLOSED",
  "EN_ROUTE>PAUSED",
  "ON_SCENE>PAUSED",
  "EXECUTING>PAUSED",
];

type Told = ReturnType<typeof operationStory>;
const holds = (o: Told, by: string, ...wanted: readonly string[]) =>
  rolesOf(o.story.the("officer", by)).some((role) => wanted.includes(role));
const everyOf = (operation: Operation, ids: readonly string[]) =>
  teamOf(operation).every((id) => ids.includes(id));
/** Commanded live, said anew: by kind and risk of the plans above. */
const isLive = ({ kind, plan }: Operation) => kind === "SEARCH" || plan?.risk === "HIGH";

/** What must be true of whoever took the step, and of the record before it. */
const PROOF: Readonly<Record<string, (o: Told, before: Operation, by: string) => boolean>> = {
  SUBMITTED: (_o, { plan }, by) => plan?.authors.includes(by) === true,
  APPROVED: (o, { plan, kind }, by) =>
    !plan?.authors.includes(by) &&
    (kind === "SEARCH" ? holds(o, by, "PRESIDENT") : holds(o, by, "DIRECTOR", "PRESIDENT")),
  REJECTED: (_o, { plan }, by) => !plan?.authors.includes(by),
  MUSTERING: (_o, before, by) => by === before.sceneCommanderId && before.approvedBy !== undefined,
  EN_ROUTE: (_o, before, by) => departs(before, by),
  EXECUTING: (_o, before, by) =>
    before.chiefCommanderId !== before.sceneCommanderId &&
    before.departureOrdered !== undefined &&
    before.milestones.ON_SCENE !== undefined &&
    everyOf(
      before,
      before.facts.shown.filter((each) => each.uniform).map((each) => each.officerId),
    ) &&
    (isLive(before) ? by === before.chiefCommanderId : commands(before, by)),
  CLOSING: (_o, before, by) => by === before.sceneCommanderId,
  CLOSED: (o, before, by) =>
    holds(o, by, "DIRECTOR") && notBack(before).length === 0 && before.facts.evidence !== undefined,
};

const commands = (operation: Operation, by: string) =>
  [operation.chiefCommanderId, operation.sceneCommanderId].includes(by);

function departs(before: Operation, by: string): boolean {
  const ready = before.facts.muster.filter((each) => each.presence === "PRESENT" && each.uniform);
  const checked = everyOf(
    before,
    ready.map((each) => each.officerId),
  );
  return checked && (isLive(before) ? by === before.chiefCommanderId : commands(before, by));
}

const isOrder = (events: readonly DomainEvent[], type: string) =>
  events.some((event) => event.type === type);

function judge(o: Told, before: Operation, by: string, events: readonly DomainEvent[]): void {
  const after = o.record();
  if (after.state === before.state) return;
  const step = `${before.state}>${after.state}`;
  if (after.state === "ABORTED") return;
  if (before.state === "PAUSED") {
    expect(after.state).toBe(before.pausedFrom);
    return;
  }
  if (after.state === "PAUSED" && isOrder(events, "OperationPauseConfirmed")) return;
  expect(TABLE).toContain(step);
  const ordered = before.state === "MUSTERING" && after.state === "ON_SCENE";
  const proof = PROOF[ordered ? "EN_ROUTE" : after.state];
  if (proof) expect(proof(o, before, by), `${step} by ${by}`).toBe(true);
  if (after.state === "EXECUTING") expect(after.started?.by).toBe(by);
}

type Move = { readonly n: number } | { readonly by: string; readonly what: (typeof NOISE)[number] };
type OrderKind = "order.pause" | "order.liftPause";

const move: fc.Arbitrary<Move | OrderKind> = fc.oneof(
  { weight: 100, arbitrary: fc.record({ n: fc.nat(20) }) },
  {
    weight: 40,
    arbitrary: fc.record({ by: fc.constantFrom(...PEOPLE), what: fc.constantFrom(...NOISE) }),
  },
  { weight: 5, arbitrary: fc.constant<OrderKind>("order.pause") },
  { weight: 20, arbitrary: fc.constant<OrderKind>("order.liftPause") },
  { weight: 1, arbitrary: fc.constant<Move>({ by: "jiangan.chief", what: ["abort", aside] }) },
);

function ordered(o: Told, kind: OrderKind, id: string): void {
  const { state } = o.record();
  const payload = { toCourtId: "jiangan", operationId: "op1", urgency: "P1", body: TEXT };
  o.story.when({ by: "wuhan.duty", kind, ref: { type: "order", id }, payload });
  expect(o.record().state).toBe(state);
}

function taken(o: Told, each: Move): void {
  const before = o.record();
  const [by, verb, payload]: Step =
    "n" in each ? goodStep(before.state, each.n) : [each.by, ...each.what];
  const done = o.story.when(o.when(by, verb, payload));
  if (!done.ok) return;
  expect(by).not.toBe("system");
  judge(o, before, by, done.events);
  expectNoSidewaysCommand(by, verb, before);
}

describe("anybody does anything, mostly at the wrong moment", () => {
  it("OPS-18 no state is reached without its guard, and all states are reached", () => {
    const visited = new Map<OperationState, number>();
    const walk = fc.array(move, { minLength: 60, maxLength: 160, size: "max" });
    fc.assert(
      fc.property(fc.constantFrom(...PLANS), walk, (plan, path) => {
        const o = operationStory([VICE]);
        o.did(VICE.id, "draft", plan);
        o.did("jiangan.judge", "revise", plan);
        for (const [n, each] of path.entries()) {
          o.story.pass(1_000);
          if (typeof each === "string") ordered(o, each, `o${n}`);
          else taken(o, each);
          const { state } = o.record();
          visited.set(state, (visited.get(state) ?? 0) + 1);
        }
      }),
      { numRuns: 400, seed: 20261123 },
    );
    expect([...visited.keys()].sort()).toEqual([
      "ABORTED",
      "APPROVED",
      "CLOSED",
      "CLOSING",
      "DRAFT",
      "EN_ROUTE",
      "EXECUTING",
      "MUSTERING",
      "ON_SCENE",
      "PAUSED",
      "REJECTED",
      "SUBMITTED",
    ]);
    for (const times of visited.values()) expect(times).toBeGreaterThan(100);
  }, 120_000);
});

/** Another court signs for what it was told, and only the court that was told. */
function expectNoSidewaysCommand(by: string, verb: string, operation: Operation): void {
  if (by.startsWith("jiangan.")) return;
  const court = by.split(".")[0];
  const told =
    (verb === "hostAcknowledge" && court === operation.hostCourtId) ||
    (verb === "acknowledgeFiling" && court === operation.filing?.courtId);
  expect(told, `${verb} by ${by}`).toBe(true);
}
