import { nextDeskCheck } from "../../../../../shared/domain/shift/desk.ts";
import type { SeenShift } from "../../../../store/duty-dto.ts";
import type { FormValues } from "../../forms/form-spec.ts";

const MINUTE_MS = 60_000;

/** A desk is planned without a gap: from the last planned end, else from now, to the next 08:30. */
export function nextShift(shifts: readonly SeenShift[], now: number): FormValues {
  const ends = shifts.map(({ to }) => to).filter((to) => to > now);
  const from = ends.length > 0 ? Math.max(...ends) : Math.floor(now / MINUTE_MS) * MINUTE_MS;
  return { from, to: nextDeskCheck(from + 1), mode: "ON_SITE" };
}

/** Planned shifts of others, the next first: who may take the desk from this one. */
export const takersOf = (shift: SeenShift, shifts: readonly SeenShift[]): readonly SeenShift[] =>
  shifts
    .filter(({ state, officerId }) => state === "SCHEDULED" && officerId !== shift.officerId)
    .sort((a, b) => a.from - b.from);
