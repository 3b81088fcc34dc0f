import type { Role } from "../authority/roles.ts";
import type { LatLng, RecordBase } from "../kernel/record.ts";

export type CourtTier = "HIGH" | "INTERMEDIATE" | "BASIC";
/** A telephone of the court's duty desk: official data, not a person's number. */
export interface DutyContact {
  readonly id: string;
  /** Roles that are reached under it. */
  readonly roles: readonly Role[];
  readonly phone: string;
}

export type CourtKind = "LOCAL" | "MARITIME" | "RAILWAY" | "DEV_ZONE" | "SPECIAL";

/** 法院. `courtId` is its own id; `tierPath` runs from the High Court down to itself. */
export interface Court extends RecordBase {
  readonly type: "court";
  readonly name: string;
  readonly tier: CourtTier;
  readonly parentId?: string;
  /** Short code in case numbers (法〔2015〕137号). May be a guess: never an identity. */
  readonly caseCode?: string;
  readonly kind: CourtKind;
  readonly seat: LatLng;
  /** How the point was found: administrative centre, the court's own, or an estimate. */
  readonly dutyContacts?: readonly DutyContact[];
  readonly seatSource: "CTR" | "WIKI" | "EST" | "SURVEYED";
}
