import { useStore } from "zustand";
import type { Ref } from "../../../../shared/domain/kernel/ref.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import type { RecordsState } from "../../../store/records.ts";
import { useStores } from "../../../store/stores-context.tsx";

export type Selected =
  | { readonly kind: "live"; readonly record: StoredRecord }
  /** It ended while this view looked on. */
  | { readonly kind: "ended"; readonly record: StoredRecord }
  /** Not in the view (any more). */
  | { readonly kind: "gone" };

const find = (state: RecordsState, { type, id }: Ref) =>
  (state.maps[type] as ReadonlyMap<string, StoredRecord>).get(id);

export function useSelected(ref: Ref): Selected {
  const { records } = useStores();
  const live = useStore(records, (s) => find(s, ref));
  const ended = useStore(records, (s) =>
    s.closed.find((r) => r.type === ref.type && r.id === ref.id),
  );
  if (live) return { kind: "live", record: live };
  return ended ? { kind: "ended", record: ended as StoredRecord } : { kind: "gone" };
}
