import { type Ref, refKey } from "../../shared/domain/kernel/ref.ts";
import { getRef } from "../../shared/domain/kernel/state.ts";
import type { Emergency as EmergencyMessage, PutRecord } from "../../shared/wire/live.ts";
import type { Clock } from "./clock.ts";
import type { Emergency } from "./emergency.ts";
import { EmergencyPuts } from "./emergency-puts.ts";
import { audiencesOf, isLive } from "./projector.ts";
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
/** After a telling that took so long, ms, at least four times as long belongs to everything else. */
const REST = 4;

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
  private restsUntil = 0;
  private readonly news = new Map<string, Ref>();
  /** What was imported with commit `seq`, while patches have not covered that. */
  private arriving: { readonly seq: number; readonly refs: readonly Ref[] } | undefined;
  private readonly deps: EmergencyViewsDeps;

  constructor(deps: EmergencyViewsDeps) {
    this.deps = deps;
  }

  /**
   * Something in the journal changed: whoever sees these records is told in the next turn, once for
   * all changes of this one, however much there is to tell others.
   */
  changed(refs: readonly Ref[]): void {
    for (const ref of refs) this.news.set(refKey(ref), ref);
    this.soon();
  }

  /**
   * These left the journal for the log. They stay on the list until the patches have brought them:
   * an alarm that went out and came back would be taken for two.
   */
  settled(refs: readonly Ref[]): void {
    const before = this.arriving?.refs ?? [];
    this.arriving = { seq: this.deps.replica.tail.seq, refs: [...before, ...refs] };
    this.changed(refs);
  }

  private soon(): void {
    if (this.saying) return;
    this.saying = true;
    void this.deps.yieldTurn().then(() => {
      this.saying = false;
      this.sayNews();
    });
  }

  /** After an answer to `resume`: also that there is nothing, for a client that remembers something. */
  tell(subscriber: Subscriber): void {
    const put = this.puts().of(subscriber.view);
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
    const arrived = this.arriving !== undefined && views.coveredTo().seq >= this.arriving.seq;
    if (arrived) this.arriving = undefined;
    const again = (emergency.isOpen || lagging) && now - this.saidAt >= AGAIN_MS;
    if (turned || arrived || (again && now >= this.restsUntil)) this.sayToAll();
  }

  private sayNews(): void {
    const puts = this.puts();
    const { state } = this.deps.emergency;
    const concerned = new Set<ActiveView>();
    for (const ref of this.news.values()) {
      const record = getRef(state, ref);
      for (const { view } of record ? audiencesOf(record, state) : [])
        for (const active of this.deps.views.registry.matching(view)) concerned.add(active);
    }
    this.news.clear();
    for (const view of concerned) this.say(view, puts);
  }

  private sayToAll(): void {
    const { clock, views } = this.deps;
    this.saidAt = clock.monotonic();
    const puts = this.puts();
    for (const view of views.registry.all()) this.say(view, puts);
    const now = clock.monotonic();
    this.restsUntil = now + (now - this.saidAt) * REST;
  }

  private say(view: ActiveView, puts: EmergencyPuts): void {
    const put = puts.of(view.key);
    if (put.length === 0 && !this.told.has(view)) return;
    if (put.length > 0) this.told.add(view);
    else this.told.delete(view);
    const json = this.messageOf(put);
    for (const subscriber of view.subscribers) subscriber.send("emergency", json);
  }

  private messageOf(put: PutRecord[]): string {
    return JSON.stringify({ at: this.deps.clock.now(), put } satisfies EmergencyMessage);
  }

  private puts(): EmergencyPuts {
    const { emergency, texts } = this.deps;
    const held = emergency.changed();
    const inJournal = new Set(held.map(refKey));
    const others = [...(this.arriving?.refs ?? []), ...this.undelivered()];
    const refs = new Map([...held, ...others].map((ref) => [refKey(ref), ref]));
    return new EmergencyPuts(emergency.state, texts, [...refs.values()], inJournal);
  }

  /** Open calls for help, while patches are held up. */
  private undelivered(): Ref[] {
    const { replica } = this.deps;
    if (!this.lagging) return [];
    return [...replica.world.all("incident")]
      .filter((incident) => incident.sos && isLive(incident))
      .map(({ id }): Ref => ({ type: "incident", id }));
  }
}
