import { createStore, type StoreApi } from "zustand/vanilla";
import type { CommandEnvelope } from "../../shared/wire/command.ts";
import { type SignedSos, sosText } from "../../shared/wire/sos.ts";
import type { Platform } from "../store/platform.ts";
import type { Api } from "./api.ts";
import type { SosKey, SosKeyDb } from "./sos-key-db.ts";

/** `insecure`: a page on plain http has no keys, and a call for help has only the session. */
export interface SosKeysState {
  readonly support: "ok" | "insecure";
  /** Newest sign-in first. */
  readonly keys: readonly SosKey[];
}

/** The keys by which this phone calls for help without a session: SOSR-1. */
export interface SosKeys {
  readonly store: StoreApi<SosKeysState>;
  /** Makes the officer's key if there is none, and enrols it (again). Never rejects. */
  ensure(officerId: string): Promise<void>;
  /** What the sign-in page may call the officer. */
  name(officerId: string, label: string): void;
  /** The officer's key, if the server knows it. */
  of(officerId: string | undefined): SosKey | undefined;
  sign(key: SosKey, envelope: CommandEnvelope): Promise<SignedSos>;
  /** The server does not know it any more: it counts as not enrolled until the next sign-in. */
  unknown(officerId: string): void;
}

export interface SosKeysParts {
  /** Undefined when this browser keeps nothing: the key then lives as long as the page. */
  readonly db: SosKeyDb | undefined;
  readonly api: Pick<Api, "enrolSosKey">;
  readonly platform: Pick<Platform, "wallMs" | "after">;
  /** `crypto.subtle`; undefined on plain http. */
  readonly subtle: SubtleCrypto | undefined;
}

const CURVE = { name: "ECDSA", namedCurve: "P-256" } as const;
const SIGNING = { name: "ECDSA", hash: "SHA-256" } as const;
/** The page opens without its keys rather than not at all; they come when the disk does. */
const DISK_WAIT_MS = 2_000;
/** A phone that goes from hand to hand; what an earlier hand left in the outbox can still go out. */
const OFFICERS_KEPT = 5;

export async function createSosKeys(parts: SosKeysParts): Promise<SosKeys> {
  const { db, api, platform, subtle } = parts;
  const store = createStore<SosKeysState>(() => ({
    support: subtle ? "ok" : "insecure",
    keys: [],
  }));
  // What this page has made meanwhile came after what lies on a disk that opens late.
  const loading = (db?.all() ?? Promise.resolve([])).then(
    (stored) =>
      store.setState(({ keys }) => {
        const made = new Set(keys.map(({ officerId }) => officerId));
        return { keys: newestFirst([...keys, ...stored.filter((k) => !made.has(k.officerId))]) };
      }),
    () => undefined,
  );
  await Promise.race([
    loading,
    new Promise<void>((resolve) => void platform.after(DISK_WAIT_MS, resolve)),
  ]);
  const find = (officerId: string) =>
    store.getState().keys.find((key) => key.officerId === officerId);

  const keep = async (key: SosKey) => {
    const others = store.getState().keys.filter(({ officerId }) => officerId !== key.officerId);
    const keys = newestFirst([key, ...others]);
    store.setState({ keys: keys.slice(0, OFFICERS_KEPT) });
    try {
      await db?.put(key);
      for (const { officerId } of keys.slice(OFFICERS_KEPT)) await db?.remove(officerId);
    } catch {
      // A full disk: the key lives as long as this page.
    }
  };

  const make = async (officerId: string, crypto: SubtleCrypto): Promise<SosKey> => {
    const pair = await crypto.generateKey(CURVE, false, ["sign", "verify"]);
    const publicKey = base64url(await crypto.exportKey("raw", pair.publicKey));
    const fresh = { officerId, pair, publicKey, usedAt: platform.wallMs() };
    return (await db?.addOnce(fresh).catch(() => fresh)) ?? fresh;
  };

  const enrol = async (officerId: string, crypto: SubtleCrypto) => {
    const key = find(officerId) ?? (await make(officerId, crypto));
    // Before the answer: from now on this is whose phone it is.
    await keep({ ...key, usedAt: platform.wallMs() });
    const done = await api.enrolSosKey(key.publicKey);
    if (done.ok) await keep({ ...(find(officerId) ?? key), keyId: done.value.keyId });
  };

  return {
    store,
    async ensure(officerId) {
      if (!subtle) return;
      await enrol(officerId, subtle).catch(() => {
        // No road or no disk now: the next page life tries again, and the own page says so.
      });
    },
    name(officerId, label) {
      const key = find(officerId);
      if (key && key.label !== label) void keep({ ...key, label });
    },
    of(officerId) {
      const key = officerId === undefined ? undefined : find(officerId);
      return key?.keyId !== undefined && subtle ? key : undefined;
    },
    async sign(key, envelope) {
      if (!subtle || key.keyId === undefined) throw new Error("a key that is not enrolled");
      const text = new TextEncoder().encode(sosText(key.keyId, envelope));
      const bytes = await subtle.sign(SIGNING, key.pair.privateKey, text);
      return {
        envelope: { ...envelope, kind: "incident.sos" },
        keyId: key.keyId,
        signature: base64url(bytes),
      };
    },
    unknown(officerId) {
      const key = find(officerId);
      if (!key) return;
      const { keyId: _gone, ...rest } = key;
      void keep(rest);
    },
  };
}

const newestFirst = (keys: readonly SosKey[]): readonly SosKey[] =>
  [...keys].sort((a, b) => b.usedAt - a.usedAt);

function base64url(bytes: ArrayBuffer): string {
  const text = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
