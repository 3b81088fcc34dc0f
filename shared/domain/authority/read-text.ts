import { type Audience, type Standing, seatOf, standingOf } from "./audience.ts";

/** Own court, its ancestors and the addressee read free text; hosts, copies, walls and the public do not. */
const READERS: ReadonlySet<Standing> = new Set([
  "own",
  "parent",
  "high",
  "issuer",
  "recipient",
  "copied",
  "entrusted",
  "unit",
]);

export const mayReadText = (audience: Audience): boolean =>
  seatOf(audience) !== "wall" && READERS.has(standingOf(audience));
