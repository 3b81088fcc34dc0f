import type { EntityType } from "./ref.ts";

/** What every record carries, whatever its kind. Records are immutable; the fold replaces them. */
export interface RecordBase {
  readonly type: EntityType;
  /** Made by the client that created the record (UUIDv7), so an offline terminal can retry. */
  readonly id: string;
  /** Grows by one with every event folded into this record. */
  readonly rev: number;
  /** The `rev` at which state or parts last changed; a request made on an older one is STALE. */
  readonly stateRev: number;
  /** The court whose record this is. */
  readonly courtId: string;
  /** Ids from the root of the court tree down to and including `courtId`. */
  readonly tierPath: readonly string[];
  /** Server time of the commit that created / last changed it, integer ms. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/**
 * A person outside the courts, without anything that may have to be forgotten: the label is
 * already masked, the identity lies in the vault under `id`.
 */
export interface SubjectRef {
  readonly id: string;
  /** Surname and stars, e.g. `张**`. Never a full name. */
  readonly label: string;
  readonly sex: "M" | "F" | "UNKNOWN";
  /** Cut at the ages the law asks about: 14, 16, 18 and 70 (拘留所条例实施办法 18). */
  readonly ageBand: "UNDER_14" | "14_15" | "16_17" | "18_69" | "70_PLUS" | "UNKNOWN";
  readonly flags: readonly SubjectFlag[];
}

export type SubjectFlag = "DEPUTY" | "HEALTH" | "PREGNANT_OR_NURSING";

/** Free text lives in the vault; events carry this. Resolved when a frame is built, by rights. */
export interface TextRef {
  readonly id: string;
  readonly hash: string;
}

/** WGS-84 degrees. */
export interface LatLng {
  readonly lat: number;
  readonly lng: number;
}

export interface Place extends LatLng {
  /** Official place description (road and number of the operation), not a person's address. */
  readonly address: string;
}
