import type { CommandEnvelope } from "../../shared/wire/command.ts";
import type { Api } from "./api.ts";
import type { Mode } from "./outbox-item.ts";
import { type Delivery, deliveryOf, type Roads } from "./roads.ts";
import type { SosKeys } from "./sos-keys.ts";

/** How a call for help leaves the phone: SOSR-11. */
export interface SosRoad {
  /** Whether it can go out in this officer's name although they are not signed in. */
  knows(officerId: string | undefined): boolean;
  /** @param signedIn its officer is who the session of this page speaks for. */
  deliver(
    envelope: CommandEnvelope,
    owner: string | undefined,
    signedIn: boolean,
    inMode?: Mode,
  ): Promise<Delivery>;
}

/** Shorter than for other commands: on a dead road the next attempt must not wait long. */
const POST_TIMEOUT_MS = 5_000;
/** The server's own word that it does not know the key; a bare 403 may be anybody's on the way. */
const KEY_UNKNOWN = "SOS_KEY_UNKNOWN";

export function createSosRoad(
  roads: Pick<Roads, "bySocket" | "byPost">,
  api: Pick<Api, "sos">,
  keys: Pick<SosKeys, "of" | "sign" | "unknown">,
): SosRoad {
  const byKey = async (
    envelope: CommandEnvelope,
    owner: string | undefined,
    inMode: Mode | undefined,
  ): Promise<Delivery | undefined> => {
    const key = keys.of(owner);
    if (!key) return undefined;
    const done = await api.sos(await keys.sign(key, envelope), POST_TIMEOUT_MS, inMode);
    if (!done.ok && done.failure.code === KEY_UNKNOWN) {
      keys.unknown(key.officerId);
      return undefined;
    }
    return deliveryOf(done, envelope.id);
  };
  return {
    knows: (officerId) => keys.of(officerId) !== undefined,
    async deliver(envelope, owner, signedIn, inMode) {
      const ways: readonly (() => Promise<Delivery | undefined>)[] = [
        ...(signedIn ? [() => roads.bySocket(envelope)] : []),
        () => byKey(envelope, owner, inMode),
        ...(signedIn ? [() => roads.byPost(envelope, POST_TIMEOUT_MS, owner, inMode)] : []),
      ];
      return firstTaken(ways);
    },
  };
}

async function firstTaken(
  ways: readonly (() => Promise<Delivery | undefined>)[],
): Promise<Delivery> {
  const tried: Delivery[] = [];
  for (const way of ways) {
    // A way may fail by itself (a key that the browser has lost): that is none, not the end.
    const delivery = await way().catch(() => undefined);
    if (delivery && isTaken(delivery)) return delivery;
    if (delivery) tried.push(delivery);
  }
  // As long as one road was only silent, what the others said is not the end.
  return tried.find(isNoAnswer) ?? tried[0] ?? NO_ROAD;
}

const isNoAnswer = ({ kind }: Delivery): boolean => kind !== "answer";

const isTaken = (delivery: Delivery): boolean =>
  delivery.kind === "answer" && delivery.answer.outcome !== "REFUSED";

const NO_ROAD: Delivery = { kind: "none", failure: { status: 0, code: "OFFLINE" } };
