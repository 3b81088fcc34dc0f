import type { ViewKey } from "../../shared/domain/authority/audience.ts";
import { type Ref, refKey } from "../../shared/domain/kernel/ref.ts";
import { getRef } from "../../shared/domain/kernel/state.ts";
import type { Emergency as EmergencyMessage, PutRecord } from "../../shared/wire/live.ts";
import type { Clock } from "./clock.ts";
import type { Emergency } from "./emergency.ts";
import { audienceFor, audiencesOf, isLive, Projector } from "./projector.ts";
import type { Replica } from "./replica.ts";
import type { Texts } from "./texts.ts";
import type { ActiveView, Subscriber } from "./view-registry.ts";
import type { Views } from "./views.ts";

export interface EmergencyViewsDeps {
  readonly emergency: Emergency;
  readonly replica: Replica;
  readonly views: Views;
  readonly texts: Texts;
  readonly clock: Clock;
  readonly yieldTurn: () => Promise<void>;
}

/** An SOS that the queue of patches has not delivered by then goes round it. */
const LAG_MS = 500;
/** While there is something to say it is said again this often: a lost message heals. */
const AGAIN_MS = 2_000;

/**
 * Tells every view what stands in the emergency journal and not yet in the log, beside the queue of
 * patches and without asking the vault: nothing that hangs may silence it.
 */
export class EmergencyViews {
  /** Views that were told of something and have to hear when it is over. */
  private readonly told = new WeakSet<ActiveView>();
  private saying = false;
  private behindSince: number | undefined;
  private lagging = false;
  private saidAt = 0;
  private readonly deps: EmergencyViewsDeps;

  constructor(deps: EmergencyViewsDeps) {
    this.deps = deps;
  }

  /** Says it in the next turn, once for all changes of this one. */
  changed(): void {
    if (this.saying) return;
    this.saying = true;
    void this.deps.yieldTurn().then(() => {
      this.saying = false;
      this.sayToAll();
    });
  }

  /** After an answer to `resume`: also that there is nothing, for a client that remembers something. */
  tell(subscriber: Subscriber): void {
    const put = this.listFor(subscriber.view);
    subscriber.send("emergency", this.messageOf(put));
    const view = this.deps.views.registry.get(subscriber.view);
    if (view && put.length > 0) this.told.add(view);
  }

  /** Periodically: whether patches lag behind, and what was said before once more. */
  look(): void {
    const { clock, views, replica, emergency } = this.deps;
    const now = clock.monotonic();
    const behind = views.coveredTo().seq < replica.tail.seq;
    this.behindSince = behind ? (this.behindSince ?? now) : undefined;
    const lagging = this.behindSince !== undefined && now - this.behindSince >= LAG_MS;
    const turned = lagging !== this.lagging;
    this.lagging = lagging;
    const again = (emergency.isOpen || lagging) && now - this.saidAt >= AGAIN_MS;
    if (turned || again) this.sayToAll();
  }

  private sayToAll(): void {
    this.saidAt = this.deps.clock.monotonic();
    for (const view of this.deps.views.registry.all()) {
      const put = this.listFor(view.key);
      if (put.length === 0 && !this.told.has(view)) continue;
      if (put.length > 0) this.told.add(view);
      else this.told.delete(view);
      const json = this.messageOf(put);
      for (const subscriber of view.subscribers) subscriber.send("emergency", json);
    }
  }

  private messageOf(put: PutRecord[]): string {
    return JSON.stringify({ at: this.deps.clock.now(), put } satisfies EmergencyMessage);
  }

  private listFor(view: ViewKey): PutRecord[] {
    const { emergency, texts } = this.deps;
    const { state } = emergency;
    const projector = new Projector(state, texts);
    const inJournal = new Set(emergency.changed().map(refKey));
    const refs = [...emergency.changed(), ...this.undelivered()];
    return refs.flatMap((ref) => {
      const record = getRef(state, ref);
      const audience = record && audienceFor(view, audiencesOf(record, state));
      if (!record || !audience) return [];
      const put = projector.put(record, audience, projector.project(record, audience));
      const mark = inJournal.has(refKey(ref)) ? { journalled: true } : {};
      return [{ ...put, dto: { ...put.dto, ...mark } }];
    });
  }

  /** Open calls for help, while patches are held up. */
  private undelivered(): Ref[] {
    const { replica, emergency } = this.deps;
    if (!this.lagging) return [];
    const inJournal = new Set(emergency.changed().map(refKey));
    return [...replica.world.all("incident")]
      .filter((incident) => incident.sos && isLive(incident))
      .map(({ id }): Ref => ({ type: "incident", id }))
      .filter((ref) => !inJournal.has(refKey(ref)));
  }
}
