import { relationOf } from "../authority/relation.ts";
import { type Refusal, refusal } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import type { OrderContent } from "./events.ts";
import { deferralEnd } from "./limits.ts";
import type { OrderKind } from "./state.ts";

interface Addressed {
  readonly recipients: readonly string[];
  readonly issuerCourtId: string;
  readonly state: StateReader;
  readonly now: number;
}

/**
 * An order about an operation goes to the court whose operation it is, and to no other; one that
 * assigns its case elsewhere goes to that court too, and one that sends forces names it as theirs.
 */
export function operationRefusal(
  kind: OrderKind,
  { operationId, forCourtId }: OrderContent,
  recipients: readonly string[],
  state: StateReader,
): Refusal | undefined {
  if (operationId === undefined) return undefined;
  const operation = state.get("operation", operationId);
  if (!operation) return refusal("NO_SUCH_OPERATION", { ruleId: "ORD-2" });
  const { courtId } = operation;
  const fits =
    kind === "RESOURCE"
      ? forCourtId === courtId
      : recipients.includes(courtId) && (recipients.length === 1 || kind === "REASSIGN");
  return fits ? undefined : refusal("ORDER_TO_ANOTHER_COURT", { ruleId: "ORD-2" });
}

type Demand = (content: OrderContent, addressed: Addressed) => Refusal | undefined;

/** What a kind demands beyond the fields that its schema requires. */
const DEMANDS: Readonly<Partial<Record<OrderKind, Demand>>> = {
  DEFERRAL: ({ deferUntil = 0, caseNo, operationId }, { now }) => {
    if (deferUntil <= now) return refusal("DUE_IN_THE_PAST", { ruleId: "ORD-7" });
    if (deferUntil > deferralEnd(now)) return refusal("DEFERRAL_TOO_LONG", { ruleId: "I4" });
    return caseNo === undefined && operationId === undefined
      ? refusal("DEFERRAL_NAMES_NOTHING", { ruleId: "ORD-14" })
      : undefined;
  },
  REASSIGN: ({ assignedCourtId = "" }, { recipients }) =>
    recipients.includes(assignedCourtId)
      ? undefined
      : refusal("ASSIGNED_COURT_NOT_ADDRESSED", { ruleId: "ORD-15" }),
  RESOURCE: ({ forCourtId = "" }, { recipients, issuerCourtId, state }) => {
    const relation = relationOf(issuerCourtId, { courtId: forCourtId }, state);
    const inDistrict = relation === "own" || relation === "down";
    return inDistrict && !recipients.includes(forCourtId)
      ? undefined
      : refusal("FORCES_OUT_OF_DISTRICT", { ruleId: "ORD-16" });
  },
};

export const contentRefusal = (
  kind: OrderKind,
  content: OrderContent,
  addressed: Addressed,
): Refusal | undefined => DEMANDS[kind]?.(content, addressed);
