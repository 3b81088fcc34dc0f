import fc from "fast-check";
import { isReconsidered, openRecipients } from "../../../shared/domain/order/receipt.ts";
import { issueOrder, onOrder, textOf } from "./orders.ts";
import type { Story, When } from "./story.ts";

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
export const MINUTE_MS = 60_000;
export const courtOf = (officerId: string): string => officerId.split(".")[0] ?? "";
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

const forcesOf = (s: Story, id: string, court: string) =>
  s.state.get("order", id)?.kind === "RESOURCE" ? { officerIds: [`${court}.judge`] } : {};

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
      feedback: { text: own, ...forcesOf(s, id, court) },
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

export type Move = ((s: Story) => When) | number;
/** A command, or minutes that pass with every clock raised at its time. */
export const move: fc.Arbitrary<Move> = fc.oneof(
  { arbitrary: issuing, weight: 2 },
  { arbitrary: acting, weight: 9 },
  { arbitrary: replacing, weight: 1 },
  { arbitrary: reporting, weight: 2 },
  { arbitrary: fc.constantFrom(1, 11, 90, 2_000), weight: 1 },
);
