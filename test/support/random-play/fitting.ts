import { isKnownSafe } from "../../../shared/domain/checkin/on-scene.ts";
import { heldSince } from "../../../shared/domain/detention/milestones.ts";
import { holderOf } from "../../../shared/domain/hold/holder.ts";
import { liveAssist } from "../../../shared/domain/incident/assist.ts";
import type { AnyRecord } from "../../../shared/domain/kernel/state.ts";
import { commandEntry } from "../../../shared/domain/modules.ts";
import { isEnded, isUnderWay } from "../../../shared/domain/operation/steps.ts";
import { isOut, isReconsidered, receiptOf } from "../../../shared/domain/order/receipt.ts";
import type { Order } from "../../../shared/domain/order/state.ts";
import type { Rule } from "./machines.ts";
import type { PlayStory } from "./play-story.ts";

/** Asked once and in time; answered when it was asked. */
function isOpenToAsking(order: Order, key: string, action: string, now: number): boolean {
  const receipt = receiptOf(order, key);
  if (!receipt) return false;
  const { reconsideration, reconsiderUntil } = receipt;
  const asked =
    reconsideration === undefined && (reconsiderUntil === undefined || now < reconsiderUntil);
  return action === "order.askReconsideration" ? asked : asked || isReconsidered(receipt);
}

type Meant = (record: AnyRecord, rule: Rule, story: PlayStory) => boolean;

/** From above only what has something above it; a pause that stands is neither ordered nor confirmed again. */
const fromAbove: Meant = (record, { action }) => {
  if (record.type !== "operation") return true;
  if (record.tierPath.length === 1) return false;
  const { pauseOrder } = record;
  if (action === "order.pause") return pauseOrder === undefined;
  return action !== "operation.confirmPause" || pauseOrder?.confirmed === undefined;
};

const ofKind =
  (kind: string): Meant =>
  (record) =>
    record.type === "supervision" && record.kind === kind;

/** Only where some court stands above its own. */
const hasAbove: Meant = ({ tierPath }) => tierPath.length > 1;
/** Only a seat of the court's figures is shown one operation after the other, while there is one. */
const hasMoreToShow: Meant = (record, _rule, { state }) =>
  record.type === "observer" &&
  record.scope === "COURT" &&
  [...state.all("operation")].some(
    (operation) =>
      operation.tierPath.includes(record.courtId) &&
      isUnderWay(operation) &&
      !record.released.includes(operation.id),
  );
/** Held by a court that has another one above it. */
const heldBelow: Meant = (record, _rule, { state }) =>
  (record.type === "incident" || record.type === "police") &&
  (state.get("court", holderOf(record, state).courtId)?.tierPath.length ?? 0) > 1;
const toUnit: Meant = (record) => record.type === "police" && record.unitId !== undefined;

/** Only forces that are out are ordered home. */
const isOutThere = (record: AnyRecord, key: string): boolean => {
  const receipt = record.type === "order" ? receiptOf(record, key) : undefined;
  return receipt !== undefined && isOut(receipt);
};

const MEANT: Readonly<Record<string, Meant>> = {
  // Its minutes are written once.
  "supervision.interview": (record) =>
    record.type === "supervision" && record.kind === "INTERVIEW" && record.interview === undefined,
  "supervision.find": ofKind("DUAL_CHECK"),
  "operation.confirmPause": fromAbove,
  "operation.takeCommand": (record, rule, story) =>
    record.type === "operation" && isUnderWay(record) && hasAbove(record, rule, story),
  "operation.handBackCommand": (record, { from }) =>
    record.type === "operation" &&
    (record.commandFromAbove !== undefined || (from !== "CLOSING" && isUnderWay(record))),
  "observer.release": hasMoreToShow,
  "order.pause": fromAbove,
  "order.liftPause": fromAbove,
  "order.abort": fromAbove,
  "detention.approveRetro": (record) =>
    record.type === "detention" && record.emergency && record.times.approvedAt === undefined,
  "detention.approve": (record, { to }) =>
    record.type === "detention" &&
    !record.emergency &&
    (to === "CONTROLLED") === (record.convertedFrom !== undefined),
  "detention.revoke": (record, rule, story) =>
    hasAbove(record, rule, story) &&
    record.type === "detention" &&
    (record.state !== "PROPOSED" || record.emergency),
  "detention.convert": (record) =>
    record.type === "detention" && heldSince(record.times) !== undefined,
  "incident.take": heldBelow,
  "incident.setDeadline": heldBelow,
  "police.take": heldBelow,
  "police.setDeadline": heldBelow,
  "incident.declineAssist": (record) => {
    const assist = record.type === "incident" ? liveAssist(record) : undefined;
    return assist === undefined || (assist.state === "NAMED" && assist.asked === "REQUESTED");
  },
  "police.respond": toUnit,
  "police.decline": toUnit,
  "police.finish": toUnit,
  "police.release": toUnit,
  "police.takeIn": (record) =>
    record.type === "police" && record.kind === "CUSTODY_INTAKE" && record.unitId !== undefined,
  "detention.extend": (record, _rule, { now }) =>
    record.type === "detention" && !record.extended24h && (record.clocks.inquiry?.dueAt ?? 0) > now,
  "rollcall.answer": (record, { from, to }, { now }) =>
    record.type !== "rollcall" ||
    from !== "FAULT" ||
    (to === "PRESENT") === (record.clocks.answer?.dueAt ?? 0) > now,
};

/** Could this line ever be taken from this record? Its guard may still ask for something first. */
export function canMean(rule: Rule, record: AnyRecord, key: string, story: PlayStory): boolean {
  if (record.type === "order" && rule.action.endsWith("Reconsideration")) {
    return isOpenToAsking(record, key, rule.action, story.now);
  }
  if (rule.action === "order.recall") return isOutThere(record, key);
  return MEANT[rule.action]?.(record, rule, story) ?? true;
}

/** Does its own guard let it through as it is? */
export function isLetThrough(rule: Rule, record: AnyRecord, { state }: PlayStory): boolean {
  const entry = commandEntry(rule.action);
  return entry?.type !== record.type || !entry.spec.guard?.(record as never, state);
}

/** What has to happen before, so that the step leads there. */
export function preludeOf(
  rule: Rule,
  record: AnyRecord | undefined,
  { state }: PlayStory,
): { readonly rule: Rule; readonly record: AnyRecord } | undefined {
  const before = (action: string) => ({ machine: "", from: "", to: "", action, key: "" });
  if (
    record?.type === "operation" &&
    rule.action === "operation.orderDeparture" &&
    rule.to === "ON_SCENE"
  ) {
    return { rule: before("operation.arrive"), record };
  }
  // Some are closed while a court above commands them.
  if (record?.type === "operation" && rule.action === "operation.beginClosing" && record.rev % 3) {
    return { rule: before("operation.takeCommand"), record };
  }
  if (record?.type === "checkin" && rule.to === "ENDED") {
    const operation = state.get("operation", record.operationId);
    if (!operation) return undefined;
    // Nobody's waiting ends but of whoever is back, or was taken off the clock.
    const waits = record.state === "RUNNING" && !isKnownSafe(record, state);
    const action = isEnded(operation) && waits ? "operation.reportSafe" : "operation.abort";
    return { rule: before(action), record: operation };
  }
  return undefined;
}
