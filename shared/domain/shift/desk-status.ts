import type { Shift } from "./state.ts";

/** What of a shift says how its desk stands; a projection has at least this. */
export interface DeskShift extends Pick<Shift, "courtId" | "officerId" | "from" | "to" | "state"> {
  readonly id: string;
  readonly unsigned?: { readonly since: number };
}

/** How the desk of a court stands (SHF-14). */
export type DeskStatus<S extends DeskShift> =
  /** Nobody is planned for it and nobody sits there. */
  | { readonly kind: "UNPLANNED" }
  /** A desk check passed and nobody has signed since. */
  | { readonly kind: "UNSIGNED"; readonly since: number; readonly shift: S }
  | { readonly kind: "ON"; readonly shift: S }
  /** Somebody is planned and has not signed; his time may have begun. */
  | { readonly kind: "PLANNED"; readonly shift: S };

export function deskStatus<S extends DeskShift>(
  shifts: Iterable<S>,
  courtId: string,
): DeskStatus<S> {
  const live = [...shifts]
    .filter((shift) => shift.courtId === courtId)
    .filter(({ state }) => state === "ON" || state === "SCHEDULED")
    .sort((a, b) => a.from - b.from);
  const unsigned = live.find((shift) => shift.unsigned);
  if (unsigned?.unsigned) {
    return { kind: "UNSIGNED", since: unsigned.unsigned.since, shift: unsigned };
  }
  const on = live.find(({ state }) => state === "ON");
  if (on) return { kind: "ON", shift: on };
  const [next] = live;
  return next ? { kind: "PLANNED", shift: next } : { kind: "UNPLANNED" };
}
