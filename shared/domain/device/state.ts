import type { RecordBase } from "../kernel/record.ts";

/** PHONE and TRACKER speak for an officer; KIOSK is a wall screen of a court. */
export type DeviceKind = "PHONE" | "TRACKER" | "KIOSK";

/** 终端. Its secret lies in the accounts store, never here. */
export interface Device extends RecordBase {
  readonly type: "device";
  readonly kind: DeviceKind;
  readonly label: string;
  readonly officerId?: string;
  readonly status: "REGISTERED" | "ENROLLED" | "REVOKED";
  readonly enrolledAt?: number;
}
