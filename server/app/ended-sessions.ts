import type { AccountStore } from "../accounts/account-store.ts";
import type { Subscriber } from "./view-registry.ts";

/** A device comes with its key each time, and has no session in the store. */
const DEVICE_PREFIX = "device:";

/**
 * A session that was ended at another node stands in the store no more. Asked each second, and at
 * once when a node says that one has ended, for all sockets together.
 */
export async function closeEnded(
  accounts: Pick<AccountStore, "missingSessions">,
  everybody: Iterable<Subscriber>,
): Promise<void> {
  const bySession = new Map<string, Subscriber[]>();
  for (const subscriber of everybody) {
    const { sessionId } = subscriber;
    if (sessionId.startsWith(DEVICE_PREFIX)) continue;
    const same = bySession.get(sessionId);
    if (same) same.push(subscriber);
    else bySession.set(sessionId, [subscriber]);
  }
  if (bySession.size === 0) return;
  for (const id of await accounts.missingSessions([...bySession.keys()]))
    for (const subscriber of bySession.get(id) ?? []) subscriber.close("SIGNED_OUT");
}
