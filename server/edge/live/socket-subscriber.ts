import type { Socket } from "socket.io";
import type { ViewKey } from "../../../shared/domain/authority/audience.ts";
import type { Closing } from "../../../shared/wire/live.ts";
import type { Subscriber } from "../../app/view-registry.ts";
import { pendingBytes } from "../frame-writer.ts";
import type { SignedIn } from "../sessions.ts";
import type { SeatTaken } from "./sign-in.ts";

/** Time for the reason to leave before the connection does. */
const CLOSE_AFTER_MS = 50;

/** One socket as a subscriber of a view. Text goes out pre-encoded: one encoding serves many sockets. */
export class SocketSubscriber implements Subscriber {
  readonly id: string;
  readonly view: ViewKey;
  readonly officerId?: string;
  readonly deviceId?: string;
  readonly sessionId: string;
  readonly expiresAt?: number;
  readonly roles: readonly string[];
  private readonly socket: Socket;

  constructor(socket: Socket, taken: SeatTaken, who: SignedIn) {
    this.socket = socket;
    this.id = socket.id;
    this.view = taken.view;
    if (taken.officerId) this.officerId = taken.officerId;
    if (who.subject.kind !== "person") this.deviceId = who.subject.deviceId;
    this.sessionId = who.sessionId;
    if (who.expiresAt !== undefined) this.expiresAt = who.expiresAt;
    this.roles = taken.roles;
  }

  send(event: string, json: string): void {
    if (!this.socket.connected) return;
    // An EVENT packet on the main namespace, as the stock parser would write it.
    this.socket.conn.write(`2["${event}",${json}]`);
  }

  pendingBytes(): number {
    return pendingBytes(this.socket);
  }

  close(reason: Closing["reason"]): void {
    this.send("closing", JSON.stringify({ reason }));
    setTimeout(() => this.socket.disconnect(true), CLOSE_AFTER_MS);
  }
}
