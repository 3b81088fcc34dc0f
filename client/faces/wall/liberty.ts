import type { ClockDto } from "../../../shared/domain/kernel/clock.ts";
import type { StoredRecord } from "../../store/dto.ts";

/** One running liberty clock. Every one has its own row: none is ever folded away (WALL-4). */
export interface LibertyRow {
  readonly key: string;
  readonly detention: StoredRecord<"detention">;
  readonly clock: ClockDto;
}

/** Least time left first, so what is over stands on top. */
export function libertyRows(
  detentions: Iterable<StoredRecord<"detention">>,
): readonly LibertyRow[] {
  return [...detentions].flatMap(rowsOf).sort(byDue);
}

function rowsOf(detention: StoredRecord<"detention">): LibertyRow[] {
  return (detention.dto.clocks ?? [])
    .filter((clock) => clock.liberty && clock.endedAt === undefined)
    .map((clock) => ({ key: `${detention.id}:${clock.name}`, detention, clock }));
}

const byDue = (a: LibertyRow, b: LibertyRow): number =>
  a.clock.dueAt - b.clock.dueAt || a.key.localeCompare(b.key);
