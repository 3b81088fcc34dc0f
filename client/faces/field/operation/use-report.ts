import { useMemo } from "react";
import { useOutbox } from "../../../link/outbox-context.tsx";
import type { HeldItem } from "../../../link/outbox-item.ts";
import { useItemsAbout, useUnrecorded } from "../use-field-records.ts";
import type { OnItsWay } from "./own-task.ts";

/** Sends a report of fact about one operation; saved on this phone first, whatever the network. */
export function useReport(operationId: string) {
  const outbox = useOutbox();
  return (kind: string, payload: Readonly<Record<string, unknown>>) =>
    void outbox.submit({ kind, ref: { type: "operation", id: operationId }, payload });
}

/** Reports of this phone about the operation that the records do not show yet. */
export function useOnItsWay(operationId: string): readonly OnItsWay[] {
  const items = useWaiting(operationId);
  return useMemo(
    () => items.map(({ envelope }) => ({ kind: envelope.kind, payload: envelope.payload })),
    [items],
  );
}

export const useWaiting = (operationId: string): readonly HeldItem[] =>
  useUnrecorded(useItemsAbout({ type: "operation", id: operationId }));
