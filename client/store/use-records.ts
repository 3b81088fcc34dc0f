import { useMemo } from "react";
import { useStore } from "zustand";
import type { EntityType } from "../../shared/domain/kernel/ref.ts";
import type { StreamLine } from "../../shared/wire/live.ts";
import type { StoredRecord } from "./dto.ts";
import { useStores } from "./stores-context.tsx";

type RecordMap<K extends EntityType> = ReadonlyMap<string, StoredRecord<K>>;

/** One record; renders only when that record changes. */
export function useRecord<K extends EntityType>(
  type: K,
  id: string | undefined,
): StoredRecord<K> | undefined {
  return useStore(useStores().records, (s) =>
    id === undefined ? undefined : (s.maps[type] as RecordMap<K>).get(id),
  );
}

/** All records of a kind by id; renders when any of them changes. */
export function useRecordMap<K extends EntityType>(type: K): RecordMap<K> {
  return useStore(useStores().records, (s) => s.maps[type] as RecordMap<K>);
}

/** All records of a kind, in order of arrival; the array is stable until one of them changes. */
export function useRecords<K extends EntityType>(type: K): readonly StoredRecord<K>[] {
  const map = useRecordMap(type);
  return useMemo(() => [...map.values()], [map]);
}

/** The event stream, newest first. */
export const useLines = (): readonly StreamLine[] => useStore(useStores().records, (s) => s.lines);

/** False until the first snapshot: lists show a skeleton, not "empty". */
export const useLoaded = (): boolean => useStore(useStores().records, (s) => s.cursor !== null);
