import type { ClockDto } from "../../../../shared/domain/kernel/clock.ts";
import type { RecordMaps } from "../../../store/records.ts";

export interface DueByStep {
  /** Clocks of liberty that would be over at once. */
  readonly liberty: number;
  /** Other clocks: targets of response, orders. */
  readonly other: number;
}

const WITH_CLOCKS = ["detention", "police", "incident", "order"] as const;

/** Running clocks that a lift of server time by `byMs` would make due, among those this desk sees. */
export function dueByStep(maps: RecordMaps, now: number, byMs: number): DueByStep {
  const due = WITH_CLOCKS.flatMap((type) =>
    [...maps[type].values()].flatMap(({ dto }) =>
      ((dto.clocks ?? []) as readonly ClockDto[]).filter(
        ({ endedAt, dueAt }) => endedAt === undefined && dueAt > now && dueAt <= now + byMs,
      ),
    ),
  );
  const liberty = due.filter((clock) => clock.liberty).length;
  return { liberty, other: due.length - liberty };
}
