import type { Ref } from "../../shared/domain/kernel/ref.ts";
import type { Kernel } from "./kernel.ts";
import { reasonToClose } from "./rights.ts";
import type { Subscriber } from "./view-registry.ts";

const PER_TURN = 500;

/** A commit that touches an officer or a device may end what its own sockets see. */
export function closeRevoked({ onTouched, views, replica }: Kernel): void {
  onTouched((touched) => {
    const officers = idsOf(touched, "officer");
    const devices = idsOf(touched, "device");
    if (officers.size + devices.size === 0) return;
    for (const subscriber of views.registry.subscribers()) {
      const { officerId = "", deviceId = "" } = subscriber;
      // Asking the world about each of ten thousand would take longer than the commit itself.
      if (!officers.has(officerId) && !devices.has(deviceId)) continue;
      const reason = reasonToClose(replica.world, subscriber);
      if (reason) subscriber.close(reason);
    }
  });
}

/** A session may end by time while its socket looks on. */
export async function closeExpired(
  subscribers: Iterable<Subscriber>,
  now: number,
  yieldTurn: () => Promise<void>,
): Promise<void> {
  let looked = 0;
  for (const subscriber of subscribers) {
    looked += 1;
    if (looked % PER_TURN === 0) await yieldTurn();
    if (subscriber.expiresAt !== undefined && subscriber.expiresAt <= now)
      subscriber.close("SIGNED_OUT");
  }
}

const idsOf = (touched: readonly Ref[], type: Ref["type"]): ReadonlySet<string> =>
  new Set(touched.filter((ref) => ref.type === type).map(({ id }) => id));
