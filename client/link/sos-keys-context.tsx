import { createContext, type ReactNode, useContext } from "react";
import { useStore } from "zustand";
import type { SosKey } from "./sos-key-db.ts";
import type { SosKeys } from "./sos-keys.ts";

const SosKeysContext = createContext<SosKeys | undefined>(undefined);

export function SosKeysProvider({ keys, children }: { keys: SosKeys; children: ReactNode }) {
  return <SosKeysContext value={keys}>{children}</SosKeysContext>;
}

export function useSosKeys(): SosKeys {
  const keys = useContext(SosKeysContext);
  if (!keys) throw new Error("useSosKeys outside SosKeysProvider");
  return keys;
}

/** Whose phone this is: the key of the last sign-in, if the server knows it. */
export function useHolder(): SosKey | undefined {
  return useStore(useSosKeys().store, ({ support, keys }) =>
    support === "ok" && keys[0]?.keyId !== undefined ? keys[0] : undefined,
  );
}

export type KeyState = "insecure" | "ready" | "notEnrolled";

/** Whether this officer could call for help from here without a session. */
export function useKeyState(officerId: string | undefined): KeyState {
  return useStore(useSosKeys().store, ({ support, keys }) => {
    if (support === "insecure") return "insecure";
    const own = keys.find((key) => key.officerId === officerId);
    return own?.keyId === undefined ? "notEnrolled" : "ready";
  });
}
