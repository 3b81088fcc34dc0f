import * as z from "zod";
import { actorOf } from "../../../shared/domain/authority/actor.ts";
import type { Seat, ViewKey } from "../../../shared/domain/authority/audience.ts";
import { maySit } from "../../../shared/domain/authority/seats.ts";
import type { StateReader } from "../../../shared/domain/kernel/state.ts";

/** Who stands behind a connection, as the sessions found out. */
export type Principal =
  | { readonly kind: "person"; readonly officerId: string; readonly sessionId: string }
  | { readonly kind: "device"; readonly officerId: string; readonly deviceId: string; readonly sessionId: string }
  | { readonly kind: "kiosk"; readonly courtId: string; readonly deviceId: string; readonly sessionId: string };

/** What the client says in the handshake; the server alone decides the view. */
export const handshakeAuth = z.looseObject({
  seat: z.enum(["console", "wall", "field"]),
  /** Tokens of a wall screen or an enrolled phone; a browser sends its cookie instead. */
  kiosk: z.string().max(300).optional(),
  device: z.string().max(300).optional(),
});

export interface SeatTaken {
  readonly view: ViewKey;
  readonly seat: Seat;
  readonly courtId: string;
  readonly officerId?: string;
  readonly roles: readonly string[];
}

/** The view of this principal in that seat, or nothing when it may not sit there. */
export function takeSeat(state: StateReader, principal: Principal, seat: Seat): SeatTaken | undefined {
  if (principal.kind === "kiosk") {
    return seat === "wall" ? { view: `wall:${principal.courtId}`, seat, courtId: principal.courtId, roles: [] } : undefined;
  }
  // An enrolled phone speaks for its officer in the field and nowhere else.
  if (principal.kind === "device" && seat !== "field") return undefined;
  const officer = state.get("officer", principal.officerId);
  const actor = actorOf(state, principal.officerId);
  if (!officer || actor?.kind !== "person" || !maySit(actor.roles, seat)) return undefined;
  const scope = seat === "field" ? officer.id : officer.courtId;
  return { view: `${seat}:${scope}`, seat, courtId: officer.courtId, officerId: officer.id, roles: actor.roles };
}
