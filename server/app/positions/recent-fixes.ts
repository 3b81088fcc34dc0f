/** As many as the largest batch, so that a whole batch sent again is recognised. */
const REMEMBERED_PER_DEVICE = 256;
const FIRST_SIZE = 16;

interface Ring {
  times: Float64Array;
  next: number;
}

/**
 * Recognises fixes that a device sends again because our answer was lost. A device measures at most
 * once per millisecond of its clock, so (device, device time) names a fix; older repeats than are
 * remembered end in the track a second time, which does no harm.
 */
export class RecentFixes {
  readonly #rings = new Map<string, Ring>();

  has(deviceId: string, deviceAt: number): boolean {
    return this.#rings.get(deviceId)?.times.includes(deviceAt) ?? false;
  }

  add(deviceId: string, deviceAt: number): void {
    const ring = this.#ringOf(deviceId);
    if (ring.next === ring.times.length && ring.next < REMEMBERED_PER_DEVICE) {
      ring.times = widened(ring.times);
    }
    ring.times[ring.next % ring.times.length] = deviceAt;
    ring.next = (ring.next % ring.times.length) + 1;
  }

  /** It was not stored after all: when it comes again it is no repeat. */
  forget(deviceId: string, deviceAt: number): void {
    const times = this.#rings.get(deviceId)?.times;
    const at = times?.indexOf(deviceAt) ?? -1;
    if (times && at >= 0) times[at] = Number.NaN;
  }

  #ringOf(deviceId: string): Ring {
    const known = this.#rings.get(deviceId);
    if (known) return known;
    const ring = { times: new Float64Array(FIRST_SIZE).fill(Number.NaN), next: 0 };
    this.#rings.set(deviceId, ring);
    return ring;
  }
}

/** NaN marks an empty place: 0 is a time that a device can send. */
function widened(times: Float64Array): Float64Array {
  const wider = new Float64Array(times.length * 2).fill(Number.NaN);
  wider.set(times);
  return wider;
}
