import { maySit } from "../../shared/domain/authority/seats.ts";
import type { StateReader } from "../../shared/domain/kernel/state.ts";
import { rolesOf } from "../../shared/domain/officer/roles-of.ts";
import type { Closing } from "../../shared/wire/live.ts";
import { type Subscriber, scopeOfView, seatOfView } from "./view-registry.ts";

/**
 * Why this socket may no longer look through its view, by the present state; nothing while it may.
 * Asked of every socket whose officer or device a commit touched, so that a revocation reaches it
 * within a second on every node.
 */
export function reasonToClose(
  state: StateReader,
  subscriber: Pick<Subscriber, "deviceId" | "officerId" | "sessionId" | "view" | "roles">,
): Closing["reason"] | undefined {
  const { deviceId } = subscriber;
  if (deviceId !== undefined && state.get("device", deviceId)?.status === "REVOKED")
    return "REVOKED";
  if (subscriber.officerId === undefined) return undefined;
  const officer = state.get("officer", subscriber.officerId);
  if (!officer || officer.disabled || officer.revokedSessions.includes(subscriber.sessionId))
    return "REVOKED";
  const roles = rolesOf(officer);
  const scope = scopeOfView(subscriber.view);
  const samePlace =
    officer.unitId === undefined
      ? scope === officer.courtId || scope === officer.id
      : scope === officer.unitId;
  if (!samePlace || !maySit(roles, seatOfView(subscriber.view))) return "REVOKED";
  return sameRoles(roles, subscriber.roles) ? undefined : "RIGHTS_CHANGED";
}

const sameRoles = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((role) => b.includes(role));
