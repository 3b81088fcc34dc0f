import { createContext, type ReactNode, useContext } from "react";
import type { Stores } from "./stores.ts";

const StoresContext = createContext<Stores | undefined>(undefined);

export function StoresProvider({ stores, children }: { stores: Stores; children: ReactNode }) {
  return <StoresContext value={stores}>{children}</StoresContext>;
}

/** The stores themselves, for what must not go through rendering: `mount(map, stores)`. */
export function useStores(): Stores {
  const stores = useContext(StoresContext);
  if (!stores) throw new Error("useStores outside StoresProvider");
  return stores;
}
