import type { StateReader } from "../../shared/domain/kernel/state.ts";
import { OBSERVER_DELAY_MS, observerFrame } from "../../shared/domain/observer/frame.ts";
import { isOpen, type Observer } from "../../shared/domain/observer/state.ts";
import type { Heartbeat, Snapshot } from "../../shared/wire/live.ts";
import type { AccessEntry } from "./api.ts";
import { HEARTBEAT_MS } from "./heartbeat.ts";
import type { PastWorld } from "./past-world.ts";
import { type Subscriber, scopeOfView } from "./view-registry.ts";

export interface ObserverRoomDeps {
  readonly present: StateReader;
  readonly past: PastWorld;
  readonly now: () => number;
  readonly access: (entry: AccessEntry) => Promise<void>;
}

interface Sitting {
  readonly subscriber: Subscriber;
  /** Durable on the access stream before anything is shown. */
  readonly recorded: Promise<void>;
  hasAsked: boolean;
  shown: string;
  sentTo: number;
  beatAt: number;
}

/**
 * 观摩席: the only room that observers' sockets are in. It has no part in views, positions and
 * emergencies; all that leaves it is made of the world of 30 s ago, and its time is that world's.
 */
export class ObserverRoom {
  private readonly sittings = new Map<string, Sitting>();
  private readonly deps: ObserverRoomDeps;

  constructor(deps: ObserverRoomDeps) {
    this.deps = deps;
  }

  /** Server time as this room tells it. */
  time(): number {
    return this.deps.now() - OBSERVER_DELAY_MS;
  }

  *subscribers(): Iterable<Subscriber> {
    for (const { subscriber } of this.sittings.values()) yield subscriber;
  }

  /** The seat under this socket, while it may be looked from. */
  private seatOf({ view }: Subscriber): Observer | undefined {
    const seat = this.deps.present.get("observer", scopeOfView(view));
    return seat && isOpen(seat, this.deps.now()) ? seat : undefined;
  }

  /** From here on the session is on the record, and the watched courts can see it. */
  enter(subscriber: Subscriber): void {
    const seat = this.seatOf(subscriber);
    if (!seat) {
      subscriber.close("REVOKED");
      return;
    }
    const recorded = this.begun(seat, subscriber);
    recorded.catch(() => subscriber.close("SHUTDOWN"));
    this.sittings.set(subscriber.id, {
      subscriber,
      recorded,
      hasAsked: false,
      shown: "",
      sentTo: -1,
      beatAt: 0,
    });
  }

  /** A session's second socket is no second visit: it waits for the record of the first. */
  private begun(seat: Observer, subscriber: Subscriber): Promise<void> {
    const first = this.sameSession(subscriber);
    return first?.recorded ?? this.deps.access(entryOf("OBSERVE_START", seat, subscriber));
  }

  private sameSession({ view, sessionId }: Subscriber): Sitting | undefined {
    for (const sitting of this.sittings.values()) {
      const { subscriber } = sitting;
      if (subscriber.sessionId === sessionId && subscriber.view === view) return sitting;
    }
    return undefined;
  }

  leave(subscriber: Subscriber): void {
    if (!this.sittings.delete(subscriber.id) || this.sameSession(subscriber)) return;
    const seat = this.deps.present.get("observer", scopeOfView(subscriber.view));
    if (!seat) return;
    // Without its end the record says when it began, which is enough to be asked about it.
    this.deps.access(entryOf("OBSERVE_END", seat, subscriber)).catch(() => undefined);
  }

  /** Answers a client that asks for the picture. */
  async show(subscriber: Subscriber): Promise<void> {
    const sitting = this.sittings.get(subscriber.id);
    if (!sitting) return;
    await sitting.recorded;
    sitting.shown = "";
    sitting.hasAsked = true;
    this.look(sitting);
  }

  /** Each second: what has become old enough, whose time is over, who is due a sign of life. */
  beat(): void {
    this.deps.past.advance(this.deps.now());
    for (const sitting of this.sittings.values()) {
      // Before the first picture was asked for there is nothing to follow.
      if (sitting.hasAsked || !this.seatOf(sitting.subscriber)) this.look(sitting);
    }
  }

  private look(sitting: Sitting): void {
    const { present, past } = this.deps;
    const { subscriber } = sitting;
    const seat = this.seatOf(subscriber);
    if (!seat) {
      subscriber.close("REVOKED");
      return;
    }
    past.advance(this.deps.now());
    const { seq, hash8 } = past.at;
    const at = this.time();
    const dto = observerFrame(seat, past.world, present, (courtId) => past.figures(courtId, at));
    const text = JSON.stringify(dto);
    if (text !== sitting.shown) {
      const put = [{ type: "observer", id: seat.id, rev: seat.rev, dto: { ...dto } }];
      const snapshot: Snapshot = { to: seq, hash8, at, put };
      subscriber.send("snapshot", JSON.stringify(snapshot));
    } else if (at - sitting.beatAt >= HEARTBEAT_MS.observer) {
      subscriber.send("hb", JSON.stringify(this.heartbeat(sitting, at)));
    } else return;
    Object.assign(sitting, { shown: text, sentTo: seq, beatAt: at });
  }

  /** Says nothing of the present: not even how the store is. */
  private heartbeat({ sentTo }: Sitting, at: number): Heartbeat {
    const { seq, hash8 } = this.deps.past.at;
    return { from: sentTo, to: seq, hash8, at, store: "OK", trouble: [], tick: 0, set: 0 };
  }
}

const entryOf = (
  kind: AccessEntry["kind"],
  seat: Observer,
  { sessionId }: Subscriber,
): AccessEntry => ({
  kind,
  by: seat.id,
  session: sessionId,
  courtId: seat.courtId,
  subject: seat.id,
  // What was looked at: the court with those below it, or one operation.
  field: seat.scope === "COURT" ? "COURT" : (seat.released[0] ?? "OPERATION"),
  watchedCourtId: seat.courtId,
});
