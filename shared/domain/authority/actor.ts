import type { StateReader } from "../kernel/state.ts";
import type { Role } from "./roles.ts";

/** Who acts: a person in a court, or in a linked unit, with the roles that count for this command, or the server. */
export type Actor =
  | {
      readonly kind: "person";
      readonly officerId: string;
      readonly courtId: string;
      /** A person of this linked unit: stands to no record as the court does that registered it. */
      readonly unitId?: string;
      readonly roles: readonly Role[];
    }
  | { readonly kind: "system" };

export const SYSTEM: Actor = { kind: "system" };
export const SYSTEM_ID = "system";

export const actorId = (actor: Actor): string =>
  actor.kind === "person" ? actor.officerId : SYSTEM_ID;

/**
 * The actor for an officer now, or as of commit `seq` for a report of fact: grants keep their
 * beginning and end, so a report made under a grant that has ended since is still authorised.
 */
export function actorOf(
  state: StateReader,
  officerId: string,
  asOfSeq?: number,
): Actor | undefined {
  const officer = state.get("officer", officerId);
  if (!officer) return undefined;
  const roles: Role[] = [];
  for (const { fromSeq, toSeq, role } of officer.grants) {
    const heldThen = asOfSeq !== undefined && toSeq !== undefined && fromSeq <= asOfSeq;
    if (toSeq === undefined || (heldThen && asOfSeq < toSeq)) roles.push(role);
  }
  const { courtId, unitId } = officer;
  return unitId
    ? { kind: "person", officerId, courtId, unitId, roles }
    : { kind: "person", officerId, courtId, roles };
}
