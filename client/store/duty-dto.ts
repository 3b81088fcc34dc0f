/** Records of duty as they come over the wire: what their projections add or leave out. */
import type { Role } from "../../shared/domain/authority/roles.ts";
import type { ClockDto } from "../../shared/domain/kernel/clock.ts";
import type { NoticeKind } from "../../shared/domain/notice/state.ts";
import type { OutsideNotification } from "../../shared/domain/notify/state.ts";
import type { LinkQuality, RollState } from "../../shared/domain/rollcall/state.ts";
import type { RollTotals } from "../../shared/domain/rollcall/totals.ts";
import type { MatterKind, Shift } from "../../shared/domain/shift/state.ts";
import type { StoredRecord, TextView } from "./dto.ts";

export interface SeenItem {
  readonly key: string;
  readonly kind: MatterKind;
  readonly overdue: boolean;
  readonly late?: boolean;
  readonly mark?: { readonly done: boolean; readonly by: string; readonly note?: TextView };
}

export interface SeenShift
  extends Pick<Shift, "courtId" | "officerId" | "from" | "to" | "mode" | "state"> {
  readonly id: string;
  /** Surname and title. */
  readonly officer?: string;
  readonly signedAt?: number;
  readonly handedOverAt?: number;
  readonly unsigned?: { readonly since: number };
  readonly list?: {
    readonly preparedAt: number;
    readonly counts: readonly { readonly kind: MatterKind; readonly undone: number }[];
    /** Of the own desk only. */
    readonly items?: readonly SeenItem[];
    readonly offered?: {
      readonly toShiftId: string;
      readonly officerId?: string;
      readonly at: number;
      readonly remark?: TextView;
    };
    readonly returned?: { readonly at: number; readonly reason: TextView };
  };
}

export interface SeenTarget {
  readonly key: string;
  readonly officerId?: string;
  readonly name?: string;
  readonly state: RollState;
  readonly answeredAt?: number;
  readonly picture?: LinkQuality;
  readonly voice?: LinkQuality;
}

export interface SeenRollCall {
  readonly id: string;
  readonly courtId: string;
  readonly callId: string;
  readonly toCourtId: string;
  readonly calledAt: number;
  readonly calledBy?: string;
  readonly targets: readonly SeenTarget[];
  readonly totals: RollTotals;
  readonly clocks?: readonly ClockDto[];
}

export interface SeenNotice {
  readonly id: string;
  readonly courtId: string;
  readonly kind: NoticeKind;
  readonly state: "PUBLISHED" | "EXPIRED";
  readonly publishedAt: number;
  readonly expiresAt: number;
  readonly toCourtIds: readonly string[];
  readonly forRoles: readonly Role[];
  readonly needsAck: boolean;
  readonly acked: { readonly n: number; readonly of: number };
  readonly owed: boolean;
  readonly reminded: { readonly times: number; readonly lastAt?: number };
  readonly climbed?: {
    readonly level: number;
    readonly roles: readonly Role[];
    readonly below?: readonly string[];
  };
  readonly body?: TextView;
  readonly publisher?: string;
  /** The publisher's alone. */
  readonly silent?: readonly string[];
  readonly toOfficers?: readonly {
    readonly officerId: string;
    readonly name?: string;
    readonly at?: number;
  }[];
}

export interface SeenCallOutside
  extends Pick<
    OutsideNotification,
    "courtId" | "kind" | "roles" | "recordRef" | "level" | "state" | "attempts"
  > {
  readonly id: string;
  readonly sentAt?: number;
  readonly failedAt?: number;
  readonly failure?: OutsideNotification["failure"];
  readonly retryAskedAt?: number;
}

type Seen = {
  readonly shift: SeenShift;
  readonly rollcall: SeenRollCall;
  readonly notice: SeenNotice;
  readonly notification: SeenCallOutside;
};

/** One record with its id, in the shape of its projection. */
export const seen = <K extends keyof Seen>(record: StoredRecord<K>): Seen[K] =>
  ({ ...(record.dto as object), id: record.id }) as Seen[K];

export const seenAll = <K extends keyof Seen>(
  records: ReadonlyMap<string, StoredRecord<K>>,
): Seen[K][] => [...records.values()].map(seen);
