import type { IncomingMessage } from "node:http";
import type { Socket } from "socket.io";
import { leastRecent } from "../../app/least-recent.ts";
import { webSocketOf } from "../frame-writer.ts";
import { addressKey } from "../http/limits.ts";
import type { SignedIn } from "../sessions.ts";
import { InboundBudget } from "./inbound-budget.ts";

type Connection = Socket["conn"];

/** Tabs, screens and dead connections not yet noticed; a flapping road leaves one every few seconds. */
export const MOST_SOCKETS_OF_ONE = 20;
/** A province behind one address may come back within a second of an outage; it is let in meanwhile. */
export const MOST_WAITING_OF_ADDRESS = 2_000;

/** Who was not heard of among so many others has a full budget again. */
const MOST_BUDGETS = 20_000;

/**
 * How many connections of the live channel there may be. An HTTP request counts nowhere here, so the
 * second road of a call for help stays open to whoever has too many sockets.
 */
export interface ConnectionBounds {
  /** Whether this handshake may begin: connections of its address that have not signed in yet. */
  mayKnock(request: IncomingMessage): boolean;
  /** Counts until it is let in or gone. */
  knocked(conn: Connection): void;
  /** Counts for its subject until it is gone, and gives its budget; nothing if it has too many. */
  enter(conn: Connection, who: SignedIn): InboundBudget | undefined;
}

/** @param addresses false behind a trusted proxy, where all come from one address. */
export function createConnectionBounds(addresses: boolean, monoMs: () => number): ConnectionBounds {
  const waiting = new Map<string, number>();
  const inside = new Map<string, number>();
  const budgets = leastRecent<InboundBudget>(MOST_BUDGETS);
  const letIn = new WeakMap<Connection, () => void>();
  return {
    mayKnock: ({ socket }) =>
      !addresses ||
      (waiting.get(addressKey(socket.remoteAddress ?? "")) ?? 0) < MOST_WAITING_OF_ADDRESS,
    knocked(conn) {
      const release = counted(waiting, addressKey(conn.remoteAddress));
      letIn.set(conn, release);
      conn.once("close", release);
    },
    enter(conn, who) {
      const key = subjectKey(who);
      if ((inside.get(key) ?? 0) >= MOST_SOCKETS_OF_ONE) return undefined;
      letIn.get(conn)?.();
      // Closed while it was looked up: nobody will tell again.
      if (conn.readyState === "open") conn.once("close", counted(inside, key));
      const budget = budgets.get(key) ?? new InboundBudget(monoMs);
      budgets.set(key, budget);
      return budget;
    },
  };
}

/** Time for the last words; ws itself would wait 30 s for a client that says nothing more. */
const GONE_AFTER_MS = 1_000;

/** A connection that was closed is gone, with all that waited for it, whatever the client does. */
export function endForSure(conn: Connection): void {
  // As it was: after the close the transport may have let go of it.
  const webSocket = () => webSocketOf({ conn });
  conn.once("close", () => {
    const closed = webSocket();
    if (closed) setTimeout(() => closed.terminate(), GONE_AFTER_MS).unref();
  });
}

function subjectKey({ subject }: SignedIn): string {
  switch (subject.kind) {
    case "person":
      return `person:${subject.officerId}`;
    case "observer":
      return `observer:${subject.observerId}`;
    default:
      return `device:${subject.deviceId}`;
  }
}

/** One more under the key; returns what takes it back, once. */
function counted(counts: Map<string, number>, key: string): () => void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
  let isBack = false;
  return () => {
    if (isBack) return;
    isBack = true;
    const left = (counts.get(key) ?? 1) - 1;
    if (left > 0) counts.set(key, left);
    else counts.delete(key);
  };
}
