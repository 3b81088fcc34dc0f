import type { Role } from "../authority/roles.ts";
import type { Officer } from "./state.ts";

/** Roles held now: grants that have not ended. */
export const rolesOf = (officer: Officer): Role[] =>
  officer.grants.filter((grant) => grant.toSeq === undefined).map((grant) => grant.role);
