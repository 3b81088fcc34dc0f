import type { Clocks } from "../kernel/clock.ts";
import type { RecordBase, TextRef } from "../kernel/record.ts";

/**
 * 现场平安报告: one officer of one operation whose sign of life is waited for while he is on scene.
 * `courtId` is the officer's court; `hostCourtId` the operation's, where he was lent to another.
 */
export interface CheckIn extends RecordBase {
  readonly type: "checkin";
  readonly operationId: string;
  readonly officerId: string;
  readonly hostCourtId?: string;
  /** ENDED after the scene, with his safe return; STOPPED when a centre took him off the clock. */
  readonly state: "RUNNING" | "STOPPED" | "ENDED";
  readonly beganBy: string;
  /** Newest sign of life, by when it happened, server ms. */
  readonly lastAt: number;
  /** Whoever in a centre last spoke for him (radio, telephone). */
  readonly vouched?: { readonly at: number; readonly by: string; readonly note?: TextRef };
  readonly stopReason?: TextRef;
  /** It has climbed to the courts above once, and they keep seeing it. */
  readonly climbed: boolean;
  readonly clocks: Clocks;
}
