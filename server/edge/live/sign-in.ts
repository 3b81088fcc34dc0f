import * as z from "zod";
import type { Seat, ViewKey } from "../../../shared/domain/authority/audience.ts";
import { maySit } from "../../../shared/domain/authority/seats.ts";
import type { SignedIn } from "../sessions.ts";

/** What the client says in the handshake; the server alone decides the view. */
export const handshakeAuth = z.looseObject({
  seat: z.enum(["console", "wall", "field", "partner", "inspector", "president", "observer"]),
  /** Tokens of a wall screen or an enrolled phone; a browser sends its cookie instead. */
  kiosk: z.string().max(300).optional(),
  device: z.string().max(300).optional(),
});

export interface SeatTaken {
  readonly view: ViewKey;
  readonly seat: Seat;
  readonly courtId: string;
  readonly officerId?: string;
  readonly unitId?: string;
  readonly roles: readonly string[];
}

/** A wall screen and an observer have one seat each, and no person of the courts. */
function takeAlone({ subject, courtId }: SignedIn, seat: Seat): SeatTaken | undefined {
  const view: ViewKey =
    subject.kind === "observer" ? `observer:${subject.observerId}` : `wall:${courtId}`;
  return view.startsWith(`${seat}:`) ? { view, seat, courtId, roles: [] } : undefined;
}

/** The view of this caller in that seat, or nothing when it may not sit there. */
export function takeSeat(who: SignedIn, seat: Seat): SeatTaken | undefined {
  const { subject, courtId, officer, roles } = who;
  if (subject.kind === "kiosk" || subject.kind === "observer") return takeAlone(who, seat);
  // An enrolled phone speaks for its officer in the field and nowhere else.
  if (subject.kind === "device" && seat !== "field") return undefined;
  if (!officer || !maySit(roles, seat)) return undefined;
  const { id: officerId, unitId } = officer;
  // People of a linked unit sit at its desk and nowhere else, and nobody else sits there.
  if ((seat === "partner") !== (unitId !== undefined)) return undefined;
  const scope = seat === "field" ? officerId : (unitId ?? courtId);
  const at = { view: `${seat}:${scope}`, seat, courtId, officerId, roles } as const;
  return unitId === undefined ? at : { ...at, unitId };
}
