/** Addresses of the seats that a person may take, in the order they are offered. */
const SEATS = ["console", "wall", "field", "partner", "inspector", "observer"] as const;
export type OfferedSeat = (typeof SEATS)[number];

/** Where the seat is. */
export const addressOf = (seat: OfferedSeat): string =>
  seat === "observer" ? "/observe" : `/${seat}`;

export const offeredSeats = (seats: readonly string[]): readonly OfferedSeat[] =>
  SEATS.filter((seat) => seats.includes(seat));

/**
 * Where to go at once: the seat that was asked for (`?next=/field`), the one the account is meant
 * for, or the only one there is.
 * Otherwise the person chooses. Never to an address outside the list.
 */
export function straightTo(
  seats: readonly string[],
  search: string,
  wanted?: string,
): OfferedSeat | undefined {
  const offered = offeredSeats(seats);
  const next = new URLSearchParams(search).get("next");
  const asked =
    offered.find((seat) => next === addressOf(seat)) ?? offered.find((seat) => seat === wanted);
  return asked ?? (offered.length === 1 ? offered[0] : undefined);
}
