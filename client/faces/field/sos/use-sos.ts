import { useMemo } from "react";
import { useStore } from "zustand";
import { useOutboxState } from "../../../link/outbox-context.tsx";
import { useHolder } from "../../../link/sos-keys-context.tsx";
import { useStores } from "../../../store/stores-context.tsx";
import { useHello } from "../../../store/use-session.ts";
import { latestSos, type SosStory, sosStory } from "../sos-story.ts";
import { useCursorSeq, useNameOf } from "../use-field-records.ts";

/** What happened to the last call for help of this phone; undefined when there was none. */
export function useSosStory(): SosStory | undefined {
  const items = useOutboxState((s) => s.items);
  const { records } = useStores();
  const maps = useStore(records, (s) => s.maps);
  const closed = useStore(records, (s) => s.closed);
  const nameOf = useNameOf();
  const cursorSeq = useCursorSeq();
  // In whose name this phone would call now, as the outbox does.
  const holder = useHolder()?.officerId;
  const me = useHello()?.officerId ?? holder;
  return useMemo(() => {
    const item = latestSos(items, me);
    return item ? sosStory(item, maps, nameOf, cursorSeq, closed) : undefined;
  }, [items, maps, nameOf, cursorSeq, closed, me]);
}

/** An incident leaves this phone's records some time after it ended; until it is known it runs. */
export const isRunning = (story: SosStory | undefined): story is SosStory =>
  story !== undefined && !story.ended && !story.over;
