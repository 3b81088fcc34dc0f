import { useMemo } from "react";
import { useStore } from "zustand";
import { useOutboxState } from "../../../link/outbox-context.tsx";
import { useStores } from "../../../store/stores-context.tsx";
import { latestSos, type SosStory, sosStory } from "../sos-story.ts";
import { useCursorSeq, useNameOf } from "../use-field-records.ts";

/** What happened to the last call for help of this phone; undefined when there was none. */
export function useSosStory(): SosStory | undefined {
  const items = useOutboxState((s) => s.items);
  const maps = useStore(useStores().records, (s) => s.maps);
  const nameOf = useNameOf();
  const cursorSeq = useCursorSeq();
  return useMemo(() => {
    const item = latestSos(items);
    return item ? sosStory(item, maps, nameOf, cursorSeq) : undefined;
  }, [items, maps, nameOf, cursorSeq]);
}

/** An incident leaves this phone's records some time after it ended; until it is known it runs. */
export const isRunning = (story: SosStory | undefined): story is SosStory =>
  story !== undefined && !story.ended && !story.over;
