import { CENTER_ROLES, FIELD_ROLES } from "../authority/roles.ts";
import type { Ref } from "../kernel/ref.ts";
import { type Refusal, refusal } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { isEnded } from "../operation/steps.ts";
import { isOfCourt } from "./of-court.ts";
import { rolesOf } from "./roles-of.ts";
import type { Officer } from "./state.ts";

/**
 * 调警: the court that this officer's force was ordered to and has not come home from. Forces that
 * were ordered for one operation are home when that has ended, whoever writes it down later.
 */
export function lentTo({ lent }: Officer, state: StateReader): string | undefined {
  if (!lent) return undefined;
  const operation = state.get("operation", lent.operationId ?? "");
  return operation && isEnded(operation) ? undefined : lent.courtId;
}

/** The court whose forces he counts among now. */
export const servesAt = (officer: Officer, state: StateReader): string =>
  lentTo(officer, state) ?? officer.courtId;

export function isLentTo(state: StateReader, officerId: string, courtId: string): boolean {
  const officer = state.get("officer", officerId);
  return officer !== undefined && lentTo(officer, state) === courtId;
}

/** His own court's people who are there, and those lent to it. */
export const isForceOf = (state: StateReader, officerId: string, courtId: string): boolean =>
  isLentTo(state, officerId, courtId) ||
  (isOfCourt(state, officerId, courtId) && lentElsewhere(state, officerId) === undefined);

export function lentElsewhere(state: StateReader, officerId: string): string | undefined {
  const officer = state.get("officer", officerId);
  return officer && lentTo(officer, state);
}

/**
 * Who may be sent: the court's own people who work in the field and are at home. Nobody who sits in
 * a command centre is lent, so that no desk is emptied by an order and no command goes along.
 */
export function lendingRefusal(
  officerIds: readonly string[],
  courtId: string,
  state: StateReader,
): Refusal | undefined {
  for (const id of officerIds) {
    const officer = state.get("officer", id);
    if (!officer || !isOfCourt(state, id, courtId)) {
      return refusal("FORCES_NOT_OWN", { ruleId: "ORD-30" });
    }
    const roles = rolesOf(officer);
    const inField = roles.some((role) => FIELD_ROLES.includes(role));
    if (!inField || roles.some((role) => CENTER_ROLES.includes(role)) || officer.disabled) {
      return refusal("FORCES_FROM_THE_FIELD", { ruleId: "ORD-30", params: { name: officer.name } });
    }
    if (lentTo(officer, state) !== undefined) {
      return refusal("FORCES_LENT_ALREADY", { ruleId: "ORD-31", params: { name: officer.name } });
    }
  }
  return undefined;
}

/** Records that say of him whether he acts in them as the borrowing court's own: with his return they change. */
export function actsLentIn(officerId: string, state: StateReader): readonly Ref[] {
  const operations = [`named:${officerId}`, `officer:${officerId}`].flatMap((link) =>
    state.linked("operation", link),
  );
  const detentions = [
    ...state.linked("detention", `officer:${officerId}`),
    ...operations.flatMap(({ id }) => state.linked("detention", `operation:${id}`)),
  ];
  return [
    ...operations.map(({ id }): Ref => ({ type: "operation", id })),
    ...detentions.map(({ id }): Ref => ({ type: "detention", id })),
  ];
}

/** Those of a roster who came from another court: in this record they act as its own people. */
export function lentMembers(
  officerIds: readonly string[],
  courtId: string,
  state: StateReader,
): { readonly lentMember?: readonly string[] } {
  const lentMember = officerIds.filter((id) => isLentTo(state, id, courtId));
  return lentMember.length === 0 ? {} : { lentMember };
}
