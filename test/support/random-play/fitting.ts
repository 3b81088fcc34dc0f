import type { AnyRecord } from "../../../shared/domain/kernel/state.ts";
import { commandEntry } from "../../../shared/domain/modules.ts";
import { isReconsidered, receiptOf } from "../../../shared/domain/order/receipt.ts";
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

/** Could this line ever be taken from this record? Its guard may still ask for something first. */
export function canMean(
  { action, from, to }: Rule,
  record: AnyRecord,
  key: string,
  now: number,
): boolean {
  if (action === "supervision.interview")
    return record.type === "supervision" && record.kind === "INTERVIEW";
  if (action === "supervision.find")
    return record.type === "supervision" && record.kind === "DUAL_CHECK";
  if (record.type === "order" && action.endsWith("Reconsideration")) {
    return isOpenToAsking(record, key, action, now);
  }
  if (record.type === "rollcall" && from === "FAULT" && to === "PRESENT") {
    return (record.clocks.answer?.dueAt ?? 0) > now;
  }
  return true;
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
  if (record?.type === "checkin" && rule.to === "ENDED") {
    const operation = state.get("operation", record.operationId);
    return operation && { rule: before("operation.abort"), record: operation };
  }
  return undefined;
}
