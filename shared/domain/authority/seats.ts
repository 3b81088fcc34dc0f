import type { Seat } from "./audience.ts";
import { CENTER_ROLES, FIELD_ROLES, type Role } from "./roles.ts";

/** Roles that may sit in each seat. A wall may also be a kiosk, which has no person. */
const SEAT_ROLES: Readonly<Record<Seat, readonly Role[]>> = {
  console: [...CENTER_ROLES, "JUDGE", "EXECUTOR", "REVIEW_JUDGE"],
  wall: CENTER_ROLES,
  field: [...FIELD_ROLES, ...CENTER_ROLES],
  inspector: ["INSPECTOR"],
  president: ["PRESIDENT"],
  partner: ["LIAISON_USER"],
  // Nobody of the courts: its account is of the seat itself.
  observer: [],
};

export const maySit = (roles: readonly Role[], seat: Seat): boolean =>
  roles.some((role) => SEAT_ROLES[seat].includes(role));

export const seatsOf = (roles: readonly Role[]): Seat[] =>
  (Object.keys(SEAT_ROLES) as Seat[]).filter((seat) => maySit(roles, seat));
