import type { Role } from "../authority/roles.ts";
import type { Clocks } from "../kernel/clock.ts";
import type { RecordBase, TextRef } from "../kernel/record.ts";
import type { RollTotals } from "../rollcall/totals.ts";

export type NoticeKind = "BROADCAST" | "BULLETIN" | "ALERT";

/** 通知通报. `courtId` publishes, to itself and courts below it only. */
export interface Notice extends RecordBase {
  readonly type: "notice";
  readonly kind: NoticeKind;
  readonly body: TextRef;
  readonly publishedBy: string;
  readonly publishedAt: number;
  readonly toCourtIds: readonly string[];
  /** Officers of the own court who acknowledge each for himself, on their phones or at a desk. */
  readonly toOfficerIds?: readonly string[];
  /** Who in those courts is meant; empty means the desk, whoever sits there. */
  readonly forRoles: readonly Role[];
  readonly needsAck: boolean;
  readonly expiresAt: number;
  readonly state: "PUBLISHED" | "EXPIRED";
  /** The roll-call that this bulletin reports, with its totals as they stood then. */
  readonly rollCall?: { readonly callId: string; readonly totals: RollTotals };
  /** One per court, in order of time. */
  readonly acks: readonly { readonly courtId: string; readonly by: string; readonly at: number }[];
  /** The officers' own, in order of time. */
  readonly personAcks?: readonly { readonly officerId: string; readonly at: number }[];
  /** Each time the publisher asked again. */
  readonly reminders?: readonly { readonly at: number; readonly by: string }[];
  readonly clocks: Clocks;
}
