import { actorOf } from "../../shared/domain/authority/actor.ts";
import { maySit } from "../../shared/domain/authority/seats.ts";
import type { StateReader } from "../../shared/domain/kernel/state.ts";
import { scopeOfView, seatOfView, type Subscriber } from "./view-registry.ts";

/**
 * Whether this socket may still look through its view, by the present state: the account is not
 * disabled, the session not revoked, the officer still of this court, a role that may sit there.
 */
export function stillAllowed(state: StateReader, subscriber: Subscriber): boolean {
  if (!subscriber.officerId) return true;
  const officer = state.get("officer", subscriber.officerId);
  const actor = actorOf(state, subscriber.officerId);
  if (!officer || !actor || actor.kind !== "person") return false;
  if (officer.disabled || officer.revokedSessions.includes(subscriber.sessionId)) return false;
  const scope = scopeOfView(subscriber.view);
  if (scope !== officer.courtId && scope !== officer.id) return false;
  return maySit(actor.roles, seatOfView(subscriber.view));
}

/** Whether a kiosk's device may still show its court's wall. */
export function kioskAllowed(state: StateReader, deviceId: string): boolean {
  const device = state.get("device", deviceId);
  return device?.kind === "KIOSK" && device.status !== "REVOKED";
}
