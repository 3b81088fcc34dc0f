import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";
import type { Ticker } from "./ticker.ts";

const TickerContext = createContext<Ticker | undefined>(undefined);

export function TickerProvider({ ticker, children }: { ticker: Ticker; children: ReactNode }) {
  return <TickerContext value={ticker}>{children}</TickerContext>;
}

/** Server time in ms, a new value each `stepMs` (250 ms is the finest). */
export function useNow(stepMs: 250 | 1_000 | 10_000 | 60_000 = 1_000): number {
  const ticker = useContext(TickerContext);
  if (!ticker) throw new Error("useNow outside TickerProvider");
  return useSyncExternalStore(ticker.subscribe, () => ticker.now(stepMs));
}
