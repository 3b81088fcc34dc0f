import type { StoredRecord } from "../../../store/dto.ts";
import { ClockBadge } from "../../../ui/ClockBadge.tsx";
import { mostPressing } from "../../../ui/clock-look.ts";
import { useNow } from "../../../ui/use-now.tsx";

/** The clock of a row that is due first. */
export function RowClock({ record }: { record: StoredRecord }) {
  const now = useNow(1_000);
  const clock = mostPressing(record.dto.clocks, now);
  return clock ? <ClockBadge clock={clock} /> : null;
}
