import { useMemo } from "react";
import { useStore } from "zustand";
import { useStores } from "../../../store/stores-context.tsx";
import { useNow } from "../../../ui/use-now.tsx";
import type { QueueItem } from "../queue/queue-item.ts";
import { queueItems } from "../queue/queue-items.ts";
import { inOrder } from "../queue/queue-order.ts";
import { useViewer } from "./use-viewer.ts";

/** Every open record of the view in the order of urgency, anew each second. */
export function useQueueItems(): readonly QueueItem[] {
  const maps = useStore(useStores().records, (s) => s.maps);
  const viewer = useViewer();
  const now = useNow(1_000);
  return useMemo(() => inOrder(queueItems(maps, viewer, now)), [maps, viewer, now]);
}
