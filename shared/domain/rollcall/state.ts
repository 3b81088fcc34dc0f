import type { Clocks } from "../kernel/clock.ts";
import type { RecordBase } from "../kernel/record.ts";
import type { Ref } from "../kernel/ref.ts";

export type RollState = "CALLED" | "PRESENT" | "LATE" | "ABSENT" | "FAULT";
/** Of picture or voice, as the caller judged it. */
export type LinkQuality = "GOOD" | "POOR" | "NONE";

/** A centre, an officer or a terminal that is called. */
export interface RollTarget {
  readonly ref: Ref & { readonly type: "court" | "officer" | "device" };
  /** Who must answer in person; a centre and a terminal without officer are answered by the desk. */
  readonly officerId?: string;
  readonly state: RollState;
  /** Server time of the answer. */
  readonly answeredAt?: number;
  readonly answeredBy?: string;
  readonly picture?: LinkQuality;
  readonly voice?: LinkQuality;
}

/**
 * 点名, as one court is called: `courtId` calls, `toCourtId` or terminals of it answer. What was
 * called together carries one `callId`; one record per court, so that no court sees a sibling's answer.
 */
export interface RollCall extends RecordBase {
  readonly type: "rollcall";
  readonly callId: string;
  readonly calledBy: string;
  readonly toCourtId: string;
  readonly calledAt: number;
  readonly targets: readonly RollTarget[];
  readonly clocks: Clocks;
}
