import type { IncidentKind, IncidentLevel } from "../../../../shared/domain/incident/state.ts";
import { chinaTime } from "../../../ui/china-time.ts";
import { isCaseNo } from "../detention/about.ts";

export const LEVELS = [
  "GENERAL",
  "LARGER",
  "MAJOR",
  "ESPECIALLY_MAJOR",
] as const satisfies readonly IncidentLevel[];

export interface IncidentEntry {
  readonly kind: Exclude<IncidentKind, "SOS"> | undefined;
  readonly level: (typeof LEVELS)[number];
  readonly detail: string;
}

/** What the phone knows beside what was typed. */
interface Around {
  readonly operation?: { readonly id: string; readonly caseNo?: string | undefined } | undefined;
  readonly fix?: { readonly lat: number; readonly lng: number } | undefined;
}

export function incidentPayload({ kind, level, detail }: IncidentEntry, around: Around) {
  const { operation, fix } = around;
  const words = detail.trim();
  return {
    kind,
    level,
    ...(operation ? { operationId: operation.id } : {}),
    ...(operation?.caseNo ? { caseNo: operation.caseNo } : {}),
    ...(fix ? { place: { lat: fix.lat, lng: fix.lng } } : {}),
    ...(words ? { detail: words } : {}),
  };
}

export const APPROACHERS = ["OFFICIAL", "INSIDER", "PARTY", "OTHER"] as const;
export const WAYS = ["IN_PERSON", "PHONE", "LETTER", "MESSAGE", "MEETING", "THIRD_PERSON"] as const;

export interface ApproachEntry {
  readonly caseNo: string;
  readonly approacher: (typeof APPROACHERS)[number] | undefined;
  readonly approachedBy: (typeof WAYS)[number] | undefined;
  /** As a clock on the wall in China shows it. */
  readonly when: string;
  readonly who: string;
  readonly asked: string;
  readonly answered: string;
}

/** The first thing that the record cannot be without. */
export function missingInApproach(entry: ApproachEntry): keyof ApproachEntry | undefined {
  if (!isCaseNo(entry.caseNo)) return "caseNo";
  if (entry.approacher === undefined) return "approacher";
  if (entry.who.trim() === "") return "who";
  if (entry.approachedBy === undefined) return "approachedBy";
  if (chinaTime(entry.when) === undefined) return "when";
  return entry.asked.trim() === "" ? "asked" : undefined;
}

export function approachPayload(entry: ApproachEntry) {
  const answered = entry.answered.trim();
  return {
    caseNo: entry.caseNo.trim(),
    approacher: entry.approacher,
    who: entry.who.trim(),
    approachedBy: entry.approachedBy,
    approachedAt: chinaTime(entry.when),
    asked: entry.asked.trim(),
    ...(answered ? { answered } : {}),
  };
}
