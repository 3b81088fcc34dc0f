/**
 * A set of officers as bits over `trackIndex`, 32 to a word, without trailing empty words: equal
 * sets have equal words.
 */
export type OfficerBits = Uint32Array<ArrayBuffer>;

const NO_BITS: OfficerBits = new Uint32Array(0);

export function bitsOf(trackIndexes: Iterable<number>): OfficerBits {
  const all = [...trackIndexes];
  if (all.length === 0) return NO_BITS;
  let highest = 0;
  for (const i of all) highest = Math.max(highest, i);
  const bits = new Uint32Array((highest >>> 5) + 1);
  for (const i of all) bits[i >>> 5] = (bits[i >>> 5] ?? 0) | (1 << (i & 31));
  return bits;
}

/** What is in `bits` and not in `other`. */
export function without(bits: OfficerBits, other: OfficerBits): OfficerBits {
  return bits.map((word, w) => word & ~(other[w] ?? 0));
}

export function union(a: OfficerBits, b: OfficerBits): OfficerBits {
  const [long, short] = a.length >= b.length ? [a, b] : [b, a];
  return long.map((word, w) => word | (short[w] ?? 0));
}

export function areEqualBits(a: OfficerBits, b: OfficerBits): boolean {
  return a.length === b.length && a.every((word, w) => word === b[w]);
}

/** Calls `visit` with every index in `bits` and in (`a` or `b`). */
export function visitBits(
  bits: OfficerBits,
  a: OfficerBits,
  b: OfficerBits,
  visit: (trackIndex: number) => void,
): void {
  for (let w = 0; w < bits.length; w++) {
    let word = (bits[w] ?? 0) & ((a[w] ?? 0) | (b[w] ?? 0));
    while (word !== 0) {
      const lowest = word & -word;
      visit(w * 32 + (31 - Math.clz32(lowest)));
      word ^= lowest;
    }
  }
}

/** FNV-1a over the words. The same set has the same number on every node and after a restart. */
export function hashBits(bits: OfficerBits): number {
  let hash = 0x811c9dc5;
  for (const word of bits) hash = Math.imul(hash ^ word, 0x01000193);
  // One more round, or words that differ only in high bits would meet too often.
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> 0;
}
