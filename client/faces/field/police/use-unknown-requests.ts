import { useMemo } from "react";
import { useOutboxState } from "../../../link/outbox-context.tsx";
import type { HeldItem } from "../../../link/outbox-item.ts";
import { useRecordMap } from "../../../store/use-records.ts";
import { isUnrecorded } from "../sent.ts";
import { useCursorSeq } from "../use-field-records.ts";

/** Requests that only this phone knows so far, or that came back refused. */
export function useUnknownRequests(): readonly HeldItem[] {
  const items = useOutboxState((s) => s.items);
  const known = useRecordMap("police");
  const seq = useCursorSeq();
  return useMemo(
    () =>
      items.filter(
        (item) =>
          item.envelope.kind === "police.send" &&
          !known.has(item.envelope.ref.id) &&
          (item.stage.kind === "refused" || isUnrecorded(item, seq)),
      ),
    [items, known, seq],
  );
}
