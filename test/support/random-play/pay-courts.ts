import { papersLapsed } from "../../../shared/domain/delegation/turn.ts";
import { isEnded } from "../../../shared/domain/operation/steps.ts";
import { openRecipients } from "../../../shared/domain/order/receipt.ts";
import type { RectificationItem } from "../../../shared/domain/supervision/state.ts";
import {
  below,
  CASE,
  DAY,
  empty,
  given,
  HOUR,
  type Pay,
  type Payload,
  peersOf,
  post,
  reason,
  said,
  some,
  someCase,
  subject,
  text,
  the,
  type Wish,
} from "./wish.ts";

const urgencyOf = ({ dice }: Wish) => dice.of("P1", "P2", "P3");

const dueAtOf = ({ dice, now }: Wish): number | undefined =>
  dice.percent(70) ? now + dice.of(HOUR, DAY, 3 * DAY) : undefined;

/** One or two courts below; those that owe something where an order is replaced. */
function addressees(wish: Wish): Payload | undefined {
  const { actor, dice } = wish;
  const old = the(wish, "order") ?? (dice.percent(6) ? someOpenOrder(wish) : undefined);
  if (old) return { toCourtIds: openRecipients(old), supersedes: old.id };
  const first = dice.pick(below(actor.courtId));
  const second = dice.percent(35) ? dice.pick(below(actor.courtId)) : undefined;
  if (first === undefined) return undefined;
  return { toCourtIds: [...new Set([first, ...(second ? [second] : [])])] };
}

const someOpenOrder = (wish: Wish) =>
  some(
    wish,
    "order",
    (order) =>
      order.courtId === wish.actor.courtId && !order.effect && openRecipients(order).length > 0,
  );

const order =
  (more: (wish: Wish, to: readonly string[]) => Payload = () => ({})): Pay =>
  (wish) => {
    const to = addressees(wish);
    if (!to) return undefined;
    const content = { urgency: urgencyOf(wish), body: text(wish.id), dueAt: dueAtOf(wish) };
    return given({ ...content, ...to, ...more(wish, to.toCourtIds as readonly string[]) });
  };

const onOperation: Pay = (wish) => {
  const operation =
    the(wish, "operation") ??
    some(
      wish,
      "operation",
      (each) => below(wish.actor.courtId).includes(each.courtId) && !isEnded(each),
    );
  return (
    operation && {
      toCourtId: operation.courtId,
      operationId: operation.id,
      urgency: "P1",
      body: text(wish.id),
    }
  );
};

const byReceipt =
  (more: Pay = empty): Pay =>
  (wish) => ({ courtId: wish.key, ...more(wish) });

const ORDER: Readonly<Record<string, Pay>> = {
  "order.task": order(),
  "order.command": order(),
  "order.correct": order(),
  "order.defer": order((wish) => ({ deferUntil: wish.now + DAY, caseNo: someCase(wish) })),
  "order.reassign": order((_wish, to) => ({ caseNo: CASE, assignedCourtId: to[0] })),
  "order.resource": order(({ dice, actor }, to) => ({
    forCourtId: dice.pick(
      [actor.courtId, ...below(actor.courtId)].filter((each) => !to.includes(each)),
    ),
  })),
  "order.pause": onOperation,
  "order.liftPause": onOperation,
  "order.abort": onOperation,
  "order.deliver": empty,
  "order.sign": empty,
  "order.progress": empty,
  "order.accept": byReceipt(),
  "order.return": byReceipt(said),
  "order.askReconsideration": reason,
  "order.answerReconsideration": byReceipt((wish) => ({
    outcome: wish.to === "REVOKED" ? "REVOKED" : wish.dice.of("UPHELD", "CHANGED"),
    text: text(wish.id),
  })),
  "order.revoke": (wish) =>
    wish.dice.percent(50)
      ? { courtId: wish.key, reason: text(wish.id) }
      : { reason: text(wish.id) },
};

const submitReport: Pay = (wish) => {
  const mine = some(wish, "incident", ({ courtId }) => courtId === wish.actor.courtId);
  const kinds = ["SITUATION", "RESULT", "REQUEST_SUPPORT", ...(mine ? ["INCIDENT"] : [])];
  const kind = wish.dice.pick(kinds);
  return given({
    kind,
    text: text(wish.id),
    caseNo: CASE,
    incidentId: kind === "INCIDENT" ? mine?.id : undefined,
  });
};

const sendMessage: Pay = (wish) => {
  const { dice, actor } = wish;
  const toCourtId = dice.percent(50) ? dice.pick([...below(actor.courtId), "high"]) : undefined;
  const to = toCourtId ? { toCourtId } : { toOfficerId: post(actor.courtId, "judicial-police") };
  return { ...to, text: text(wish.id) };
};

const TALK: Readonly<Record<string, Pay>> = {
  "report.submit": submitReport,
  "report.read": empty,
  "report.handle": said,
  "message.send": sendMessage,
  "message.deliver": empty,
  "message.read": empty,
  "interference.record": (wish) => ({
    caseNo: CASE,
    approacher: "OFFICIAL",
    who: text(`${wish.id}-who`),
    approachedBy: "PHONE",
    approachedAt: wish.now - HOUR,
    asked: text(`${wish.id}-asked`),
  }),
};

const delegated = (wish: Wish): Payload =>
  given({
    itemType: wish.dice.of("FREEZE_DEPOSIT", "SERVE_PAPERS", "CONTROL_DETAINED"),
    caseNo: CASE,
    subject: subject(wish),
    docs: [{ name: "执行裁定书", no: "裁1号" }],
    decisionNo: "决1号",
    request: text(wish.id),
    address: text(`${wish.id}-address`),
    urgent: false,
  });

const giveBack: Pay = (wish) => {
  const record = the(wish, "delegation");
  const lapsed = record !== undefined && papersLapsed(record);
  const code = lapsed ? "PAPERS_NOT_COMPLETED" : wish.dice.of("NOT_OUR_DISTRICT", "LAW_FORBIDS");
  return { code, text: text(wish.id) };
};

const DELEGATION: Readonly<Record<string, Pay>> = {
  "delegation.draft": (wish) => {
    const toCourtId = wish.dice.pick(peersOf(wish.actor.courtId));
    return toCourtId === undefined ? undefined : { ...delegated(wish), toCourtId };
  },
  "delegation.revise": delegated,
  "delegation.submit": empty,
  "delegation.sendBack": said,
  "delegation.send": empty,
  "delegation.accept": empty,
  "delegation.askPapers": said,
  "delegation.completePapers": () => ({ docs: [{ name: "送达回证", no: "证1号" }] }),
  "delegation.return": giveBack,
  "delegation.assign": (wish) => ({
    assigneeId: post(the(wish, "delegation")?.toCourtId ?? "", wish.dice.of("judge", "executor")),
  }),
  "delegation.start": empty,
  "delegation.progress": said,
  "delegation.feedback": said,
  "delegation.confirm": empty,
  "delegation.redo": said,
  "delegation.withdraw": reason,
  "delegation.direct": (wish) => ({
    directive:
      the(wish, "delegation")?.state === "RETURNED" && wish.to !== "RETURNED"
        ? "OVERRULE_RETURN"
        : "HASTEN",
    text: text(wish.id),
  }),
};

const MORE_OFTEN = [
  "INTERVIEW",
  "INTERVIEW",
  "INTERVIEW",
  "DUAL_CHECK",
  "DUAL_CHECK",
  "DUAL_CHECK",
] as const;

const openSupervision: Pay = (wish) => {
  const { dice, actor } = wish;
  const forwarded = dice.percent(20)
    ? some(wish, "supervision", (each) => each.targetCourtId === actor.courtId)
    : undefined;
  return given({
    targetCourtId: dice.pick(below(actor.courtId)),
    kind: dice.of("CASE", "LISTED", "BULLETIN", ...MORE_OFTEN),
    trigger: "INACTION",
    caseNo: CASE,
    matter: text(wish.id),
    forwardOf: forwarded?.id,
  });
};

const term: Pay = ({ id, now, dice }) => ({ text: text(id), dueAt: now + dice.of(HOUR, DAY) });

/** An entry of the list that fits, or an open one, or one that there is not. */
function itemOf(wish: Wish, fits: (item: RectificationItem) => boolean): Payload {
  const items = the(wish, "supervision")?.items ?? [];
  const item = items.find(fits) ?? items.find(openItem);
  return { itemId: item?.itemId ?? "none" };
}
const openItem = ({ closed }: RectificationItem): boolean => !closed;
const bareItem = ({ closed, evidence }: RectificationItem): boolean => !(closed || evidence);
const shownItem = ({ closed, evidence }: RectificationItem): boolean =>
  !closed && evidence !== undefined;

const withItem =
  (fits: (item: RectificationItem) => boolean, more: Pay = empty): Pay =>
  (wish) => ({ ...itemOf(wish, fits), ...more(wish) });

const measure: Pay = (wish) => {
  const record = the(wish, "supervision");
  const known = ["FILE_CALLED", "REASSIGNED", "TAKEN_UP", "BULLETINED"];
  const kind = known.includes(wish.to) ? wish.to : wish.dice.pick(known);
  const others = below(record?.courtId ?? "").filter((each) => each !== record?.targetCourtId);
  return given({
    measure: kind,
    text: text(wish.id),
    toCourtId: kind === "REASSIGNED" ? wish.dice.pick(others) : undefined,
  });
};

const aboveOf = (wish: Wish) =>
  wish.state.get("supervision", the(wish, "supervision")?.forwardOf ?? "");

const sendLetter: Pay = (wish) => {
  const dueAt = Math.min(wish.now + DAY, aboveOf(wish)?.dueAt ?? Number.POSITIVE_INFINITY);
  return { letterNo: "函1号", demand: text(wish.id), dueAt };
};

/** Within the term from above while that runs (SUP-11). */
const newTerm: Pay = (wish) => {
  const { text: said, dueAt } = term(wish) as { text: unknown; dueAt: number };
  const limit = aboveOf(wish)?.dueAt ?? 0;
  return { text: said, dueAt: limit > wish.now ? Math.min(dueAt, limit) : dueAt };
};

const ofTarget = (wish: Wish, role: string): string =>
  post(the(wish, "supervision")?.targetCourtId ?? "", role);

const SUPERVISION: Readonly<Record<string, Pay>> = {
  "supervision.open": openSupervision,
  "supervision.sendLetter": sendLetter,
  "supervision.assign": (wish) => ({
    assigneeId: ofTarget(wish, wish.dice.of("judge", "executor")),
  }),
  "supervision.start": empty,
  "supervision.report": said,
  "supervision.return": newTerm,
  "supervision.urge": newTerm,
  "supervision.measure": measure,
  "supervision.interview": (wish) => ({
    heldAt: wish.now,
    attendeeIds: [ofTarget(wish, "president")],
    minutes: text(wish.id),
  }),
  "supervision.find": (wish) => {
    const found = the(wish, "supervision")?.findings.some(({ check }) => check === "CASE");
    return { check: found ? "CONDUCT" : "CASE", text: text(wish.id) };
  },
  "supervision.addItem": (wish) => ({
    itemId: `item-${wish.id}`,
    ownerId: ofTarget(wish, "director"),
    dueAt: wish.now + DAY,
    what: text(wish.id),
  }),
  "supervision.showEvidence": withItem(bareItem, ({ id }) => ({ evidence: text(id) })),
  "supervision.returnItem": withItem(shownItem, term),
  "supervision.closeItem": withItem(shownItem),
  "supervision.close": said,
};

export const PAY_COURTS: Readonly<Record<string, Pay>> = {
  ...ORDER,
  ...TALK,
  ...DELEGATION,
  ...SUPERVISION,
};
