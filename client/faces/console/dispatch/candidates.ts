import type { LatLng } from "../../../../shared/domain/kernel/record.ts";
import { distanceM } from "../../../../shared/geo/distance.ts";
import { type FixFreshness, fixFreshness } from "../../../map/fix-freshness.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import type { RecordMaps } from "../../../store/records.ts";

/** Why somebody stands high on the list. */
export type Reason = "SAME_OPERATION" | "NEAREST" | "FREE" | "OWN_COURT" | "HOST_COURT";
/** Why somebody stands lower. */
export type Doubt = "BUSY" | "OLD_POSITION";

/** An officer who could go, or a court or police unit that could send somebody. */
export interface Candidate {
  readonly kind: "officer" | "court" | "unit";
  readonly id: string;
  readonly courtId: string;
  readonly distanceM: number;
  /** By road at city speed, estimated; never promised. */
  readonly minutes: number;
  readonly duty?: string;
  readonly freshness?: FixFreshness;
  /** The live operation that holds the officer. */
  readonly operationId?: string;
  readonly reasons: readonly Reason[];
  readonly doubts: readonly Doubt[];
}

export interface Candidates {
  readonly officers: readonly Candidate[];
  readonly units: readonly Candidate[];
  readonly courts: readonly Candidate[];
  /** On duty, but nothing is known of where: counted, not hidden. */
  readonly withoutPosition: number;
}

export interface Fix extends LatLng {
  /** Server ms. */
  readonly at: number;
}

export interface DispatchTarget {
  readonly at: LatLng;
  readonly courtId: string;
  readonly operationId?: string | undefined;
  readonly hostCourtId?: string | undefined;
  /** Who called for help does not come to his own rescue. */
  readonly exceptOfficerId?: string | undefined;
}

/** City traffic with blue lights off; CFG, an estimate and called one. */
export const SPEED_KMH = 30;
/** Roads are longer than the line through the air. */
export const DETOUR = 1.3;
const METRES_PER_MINUTE = (SPEED_KMH * 1_000) / 60;
/** Busy or unseen people are asked last: as if they were this much further away. */
const DOUBT_COST_M: Readonly<Record<Doubt, number>> = { BUSY: 10_000, OLD_POSITION: 3_000 };
/** Who is in the same operation is asked first. */
const SAME_OPERATION_GAIN_M = 5_000;

export const minutesFor = (metres: number): number =>
  Math.max(1, Math.round((metres * DETOUR) / METRES_PER_MINUTE));

/** Everybody who could help at a place, best first (CON-11). */
export function candidatesFor(
  target: DispatchTarget,
  maps: Pick<RecordMaps, "officer" | "operation" | "court" | "unit">,
  fixOf: (officer: StoredRecord<"officer">) => Fix | undefined,
  now: number,
): Candidates {
  const busy = busyOfficers(maps.operation);
  const onDuty = [...maps.officer.values()].filter(
    ({ id, dto }) =>
      dto.duty !== undefined && dto.duty !== "OFF_DUTY" && id !== target.exceptOfficerId,
  );
  const located = onDuty.flatMap((officer) => {
    const fix = fixOf(officer);
    return fix ? [officerCandidate(officer, fix, target, busy.get(officer.id), now)] : [];
  });
  return {
    officers: best(located),
    units: best(
      [...maps.unit.values()]
        .filter(({ dto }) => dto.kind === "POLICE")
        .flatMap((unit) => seated("unit", unit.id, unit.dto, target)),
    ),
    courts: best(
      [...maps.court.values()].flatMap((court) => seated("court", court.id, court.dto, target)),
    ),
    withoutPosition: onDuty.length - located.length,
  };
}

const ENDED: ReadonlySet<string> = new Set([
  "CLOSED",
  "ABORTED",
  "DRAFT",
  "SUBMITTED",
  "REJECTED",
  "APPROVED",
]);

/** Whoever takes part in an operation that has left. */
function busyOfficers(operations: RecordMaps["operation"]): ReadonlyMap<string, string> {
  const busy = new Map<string, string>();
  for (const { id, dto } of operations.values()) {
    if (dto.state === undefined || ENDED.has(dto.state)) continue;
    for (const officerId of [dto.sceneCommanderId, ...(dto.memberIds ?? [])]) {
      if (officerId) busy.set(officerId, id);
    }
  }
  return busy;
}

function officerCandidate(
  { id, dto }: StoredRecord<"officer">,
  fix: Fix,
  target: DispatchTarget,
  operationId: string | undefined,
  now: number,
): Candidate {
  const metres = distanceM(fix, target.at);
  const freshness = fixFreshness(fix.at, now);
  const same = operationId !== undefined && operationId === target.operationId;
  const reasons: Reason[] = [];
  if (same) reasons.push("SAME_OPERATION");
  if (operationId === undefined) reasons.push("FREE");
  if (dto.courtId === target.courtId) reasons.push("OWN_COURT");
  const doubts: Doubt[] = [];
  if (operationId !== undefined && !same) doubts.push("BUSY");
  if (freshness !== "FRESH") doubts.push("OLD_POSITION");
  return {
    kind: "officer",
    id,
    courtId: dto.courtId ?? "",
    distanceM: metres,
    minutes: minutesFor(metres),
    ...(dto.duty ? { duty: dto.duty } : {}),
    freshness,
    ...(operationId ? { operationId } : {}),
    reasons,
    doubts,
  };
}

function seated(
  kind: "court" | "unit",
  id: string,
  dto: { readonly courtId?: string; readonly seat?: LatLng },
  target: DispatchTarget,
): Candidate[] {
  if (!dto.seat) return [];
  const courtId = dto.courtId ?? id;
  const metres = distanceM(dto.seat, target.at);
  const reasons: Reason[] = [];
  if (courtId === target.hostCourtId) reasons.push("HOST_COURT");
  else if (courtId === target.courtId) reasons.push("OWN_COURT");
  return [
    { kind, id, courtId, distanceM: metres, minutes: minutesFor(metres), reasons, doubts: [] },
  ];
}

function costOf({ distanceM: metres, reasons, doubts }: Candidate): number {
  const doubt = doubts.reduce((sum, each) => sum + DOUBT_COST_M[each], 0);
  return metres + doubt - (reasons.includes("SAME_OPERATION") ? SAME_OPERATION_GAIN_M : 0);
}

function best(all: readonly Candidate[]): Candidate[] {
  const nearest = Math.min(...all.map((c) => c.distanceM));
  return all
    .map(
      (c): Candidate =>
        c.distanceM === nearest ? { ...c, reasons: ["NEAREST", ...c.reasons] } : c,
    )
    .sort((a, b) => costOf(a) - costOf(b) || (a.id < b.id ? -1 : 1));
}
