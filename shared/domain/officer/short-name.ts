import type { StateReader } from "../kernel/state.ts";
import { officerShort } from "../mask.ts";

/** Surname and title of an officer (张警官), or nothing when the registry does not know the id. */
export function shortNameOf(state: StateReader, officerId: string): string | undefined {
  const officer = state.get("officer", officerId);
  return officer && officerShort(officer.name, officer.title);
}
