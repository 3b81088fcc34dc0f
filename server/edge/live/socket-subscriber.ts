import type { Socket } from "socket.io";
import type { ViewKey } from "../../../shared/domain/authority/audience.ts";
import type { Closing } from "../../../shared/wire/live.ts";
import type { Subscriber } from "../../app/view-registry.ts";
import { pendingBytes } from "../frame-writer.ts";
import type { SignedIn } from "../sessions.ts";
import { type SharedText, textsInTurn } from "../shared-frames.ts";
import { type TextWriter, textWriter } from "../text-writer.ts";
import { keptSnapshots } from "./kept-texts.ts";
import type { SeatTaken } from "./sign-in.ts";

/** What may wait for one socket, besides a snapshot: patches of a busy quarter of an hour. */
const MAX_PENDING_BYTES = 1024 * 1024;
/** Time for the reason to leave before the connection does. */
const CLOSE_AFTER_MS = 50;

const textInTurn = textsInTurn();
const keptSnapshot = keptSnapshots();

const sharedTextOf = (event: string, json: string): SharedText =>
  event === "snapshot" ? keptSnapshot(json) : textInTurn(event, json);

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
  private readonly onClosing: () => void;
  private readonly write: TextWriter;
  /** Bytes that may wait; more while a snapshot is on its way, for that alone may be larger. */
  private budget = MAX_PENDING_BYTES;
  private closing = false;

  /** @param onClosing told in the turn in which the reason is sent: nothing else may follow it. */
  constructor(socket: Socket, taken: SeatTaken, who: SignedIn, onClosing: () => void) {
    this.socket = socket;
    this.onClosing = onClosing;
    this.write = textWriter(socket);
    this.id = socket.id;
    this.view = taken.view;
    if (taken.officerId) this.officerId = taken.officerId;
    if ("deviceId" in who.subject) this.deviceId = who.subject.deviceId;
    this.sessionId = who.sessionId;
    if (who.expiresAt !== undefined) this.expiresAt = who.expiresAt;
    this.roles = taken.roles;
  }

  /** What would go over the budget is dropped and the client let go: it resumes by its cursor. */
  send(event: string, json: string): void {
    if (!this.socket.connected || this.closing) return;
    const pending = this.pendingBytes();
    const text = sharedTextOf(event, json);
    const size = text.bytes;
    if (pending === 0) this.budget = MAX_PENDING_BYTES;
    const isFirst = this.budget === MAX_PENDING_BYTES;
    if (event === "snapshot" && isFirst) this.budget += size;
    // However large a single message is: alone it may go.
    if (pending > 0 && pending + size > this.budget) this.close("SLOW");
    else this.write(text);
  }

  /** The reason is on its way: nothing more is sent. */
  get isClosing(): boolean {
    return this.closing;
  }

  pendingBytes(): number {
    return pendingBytes(this.socket);
  }

  close(reason: Closing["reason"]): void {
    if (this.closing) return;
    this.closing = true;
    this.onClosing();
    if (this.socket.connected) this.write(sharedTextOf("closing", JSON.stringify({ reason })));
    setTimeout(() => this.socket.disconnect(true), CLOSE_AFTER_MS);
  }
}
