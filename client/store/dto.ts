import type { Parts } from "../../shared/domain/authority/parts.ts";
import type { Role } from "../../shared/domain/authority/roles.ts";
import type { EntityMap } from "../../shared/domain/entities.ts";
import type { ClockDto } from "../../shared/domain/kernel/clock.ts";
import type { SubjectRef, TextRef } from "../../shared/domain/kernel/record.ts";
import type { EntityType } from "../../shared/domain/kernel/ref.ts";
import type { Refusal } from "../../shared/domain/kernel/refusal.ts";
import type { OrderState, ReceiptState } from "../../shared/domain/order/state.ts";

/** Free text as it comes in a frame: resolved for those who may read it, else only its reference. */
export type TextView = string | (TextRef & { readonly text?: string });

/** A stored shape as it is seen over the wire: texts may be resolved, everything may be missing. */
type Seen<T> = T extends TextRef
  ? TextView
  : T extends readonly (infer U)[]
    ? readonly Seen<U>[]
    : T extends object
      ? { readonly [K in keyof T]: Seen<T[K]> }
      : T;

/** What every DTO may carry besides the fields of its record. */
export interface DtoExtras {
  readonly clocks?: readonly ClockDto[];
  readonly parts?: Parts;
  /** For each action that this audience could ever take: nothing (null), or the law's refusal. */
  readonly acts?: Readonly<Record<string, Refusal | null>>;
  /** A request carries this as its `rev`; on a change of state or parts it is refused as STALE. */
  readonly stateRev?: number;
  /** Officers: surname and title (张警官), the one form of a name that every seat may show. */
  readonly short?: string;
  readonly roles?: readonly Role[];
  /** Stands in the emergency journal: the log does not hold this state of it yet. */
  readonly journalled?: true;
  /** Police requests and incidents: whose desk must act now, and who has been told. */
  readonly holder?: {
    readonly courtId: string;
    readonly officerId?: string;
    readonly told?: readonly { readonly courtId: string; readonly roles: readonly Role[] }[];
  };
}

/** At a linked unit's desk, which holds no record of courts, officers or operations. */
interface PartnerFields {
  readonly courtName?: string;
  readonly sceneCommander?: string;
  readonly condition?: Pick<SubjectRef, "sex" | "ageBand" | "flags">;
}

/** Fields that a projection adds to the record's own, by kind. */
interface ProjectedFields {
  readonly operation: {
    readonly pauseOrdered?: boolean;
    readonly pauseOrder?: {
      readonly orderState?: ReceiptState;
      /** Surname and title, and the court's name: a phone holds no record of either. */
      readonly byName?: string;
      readonly byCourt?: string;
    };
  };
  readonly incident: {
    /** Surname and title of the sender. */
    readonly reporter?: string;
    /** With the surname and title of whoever acknowledged. */
    readonly acknowledged?: { readonly name?: string };
  };
  readonly order: {
    readonly state?: OrderState;
    readonly toCourtIds?: readonly string[];
    readonly issuer?: string;
  };
  readonly police: PartnerFields & { readonly calendarLoaded?: boolean };
  readonly liaison: PartnerFields & {
    readonly calendarLoaded?: boolean;
    readonly overdue?: boolean;
    readonly remindedAt?: readonly number[];
  };
  readonly suggestion: { readonly calendarLoaded?: boolean };
}

type Projected<K extends EntityType> = K extends keyof ProjectedFields
  ? ProjectedFields[K]
  : unknown;

/** A record of kind `K` as this view sees it: a projection, so any field may be absent. */
export type DtoOf<K extends EntityType> = Seen<
  Partial<Omit<EntityMap[K], "clocks" | "type" | "id" | "rev" | "stateRev">>
> &
  Projected<K> &
  DtoExtras;

/** One record held by the client. Keyed replace: a put always brings the whole of it. */
export interface StoredRecord<K extends EntityType = EntityType> {
  readonly type: K;
  readonly id: string;
  readonly rev: number;
  readonly dto: DtoOf<K>;
}

/** The resolved text, or nothing when this view may not read it. */
export function textOf(text: TextView | undefined): string | undefined {
  return typeof text === "string" ? text : text?.text;
}
