import { areEqualBits, hashBits, type OfficerBits, without } from "./officer-bits.ts";

/** Officers that one or more views may see; views with equal bits share it, its id and its frames. */
export interface OfficerSet {
  /** Goes into the header of every frame as `set`. */
  readonly id: number;
  readonly bits: OfficerBits;
}

export interface SetChange {
  readonly set: OfficerSet;
  /** Officers that the view did not see before. */
  readonly added: OfficerBits;
  /** True when the view had another set before this call, or none. */
  readonly changed: boolean;
}

interface SharedSet extends OfficerSet {
  views: number;
}

/** Which officers each view sees. */
export class OfficerSets {
  readonly #setsById = new Map<number, SharedSet>();
  readonly #setsByView = new Map<string, SharedSet>();

  assign(viewKey: string, bits: OfficerBits): SetChange {
    const before = this.#setsByView.get(viewKey);
    if (before && areEqualBits(before.bits, bits)) {
      return { set: before, added: without(bits, bits), changed: false };
    }
    const set = this.#sharedSet(bits);
    set.views++;
    this.remove(viewKey);
    this.#setsByView.set(viewKey, set);
    return { set, added: before ? without(bits, before.bits) : bits, changed: true };
  }

  remove(viewKey: string): void {
    const set = this.#setsByView.get(viewKey);
    if (!set) return;
    this.#setsByView.delete(viewKey);
    set.views--;
    if (set.views === 0) this.#setsById.delete(set.id);
  }

  of(viewKey: string): OfficerSet | undefined {
    return this.#setsByView.get(viewKey);
  }

  /** Distinct sets in use. */
  get count(): number {
    return this.#setsById.size;
  }

  #sharedSet(bits: OfficerBits): SharedSet {
    let id = hashBits(bits);
    for (let held = this.#setsById.get(id); held; held = this.#setsById.get(id)) {
      if (areEqualBits(held.bits, bits)) return held;
      id = (id + 1) >>> 0;
    }
    const set: SharedSet = { id, bits, views: 0 };
    this.#setsById.set(id, set);
    return set;
  }
}
