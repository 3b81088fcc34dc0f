import { createContext, type ReactNode, useContext } from "react";
import { useStore } from "zustand";
import type { Outbox } from "./outbox.ts";
import type { OutboxState } from "./outbox-store.ts";

const OutboxContext = createContext<Outbox | undefined>(undefined);

export function OutboxProvider({ outbox, children }: { outbox: Outbox; children: ReactNode }) {
  return <OutboxContext value={outbox}>{children}</OutboxContext>;
}

/** The field face's only way to hand in commands: `outbox.submit(request, {urgent?, subject?})`. */
export function useOutbox(): Outbox {
  const outbox = useContext(OutboxContext);
  if (!outbox) throw new Error("useOutbox outside OutboxProvider");
  return outbox;
}

export function useOutboxState<T>(select: (state: OutboxState) => T): T {
  return useStore(useOutbox().store, select);
}
