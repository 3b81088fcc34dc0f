import { useMemo } from "react";
import { useStore } from "zustand";
import type { EntityType } from "../../../shared/domain/kernel/ref.ts";
import type { StoredRecord } from "../../store/dto.ts";
import { useStores } from "../../store/stores-context.tsx";
import { useRecordMap } from "../../store/use-records.ts";

/** Live records and those that ended while this wall looked on: what "today" is counted from. */
export function useWithClosed<K extends EntityType>(type: K): readonly StoredRecord<K>[] {
  const live = useRecordMap(type);
  const closed = useStore(useStores().records, (s) => s.closed);
  return useMemo(() => {
    const ended = closed.filter((record) => record.type === type && !live.has(record.id));
    return [...live.values(), ...(ended as unknown as StoredRecord<K>[])];
  }, [live, closed, type]);
}
