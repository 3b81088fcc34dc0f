import { can } from "../authority/can.ts";
import { relationOf, tierPathOf } from "../authority/relation.ts";
import { belongsTo } from "../court/belongs.ts";
import type { DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { TextRef } from "../kernel/record.ts";
import { accept, type Decision, type Refusal, refusal, refuse } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { contentRefusal, operationRefusal } from "./address.ts";
import { deferralClock, dueClock } from "./clocks.ts";
import { orderEvent } from "./events.ts";
import { openRecipients } from "./receipt.ts";
import type { Order, OrderEffect, OrderKind } from "./state.ts";

/** The addressees stand in `toCourtIds`, or a single one in `toCourtId`; never in both. */
export interface IssueOrder {
  readonly toCourtId?: string;
  readonly toCourtIds?: readonly string[];
  readonly operationId?: string;
  readonly caseNo?: string;
  readonly urgency: Order["urgency"];
  readonly body: TextRef;
  readonly dueAt?: number;
  readonly deferUntil?: number;
  readonly assignedCourtId?: string;
  readonly forCourtId?: string;
  readonly supersedes?: string;
}

type Input = DecideInput<Order, IssueOrder>;
export interface Issuer {
  readonly kind: "person";
  readonly officerId: string;
  readonly courtId: string;
  readonly roles: (Input["actor"] & { kind: "person" })["roles"];
}

/** Every addressee once, in the order given. */
export const recipientsOf = ({
  toCourtId,
  toCourtIds,
}: Pick<IssueOrder, "toCourtId" | "toCourtIds">): readonly string[] => [
  ...new Set([...(toCourtIds ?? []), ...(toCourtId === undefined ? [] : [toCourtId])]),
];

/**
 * Authority is judged by the operation's court, whatever courts the order is addressed to; forces
 * for an operation come from other courts, so for RESOURCE by the first addressee. The other
 * addressees are judged in `issueRefusal`.
 */
export const receivingCourt =
  (kind: OrderKind) =>
  (payload: IssueOrder, state: StateReader): string | undefined => {
    const operation = state.get("operation", payload.operationId ?? "");
    return kind === "RESOURCE" || !operation ? recipientsOf(payload)[0] : operation.courtId;
  };

/** Courts between issuer and recipient: an order that skips a tier is copied to them. */
function skippedCourts(fromCourtId: string, toCourtId: string, state: StateReader): string[] {
  const path = tierPathOf(state, toCourtId);
  return path.slice(path.indexOf(fromCourtId) + 1, -1);
}

/** Each addressee must be one to whom this person may give this order; none is reached sideways. */
function addresseesRefusal(
  command: string,
  { payload, state }: Input,
  issuer: Issuer,
): Refusal | undefined {
  const { toCourtId, toCourtIds } = payload;
  if ((toCourtId === undefined) === (toCourtIds === undefined)) {
    return refusal("ADDRESSEES_MISSING", { ruleId: "ORD-13" });
  }
  for (const courtId of recipientsOf(payload)) {
    if (!state.get("court", courtId)) return refusal("NO_SUCH_COURT");
    const unable = can(issuer, command, relationOf(issuer.courtId, { courtId }, state), {});
    if (unable) return unable;
  }
  return undefined;
}

/** An own order that still stands is replaced as a whole: nobody's duty ends by silence. */
function supersedeRefusal({ id, payload, state }: Input, issuer: Issuer, effect: boolean) {
  if (payload.supersedes === undefined) return undefined;
  const old = state.get("order", payload.supersedes);
  if (!old || old.id === id || old.courtId !== issuer.courtId) {
    return refusal("NO_ORDER_TO_SUPERSEDE", { ruleId: "ORD-25" });
  }
  if (effect || old.effect) return refusal("EFFECT_STANDS", { ruleId: "ORD-25" });
  const open = openRecipients(old);
  if (open.length === 0) return refusal("ORDER_DONE", { ruleId: "ORD-25" });
  const to = recipientsOf(payload);
  const left = open.filter((courtId) => !to.includes(courtId));
  return left.length === 0
    ? undefined
    : refusal("SUPERSEDE_LEAVES_OUT", {
        ruleId: "ORD-26",
        params: { courts: left.map((each) => state.get("court", each)?.name ?? each).join("、") },
      });
}

/** Why this order may not go out: addressees, times, what its kind demands, what it replaces. */
export function issueRefusal(
  command: string,
  kind: OrderKind,
  input: Input,
  issuer: Issuer,
  effect = false,
): Refusal | undefined {
  const { payload, state, now } = input;
  const recipients = recipientsOf(payload);
  return (
    addresseesRefusal(command, input, issuer) ??
    (payload.dueAt !== undefined && payload.dueAt <= now
      ? refusal("DUE_IN_THE_PAST", { ruleId: "ORD-7" })
      : undefined) ??
    operationRefusal(kind, payload, recipients, state) ??
    contentRefusal(kind, payload, { recipients, issuerCourtId: issuer.courtId, state, now }) ??
    supersedeRefusal(input, issuer, effect)
  );
}

/** A deferral rests on the case, so one that names an operation alone names its case too. */
function deferredCase(
  kind: OrderKind,
  { caseNo, operationId = "" }: IssueOrder,
  state: StateReader,
) {
  const operation = state.get("operation", operationId);
  return kind === "DEFERRAL" && caseNo === undefined && operation
    ? { caseNo: operation.caseNo }
    : {};
}

/** The order itself and, where it replaces one, the end of that one. */
export function issued(
  kind: OrderKind,
  { id, payload, state, now }: Input,
  issuer: Issuer,
  effect?: OrderEffect,
): DomainEvent[] {
  const { toCourtId: _one, toCourtIds: _several, ...content } = payload;
  const recipients = recipientsOf(payload).map((courtId) => ({
    courtId,
    copiedCourtIds: skippedCourts(issuer.courtId, courtId, state),
  }));
  const order = orderEvent(id, "OrderIssued", {
    ...content,
    ...deferredCase(kind, payload, state),
    belongs: belongsTo(state, issuer.courtId),
    kind,
    ...(effect ? { effect } : {}),
    issuedBy: issuer.officerId,
    recipients,
    clocks: [
      ...recipients.flatMap(({ courtId }) =>
        dueClock(courtId, payload.urgency, now, payload.dueAt),
      ),
      ...deferralClock(now, payload.deferUntil),
    ],
  });
  return payload.supersedes === undefined
    ? [order]
    : [order, orderEvent(payload.supersedes, "OrderSuperseded", { byOrderId: id })];
}

/** An order without an effect of its own: what it asks is done by the recipients. */
export const issueOrder =
  (command: string, kind: OrderKind) =>
  (input: Input): Decision<DomainEvent> => {
    const { actor } = input;
    if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
    const wrong = issueRefusal(command, kind, input, actor);
    if (wrong) return { ok: false, refusal: wrong };
    return accept(...issued(kind, input, actor));
  };
