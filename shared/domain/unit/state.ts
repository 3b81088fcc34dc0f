import type { LatLng, RecordBase } from "../kernel/record.ts";

/** 联动单位: a police station, a detention house … that a court asks for help. */
export interface LinkedUnit extends RecordBase {
  readonly type: "unit";
  readonly kind: "POLICE" | "DETENTION_HOUSE";
  readonly name: string;
  /** Official duty telephone, typed by the duty officer when calling. */
  readonly dutyPhone?: string;
  readonly seat?: LatLng;
}
