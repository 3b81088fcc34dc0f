import { useStore } from "zustand";
import type { Hello } from "../../shared/wire/live.ts";
import type { ConnectionState } from "./connection.ts";
import { useStores } from "./stores-context.tsx";
import type { UiState } from "./ui.ts";

export const useHello = (): Hello | undefined => useStore(useStores().session, (s) => s.hello);

export function useConnection<T>(select: (state: ConnectionState) => T): T {
  return useStore(useStores().connection, select);
}

export function useUi<T>(select: (state: UiState) => T): T {
  return useStore(useStores().ui, select);
}
