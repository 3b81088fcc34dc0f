import type { ClockDto } from "../../../shared/domain/kernel/clock.ts";
import type { StoredRecord } from "../../store/dto.ts";
import { clockView, mostPressing } from "../../ui/clock-look.ts";

export type Asked = StoredRecord<"police"> | StoredRecord<"liaison">;

/** One line of the list. */
export interface Row {
  readonly key: string;
  readonly record: Asked;
  /** Nobody of the unit has signed for it: it rings. */
  readonly unsigned: boolean;
  readonly overdue: boolean;
  /** Somebody must act now: overdue, or help that waits for minutes is not signed for. */
  readonly pressing: boolean;
  readonly clock: ClockDto | undefined;
}

export const keyOf = ({ type, id }: Pick<Asked, "type" | "id">): string => `${type}:${id}`;

/** Help on the spot comes first; what an office answers within days stands with the queries. */
const URGENCY: Readonly<Record<string, number>> = { P1: 1, P2: 2, P3: 3, P4: 4 };
const OF_AN_OFFICE = 4;

const urgencyOf = (record: Asked): number =>
  record.type === "police" ? (URGENCY[record.dto.urgency ?? ""] ?? OF_AN_OFFICE) : OF_AN_OFFICE;

/** The most urgent first, then what is unsigned, then what is due first. */
export function rowsOf(records: Iterable<Asked>, now: number): readonly Row[] {
  const rows = [...records].map((record): Row => {
    const clock = mostPressing(record.dto.clocks, now);
    const unsigned = record.dto.state === "SENT";
    const overdue = clock !== undefined && clockView(clock, now).look === "overdue";
    const pressing = overdue || (unsigned && urgencyOf(record) < OF_AN_OFFICE);
    return { key: keyOf(record), record, unsigned, overdue, pressing, clock };
  });
  return rows.sort(
    (a, b) =>
      urgencyOf(a.record) - urgencyOf(b.record) ||
      Number(b.unsigned) - Number(a.unsigned) ||
      dueOf(a) - dueOf(b) ||
      a.key.localeCompare(b.key),
  );
}

const dueOf = ({ clock }: Row): number => clock?.dueAt ?? Number.POSITIVE_INFINITY;

/** When it came to this unit. */
export const cameAt = (record: Asked): number =>
  (record.type === "police" ? record.dto.addressedAt : record.dto.sentAt) ?? 0;
