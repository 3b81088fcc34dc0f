import type { StateReader } from "../kernel/state.ts";

/**
 * Whether he is of this court's own people: only they are named in what the court does. A person of
 * a linked unit stands in the court's register too and is none of them (UNIT-11).
 */
export function isOfCourt(state: StateReader, officerId: string, courtId: string): boolean {
  const officer = state.get("officer", officerId);
  return officer?.courtId === courtId && officer.unitId === undefined;
}
