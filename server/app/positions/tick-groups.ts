import { type OfficerBits, union } from "./officer-bits.ts";
import { type OfficerSet, OfficerSets } from "./officer-sets.ts";

/** Ticks between two frames: a console 250 ms, a thin link or a wall 1 s, a field map 2 s. */
export const TICKS_PER_RATE = { FAST: 1, CALM: 4, SLOW: 8 } as const;
export type TickRate = keyof typeof TICKS_PER_RATE;
export const TICK_RATES: readonly TickRate[] = ["FAST", "CALM", "SLOW"];

/** What a view's sockets should hold: the last frame that was addressed to it, sent or skipped. */
export interface TickMark {
  readonly set: number;
  readonly tick: number;
}

/** Views that get the very same bytes. */
export interface TickGroup {
  readonly set: OfficerSet;
  readonly rate: TickRate;
  readonly viewKeys: Set<string>;
  /** Goes into the next frame's header: no view of the group holds an older last frame. */
  prevTick: number;
  /** Officers whose last value goes into the next frame though it may not have changed. */
  owed: OfficerBits;
  /** What was owed when the frame was built that is being written. */
  onItsWay: OfficerBits;
  /** Of the tick in which it was asked for. */
  snapshot: { readonly tick: number; readonly bytes: Uint8Array } | undefined;
}

interface View {
  group: TickGroup;
  mark: TickMark;
}

/** Which view is in which group, and what each is owed when it moves. */
export class TickGroups {
  readonly #sets = new OfficerSets();
  readonly #views = new Map<string, View>();
  readonly #groups = new Map<string, TickGroup>();

  /**
   * `unsent` are the changes that views of a rate may not have been sent yet. While a flush goes on
   * that may differ between two groups of one rate.
   */
  setView(
    viewKey: string,
    bits: OfficerBits,
    rate: TickRate,
    context: {
      readonly tick: number;
      readonly unsent: (rate: TickRate) => OfficerBits;
      readonly isFlushing: boolean;
    },
  ): void {
    const view = this.#views.get(viewKey);
    const { set, added, changed } = this.#sets.assign(viewKey, bits);
    if (!view) {
      // The caller sends a snapshot first, so nothing is owed from before this tick.
      const group = this.#join(viewKey, set, rate, context.tick);
      this.#views.set(viewKey, { group, mark: { set: set.id, tick: context.tick } });
      return;
    }
    const before = view.group;
    if (!changed && before.rate === rate) return;
    this.#leave(viewKey, before);
    const group = this.#join(viewKey, set, rate, view.mark.tick);
    const isInStep = before.rate === rate && !context.isFlushing;
    const unsent = isInStep ? added : union(added, context.unsent(before.rate));
    const owed = isInStep ? before.owed : union(before.owed, before.onItsWay);
    group.owed = union(group.owed, union(unsent, owed));
    view.group = group;
  }

  removeView(viewKey: string): void {
    const view = this.#views.get(viewKey);
    if (!view) return;
    this.#leave(viewKey, view.group);
    this.#sets.remove(viewKey);
    this.#views.delete(viewKey);
  }

  groupOf(viewKey: string): TickGroup | undefined {
    return this.#views.get(viewKey)?.group;
  }

  markOf(viewKey: string): TickMark | undefined {
    return this.#views.get(viewKey)?.mark;
  }

  all(): Iterable<TickGroup> {
    return this.#groups.values();
  }

  get count(): number {
    return this.#groups.size;
  }

  /** A frame of `tick` was addressed to every socket of this view, if it has not left meanwhile. */
  marked(group: TickGroup, viewKey: string, tick: number): void {
    const view = this.#views.get(viewKey);
    if (view?.group === group) view.mark = { set: group.set.id, tick };
  }

  /** All of the group's views that were there have their frame. */
  sent(group: TickGroup): void {
    let prevTick = Number.POSITIVE_INFINITY;
    for (const viewKey of group.viewKeys)
      prevTick = Math.min(prevTick, this.#views.get(viewKey)?.mark.tick ?? prevTick);
    if (Number.isFinite(prevTick)) group.prevTick = prevTick;
  }

  #join(viewKey: string, set: OfficerSet, rate: TickRate, lastTick: number): TickGroup {
    const key = groupKey(set, rate);
    const group = this.#groups.get(key) ?? {
      set,
      rate,
      viewKeys: new Set<string>(),
      prevTick: lastTick,
      owed: new Uint32Array(0),
      onItsWay: new Uint32Array(0),
      snapshot: undefined,
    };
    group.prevTick = Math.min(group.prevTick, lastTick);
    group.viewKeys.add(viewKey);
    this.#groups.set(key, group);
    return group;
  }

  #leave(viewKey: string, group: TickGroup): void {
    group.viewKeys.delete(viewKey);
    if (group.viewKeys.size === 0) this.#groups.delete(groupKey(group.set, group.rate));
  }
}

const groupKey = (set: OfficerSet, rate: TickRate): string => `${set.id}/${rate}`;
