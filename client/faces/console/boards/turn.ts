import type { StoredRecord } from "../../../store/dto.ts";
import { clockView, mostPressing } from "../../../ui/clock-look.ts";

/** The one court that must act now, where a projection says so. */
export const turnOf = ({ dto }: StoredRecord): string | undefined =>
  (dto as { readonly turnCourtId?: string }).turnCourtId;

export const isOver = ({ dto }: StoredRecord, now: number): boolean => {
  const clock = mostPressing(dto.clocks, now);
  return clock !== undefined && clockView(clock, now).look === "overdue";
};

/** Red only where this court must act now; amber where it soon must. */
export function toneOf(
  record: StoredRecord,
  courtId: string | undefined,
  now: number,
): "act" | "soon" | "ours" | undefined {
  if (turnOf(record) !== courtId) return undefined;
  const clock = mostPressing(record.dto.clocks, now);
  const look = clock && clockView(clock, now).look;
  if (look === "overdue") return "act";
  return look === "soon" ? "soon" : "ours";
}

const dueOf = ({ dto }: StoredRecord, now: number): number =>
  mostPressing(dto.clocks, now)?.dueAt ?? Number.POSITIVE_INFINITY;

export const byUrgency =
  (now: number) =>
  (a: StoredRecord, b: StoredRecord): number =>
    dueOf(a, now) - dueOf(b, now) || (a.id < b.id ? -1 : 1);
