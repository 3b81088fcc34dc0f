import type { Role } from "../authority/roles.ts";
import type { RecordBase } from "../kernel/record.ts";
import type { Ref } from "../kernel/ref.ts";

export type AlarmKind = "SOS" | "POLICE_P1" | "POLICE_P2";

/**
 * Why the gateway did not take it; nothing of what it said is kept. CROWDED_OUT: more urgent calls
 * have every place, and it waits for one.
 */
export type NotifyFailure = "TIMEOUT" | "UNREACHABLE" | "ANSWERED_ERROR" | "CROWDED_OUT";

/**
 * One call to people outside the system, because nobody at a desk acknowledged an alarm. `courtId`
 * is the court that is called, `id` the key: record, clock, start, level and court.
 *
 * - FAILED: the gateway has refused it several times; it is tried on while the alarm waits.
 * - MOOT: the alarm was acknowledged, or ended, before the gateway took it.
 */
export interface OutsideNotification extends RecordBase {
  readonly type: "notification";
  readonly kind: AlarmKind;
  readonly roles: readonly Role[];
  readonly recordRef: Ref;
  /** Level of the acknowledge clock that caused it. */
  readonly level: number;
  readonly state: "SENT" | "FAILED" | "MOOT";
  readonly attempts: number;
  readonly sentAt?: number;
  readonly failedAt?: number;
  readonly failure?: NotifyFailure;
  /** A desk asked to try again at once. */
  readonly retryAskedAt?: number;
  readonly retryAskedBy?: string;
}
