import { type Audience, courtOfAudience, seatOf } from "../authority/audience.ts";
import { clockDtos } from "../kernel/clock.ts";
import type { StateReader } from "../kernel/state.ts";
import { shortNameOf } from "../officer/short-name.ts";
import { answerClockOf, DEFERRAL_CLOCK, dueClockOf } from "./clocks.ts";
import { furthestBehind, orderState } from "./receipt.ts";
import type { Order, OrderState, Receipt, ReceiptStep, Reconsideration } from "./state.ts";

/** Receipts that this audience may see: a recipient its own, whoever has a copy those copied to it. */
export function visibleReceipts(order: Order, audience: Audience): readonly Receipt[] {
  const courtId = courtOfAudience(audience, order);
  const all = order.receipts.length === 1 || courtId === undefined || !isNarrowed(order, courtId);
  return all
    ? order.receipts
    : order.receipts.filter(
        (receipt) => receipt.courtId === courtId || receipt.copiedCourtIds.includes(courtId),
      );
}

/** The issuing court and those above it see all. */
const isNarrowed = (order: Order, courtId: string): boolean => !order.tierPath.includes(courtId);

/** A recipient is told how it stands itself: what was accepted there is not undone for the others. */
function stateFor(order: Order, receipts: readonly Receipt[], audience: Audience): OrderState {
  const whole = orderState(order);
  const courtId = courtOfAudience(audience, order);
  const own = receipts.filter((receipt) => receipt.courtId === courtId);
  if (own.length > 0 && own.every(isAccepted)) return "ACCEPTED";
  if (whole === "REVOKED" || whole === "SUPERSEDED") return whole;
  if (own.length > 0 && own.every((receipt) => receipt.revoked)) return "REVOKED";
  return furthestBehind(own.length > 0 ? own : receipts);
}

const isAccepted = ({ state, revoked }: Receipt): boolean =>
  state === "ACCEPTED" && revoked === undefined;

/** Consoles of issuer, recipient and copied court in full; walls without text, persons and case. */
export function projectOrder(order: Order, state: StateReader, audience: Audience) {
  const visible = visibleReceipts(order, audience);
  const outline = outlineOf(order, visible, audience);
  if (seatOf(audience) === "wall") {
    return {
      ...outline,
      ...(order.revoked ? { revoked: { at: order.revoked.at } } : {}),
      receipts: visible.map(receiptOutline),
    };
  }
  const issuer = shortNameOf(state, order.issuedBy);
  return {
    ...outline,
    receipts: visible.map((receipt) => receiptInFull(receipt, state)),
    body: order.body,
    issuedBy: order.issuedBy,
    ...(issuer ? { issuer } : {}),
    ...(order.caseNo ? { caseNo: order.caseNo } : {}),
    ...(order.revoked ? { revoked: order.revoked } : {}),
  };
}

const outlineOf = (order: Order, visible: readonly Receipt[], audience: Audience) => ({
  courtId: order.courtId,
  kind: order.kind,
  ...given({
    effect: order.effect,
    dueAt: order.dueAt,
    operationId: order.operationId,
    deferUntil: order.deferUntil,
    assignedCourtId: order.assignedCourtId,
    forCourtId: order.forCourtId,
    supersedes: order.supersedes,
    supersededBy: order.supersededBy,
  }),
  urgency: order.urgency,
  state: stateFor(order, visible, audience),
  toCourtIds: order.receipts.map((receipt) => receipt.courtId),
  copiedCourtIds: order.copiedCourtIds,
  issuedAt: order.issuedAt,
  clocks: clockDtos(order.clocks).filter(
    ({ name }) => name === DEFERRAL_CLOCK || visible.some((receipt) => isClockOf(name, receipt)),
  ),
});

const isClockOf = (name: string, { courtId }: Receipt): boolean =>
  name === dueClockOf(courtId) || name === answerClockOf(courtId);

const given = <T extends object>(fields: T): { readonly [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;

function receiptOutline({ courtId, state, dueAt, steps, ...rest }: Receipt) {
  const { reconsideration: asked, revoked, copiedCourtIds, reconsiderUntil } = rest;
  return {
    courtId,
    state,
    steps: steps.map(({ state: to, at }) => ({ state: to, at })),
    copiedCourtIds,
    ...given({ dueAt, reconsiderUntil }),
    ...(asked
      ? {
          reconsideration: {
            at: asked.at,
            suspends: asked.suspends,
            ...(asked.answer
              ? { answer: { outcome: asked.answer.outcome, at: asked.answer.at } }
              : {}),
          },
        }
      : {}),
    ...(revoked ? { revoked: { at: revoked.at } } : {}),
  };
}

/** With surname and title of whoever acted: the registry of another court may not be in the store. */
function receiptInFull(receipt: Receipt, state: StateReader) {
  const named = <T extends { readonly by: string }>(act: T) => {
    const name = shortNameOf(state, act.by);
    return { ...act, ...(name ? { name } : {}) };
  };
  const { reconsideration: asked, revoked, steps, forces, recalled, ...rest } = receipt;
  return {
    ...rest,
    ...(forces ? { forces: forces.map((id) => forceOf(id, state)) } : {}),
    ...(recalled ? { recalled: named(recalled) } : {}),
    steps: steps.map((each: ReceiptStep) => named(each)),
    ...(asked ? { reconsideration: askedInFull(asked, named) } : {}),
    ...(revoked ? { revoked: named(revoked) } : {}),
  };
}

function askedInFull(
  { leftMs: _left, answer, ...asked }: Reconsideration,
  named: <T extends { readonly by: string }>(act: T) => T & { readonly name?: string },
) {
  return { ...named(asked), ...(answer ? { answer: named(answer) } : {}) };
}

/** By surname and title: the court that they go to has no record of them before they are sent. */
function forceOf(officerId: string, state: StateReader) {
  const name = shortNameOf(state, officerId);
  return { officerId, ...(name ? { name } : {}) };
}
