import type { StoredRecord } from "../../../store/dto.ts";
import { useRecords } from "../../../store/use-records.ts";

export type SosRecord = StoredRecord<"incident">;

const OVER: ReadonlySet<string> = new Set(["RESOLVED", "REVIEWED", "FALSE_ALARM"]);

/** Calls for help that no named person has acknowledged yet, oldest first (CON-12). */
export const unanswered = (incidents: readonly SosRecord[]): SosRecord[] =>
  incidents
    .filter(({ dto }) => dto.sos && !dto.acknowledged && !OVER.has(dto.state ?? ""))
    .sort((a, b) => (a.dto.reportedAt ?? 0) - (b.dto.reportedAt ?? 0));

export const useUnanswered = (): readonly SosRecord[] => unanswered(useRecords("incident"));
