import type { RecordBase } from "../kernel/record.ts";

/** 装备. */
export interface Asset extends RecordBase {
  readonly type: "asset";
  readonly kind: "VEHICLE" | "TERMINAL" | "BODYCAM" | "GEAR" | "DRONE";
  readonly plateOrSn: string;
  readonly status: "READY" | "IN_USE" | "FAULT";
}
