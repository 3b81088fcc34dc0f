import type { StoredRecord } from "../../../../store/dto.ts";
import { byUrgency, isOver, turnOf } from "../turn.ts";

type Row = StoredRecord<"supervision">;
type Rows = ReadonlyMap<string, Row>;

/** Supervisions of this view by how the own court stands to them; the most pressing first. */
export function supervisionsOf(supervisions: Rows, courtId: string | undefined, now: number) {
  const rows = [...supervisions.values()].sort(byUrgency(now));
  const byUs = rows.filter(({ dto }) => dto.courtId === courtId);
  const ofUs = rows.filter(({ dto }) => dto.targetCourtId === courtId);
  return { byUs, ofUs, told: rows.filter((row) => !byUs.includes(row) && !ofUs.includes(row)) };
}

export function supervisionCount(supervisions: Rows, courtId: string | undefined, now: number) {
  const mine = [...supervisions.values()].filter((row) => turnOf(row) === courtId);
  return { open: mine.length, act: mine.filter((row) => isOver(row, now)).length };
}
