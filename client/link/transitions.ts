import type { Closing } from "../../shared/wire/live.ts";
import type { Connection, Freshness, TurnedAway, WhyNot } from "../store/connection.ts";

/** What happens to a connection. `nowMs` is server time. */
export type LinkEvent =
  | { readonly kind: "started" }
  | { readonly kind: "opened"; readonly nowMs: number }
  /** A patch, heartbeat or snapshot left this view in step with the log. */
  | { readonly kind: "inStep"; readonly nowMs: number }
  | { readonly kind: "gap"; readonly nowMs: number }
  | {
      readonly kind: "aged";
      readonly freshness: Freshness;
      readonly heardAt: number | undefined;
    }
  | { readonly kind: "lost" }
  /** Found out while no socket came about; undefined: nothing answers at all. */
  | { readonly kind: "why"; readonly why: WhyNot | undefined }
  | { readonly kind: "closing"; readonly reason: Closing["reason"] }
  | { readonly kind: "unauthenticated" }
  | { readonly kind: "turnedAway"; readonly reason: TurnedAway }
  | { readonly kind: "outdated"; readonly serverWire: number }
  | { readonly kind: "stopped" };

/** The connection after an event. Pure; the driver dials, waits and hangs up. */
export function nextConnection(now: Connection, event: LinkEvent): Connection {
  if (isFinal(now) && event.kind !== "started" && event.kind !== "stopped") return now;
  switch (event.kind) {
    case "started":
      return { kind: "connecting", tries: 0 };
    case "stopped":
      return { kind: "idle" };
    case "opened":
      return { kind: "syncing", tries: triesOf(now), sinceMs: event.nowMs };
    case "inStep":
      return now.kind === "live" ? now : { kind: "live", sinceMs: event.nowMs };
    case "gap":
      return now.kind === "live" ? { kind: "behind", sinceMs: event.nowMs } : now;
    case "aged":
      return aged(now, event);
    case "lost":
      return connecting(triesOf(now) + 1, now.kind === "connecting" ? now.why : undefined);
    case "why":
      return now.kind === "connecting" ? connecting(now.tries, event.why) : now;
    case "closing":
      return closed(now, event.reason);
    case "unauthenticated":
      return { kind: "signed-out" };
    case "turnedAway":
      return { kind: "refused", reason: event.reason };
    case "outdated":
      return { kind: "outdated", serverWire: event.serverWire };
  }
}

const connecting = (tries: number, why: WhyNot | undefined): Connection => ({
  kind: "connecting",
  tries,
  ...(why ? { why } : {}),
});

const FINAL: ReadonlySet<Connection["kind"]> = new Set(["refused", "signed-out", "outdated"]);

/** Nothing but a sign-in or a reload leads out of these. */
export const isFinal = (c: Connection): boolean => FINAL.has(c.kind);

/** Failed attempts in a row; 0 as soon as the view was in step once. */
export const triesOf = (c: Connection): number =>
  c.kind === "connecting" || c.kind === "syncing" ? c.tries : 0;

function aged(now: Connection, event: LinkEvent & { kind: "aged" }): Connection {
  const silent = event.freshness === "late" || event.freshness === "stale";
  return now.kind === "live" && silent && event.heardAt !== undefined
    ? { kind: "behind", sinceMs: event.heardAt }
    : now;
}

function closed(now: Connection, reason: Closing["reason"]): Connection {
  switch (reason) {
    case "SIGNED_OUT":
      return { kind: "signed-out" };
    case "REVOKED":
      return { kind: "refused", reason: "REVOKED" };
    case "RIGHTS_CHANGED":
    case "SHUTDOWN":
    case "SLOW":
    case "PROTOCOL":
      return { kind: "connecting", tries: triesOf(now) };
  }
}
