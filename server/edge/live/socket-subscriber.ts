import type { Socket } from "socket.io";
import type { ViewKey } from "../../../shared/domain/authority/audience.ts";
import type { Closing } from "../../../shared/wire/live.ts";
import type { Subscriber } from "../../app/view-registry.ts";
import type { SeatTaken } from "./sign-in.ts";

/** Time for the reason to leave before the connection does. */
const CLOSE_AFTER_MS = 50;

/** One socket as a subscriber of a view. Text goes out pre-encoded: one encoding serves many sockets. */
export class SocketSubscriber implements Subscriber {
  readonly id: string;
  readonly view: ViewKey;
  readonly officerId?: string;
  readonly sessionId: string;
  readonly roles: readonly string[];
  private readonly socket: Socket;

  constructor(socket: Socket, taken: SeatTaken, sessionId: string) {
    this.socket = socket;
    this.id = socket.id;
    this.view = taken.view;
    if (taken.officerId) this.officerId = taken.officerId;
    this.sessionId = sessionId;
    this.roles = taken.roles;
  }

  send(event: string, json: string): void {
    if (!this.socket.connected) return;
    // An EVENT packet on the main namespace, as the stock parser would write it.
    this.socket.conn.write(`2["${event}",${json}]`);
  }

  close(reason: Closing["reason"]): void {
    this.send("closing", JSON.stringify({ reason }));
    setTimeout(() => this.socket.disconnect(true), CLOSE_AFTER_MS);
  }
}
