import type { Role } from "../../../../shared/domain/authority/roles.ts";
import type { ClockDto } from "../../../../shared/domain/kernel/clock.ts";
import type { EntityType } from "../../../../shared/domain/kernel/ref.ts";
import type { StoredRecord } from "../../../store/dto.ts";

/**
 * What the left edge of a row says: `act` is red and means now, `soon` is due within its warning,
 * `liberty` holds a person, `ours` waits for this desk.
 */
export type Tone = "act" | "soon" | "liberty" | "ours" | "plain";

/** Kinds of records that wait in the queue. */
export type QueueType =
  | "incident"
  | "police"
  | "detention"
  | "order"
  | "operation"
  | "message"
  | "checkin"
  /** To be answered by this desk, or by whoever looks. */
  | "rollcall"
  /** To be acknowledged by this desk. */
  | "notice";

/** Who looks: the same for every row. */
export interface Viewer {
  readonly officerId: string | undefined;
  readonly courtId: string;
  /** What he sits here as; nobody's who sits in no centre. */
  readonly roles?: readonly Role[];
}

/** One row of the queue: a record that is open, and how pressing it is at a moment. */
export interface QueueItem {
  readonly key: string;
  readonly record: StoredRecord<QueueType>;
  readonly courtId: string;
  readonly tone: Tone;
  /** 0 is the most urgent. */
  readonly rank: number;
  /** When its most pressing clock is due, server ms; Infinity without one. */
  readonly dueAt: number;
  readonly clock: ClockDto | undefined;
  /** A person is held: never hidden by a filter (CON-3). */
  readonly liberty: boolean;
  readonly overdue: boolean;
  readonly mine: boolean;
}

export const itemKey = (ref: { readonly type: EntityType; readonly id: string }): string =>
  `${ref.type}:${ref.id}`;
