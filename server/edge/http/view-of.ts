import type { Seat, ViewKey } from "../../../shared/domain/authority/audience.ts";
import { takeSeat } from "../live/sign-in.ts";
import type { SignedIn } from "../sessions.ts";

const SEATS: readonly Seat[] = [
  "console",
  "wall",
  "field",
  "partner",
  "inspector",
  "president",
  "observer",
];

/** By the same rule as the live channel. */
export const seatsFor = (who: SignedIn): Seat[] =>
  SEATS.filter((seat) => takeSeat(who, seat) !== undefined);

/** The view of this caller in a seat, or in the first one they may take. */
export function viewOf(who: SignedIn, asked?: Seat): ViewKey | undefined {
  // An observer is shown frames and asks for nothing.
  if (who.subject.kind === "observer") return undefined;
  const seat = asked ?? seatsFor(who)[0];
  return seat && takeSeat(who, seat)?.view;
}
