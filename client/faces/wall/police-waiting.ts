import type { ClockDto } from "../../../shared/domain/kernel/clock.ts";
import { isLivePolice } from "../../map/live-records.ts";
import type { StoredRecord } from "../../store/dto.ts";
import { mostPressing } from "../../ui/clock-look.ts";

export interface PoliceRow {
  readonly request: StoredRecord<"police">;
  /** The clock that says most about it; nothing once the police have done all that is timed. */
  readonly clock: ClockDto | undefined;
}

/** Live requests, the next to run out first; those that wait for nothing last. */
export function policeRows(
  requests: Iterable<StoredRecord<"police">>,
  now: number,
): readonly PoliceRow[] {
  return [...requests]
    .filter(({ dto }) => isLivePolice(dto))
    .map((request) => ({ request, clock: mostPressing(request.dto.clocks, now) }))
    .sort(byDue);
}

const dueOf = ({ clock }: PoliceRow): number => clock?.dueAt ?? Number.POSITIVE_INFINITY;

function byDue(a: PoliceRow, b: PoliceRow): number {
  const [left, right] = [dueOf(a), dueOf(b)];
  if (left !== right) return left < right ? -1 : 1;
  return (a.request.dto.sentAt ?? 0) - (b.request.dto.sentAt ?? 0);
}
