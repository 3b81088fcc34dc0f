import type { Seat, ViewKey } from "../../shared/domain/authority/audience.ts";
import type { Closing } from "../../shared/wire/live.ts";

/** One socket, as the application sees it. */
export interface Subscriber {
  readonly id: string;
  readonly view: ViewKey;
  /** Absent for a kiosk. */
  readonly officerId?: string;
  /** Phone or wall screen, whether it came by its key or by the session that it got for it. */
  readonly deviceId?: string;
  readonly sessionId: string;
  /** Server ms at which the session is over; a device key has no end. */
  readonly expiresAt?: number;
  /** Roles at sign-in; when they change, the client connects anew. */
  readonly roles: readonly string[];
  /** Sends one event; `json` is the encoded argument, shared between subscribers. */
  send(event: string, json: string): void;
  close(reason: Closing["reason"]): void;
  /** Bytes that wait to be taken by the client; 0 when it is drained. */
  pendingBytes(): number;
}

/** A view that at least one socket looks through. */
export interface ActiveView {
  readonly key: ViewKey;
  readonly seat: Seat;
  readonly subscribers: Set<Subscriber>;
  /** The last commit that a patch or heartbeat of this view covered. */
  sentTo: number;
  /** Server ms of the last heartbeat. */
  beatAt: number;
}

export const seatOfView = (key: ViewKey): Seat => key.slice(0, key.indexOf(":")) as Seat;
export const scopeOfView = (key: ViewKey): string => key.slice(key.indexOf(":") + 1);

/** The views that are looked through, by key and by seat. */
export class ViewRegistry {
  private readonly byKey = new Map<ViewKey, ActiveView>();

  add(subscriber: Subscriber, sentTo: number): ActiveView {
    const key = subscriber.view;
    let view = this.byKey.get(key);
    if (!view) {
      view = { key, seat: seatOfView(key), subscribers: new Set(), sentTo, beatAt: 0 };
      this.byKey.set(key, view);
    }
    view.subscribers.add(subscriber);
    return view;
  }

  /** Returns true when nobody looks through the view any more. */
  remove(subscriber: Subscriber): boolean {
    const view = this.byKey.get(subscriber.view);
    if (!view) return false;
    view.subscribers.delete(subscriber);
    if (view.subscribers.size > 0) return false;
    this.byKey.delete(view.key);
    return true;
  }

  get(key: ViewKey): ActiveView | undefined {
    return this.byKey.get(key);
  }

  all(): Iterable<ActiveView> {
    return this.byKey.values();
  }

  *subscribers(): Iterable<Subscriber> {
    for (const view of this.byKey.values()) yield* view.subscribers;
  }

  /** Active views that an audience entry addresses: one, or every view of a seat. */
  *matching(view: ViewKey): Iterable<ActiveView> {
    if (!view.endsWith(":*")) {
      const one = this.byKey.get(view);
      if (one) yield one;
      return;
    }
    const seat = seatOfView(view);
    for (const active of this.byKey.values()) if (active.seat === seat) yield active;
  }
}
