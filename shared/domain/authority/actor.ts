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
  const roles = officer.grants
    .filter((g) =>
      asOfSeq === undefined
        ? g.toSeq === undefined
        : g.toSeq === undefined || (g.fromSeq <= asOfSeq && asOfSeq < g.toSeq),
    )
    .map((g) => g.role);
  const { courtId, unitId } = officer;
  return { kind: "person", officerId, courtId, ...(unitId ? { unitId } : {}), roles };
}
