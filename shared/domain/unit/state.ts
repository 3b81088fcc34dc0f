import type { LatLng, RecordBase } from "../kernel/record.ts";
import type { UnitKind } from "./kinds.ts";

/** 联动单位: a police station, a bank, a tax office … that a court asks for help. */
export interface LinkedUnit extends RecordBase {
  readonly type: "unit";
  readonly kind: UnitKind;
  readonly name: string;
  /** Official duty telephone, typed by the duty officer when calling. */
  readonly dutyPhone?: string;
  readonly seat?: LatLng;
}
