import { createContext, type ReactNode, useContext } from "react";
import { useStore } from "zustand";
import type { LatLng } from "../../../../shared/domain/kernel/record.ts";
import type { MapView } from "../../../map/map-view.ts";
import type { ConsoleApi } from "./console-api.ts";
import type { DeskState, DeskStore } from "./desk-store.ts";

interface Sight {
  readonly center: LatLng;
  readonly zoom: number;
}

/** What the parts of one console share. */
export interface Desk {
  readonly store: DeskStore;
  readonly api: ConsoleApi;
  newId(): string;
  /** Keys of the queue's rows as they are drawn. */
  readonly rows: { current: readonly string[] };
  /** The map while it stands. */
  readonly map: { current: MapView | null };
  /** What the map looked at last, for the map that takes its place. */
  readonly sight: { current: Sight | null };
}

const DeskContext = createContext<Desk | undefined>(undefined);

export function DeskProvider({ desk, children }: { desk: Desk; children: ReactNode }) {
  return <DeskContext value={desk}>{children}</DeskContext>;
}

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("useDesk outside DeskProvider");
  return desk;
}

export function useDeskState<T>(select: (state: DeskState) => T): T {
  return useStore(useDesk().store, select);
}
