import type { Held, HoldDeadline, HoldStep } from "../hold/state.ts";
import type { Clocks } from "../kernel/clock.ts";
import type { Conflict } from "../kernel/conflict.ts";
import type { LatLng, RecordBase, SubjectRef, TextRef } from "../kernel/record.ts";

export type PoliceRequestType =
  | "LOCATE_PERSON"
  | "SEIZE_VEHICLE"
  | "EXIT_BAN"
  | "TEMP_CONTROL"
  | "ONLINE_PURSUIT"
  | "CUSTODY_INTAKE"
  | "SCENE_SUPPORT"
  | "VIOLENCE_RESPONSE";

export type Urgency = "P1" | "P2" | "P3" | "P4";

export type PoliceRequestState =
  | "SENT"
  | "ACKED"
  | "DISPATCHED"
  | "ARRIVED"
  | "HELD_BY_POLICE"
  | "TAKEN_OVER"
  | "CLOSED"
  | "DECLINED"
  | "CANCELLED";

/** An answer of the police: given at their own desk, or typed in by a duty officer after a call. */
export interface PoliceAnswer {
  readonly state: PoliceRequestState;
  readonly byPhone: boolean;
  /** The unit that gave it at its own desk, or had the request when it was given by telephone. */
  readonly unitId?: string;
  /** Name of the police officer who said it (official data). */
  readonly saidBy: string;
  readonly typedBy: string;
  readonly at: number;
  readonly occurredAt: number;
  readonly note?: TextRef;
}

interface FormerUnit {
  readonly unitId: string;
  readonly addressedAt: number;
  /** The commit that sent it on: what the unit reports before it can know of it is still its own. */
  readonly untilSeq: number;
  /** It had not acknowledged in time. */
  readonly late: boolean;
}

/** 公安协助请求. */
export interface PoliceRequest extends RecordBase {
  readonly type: "police";
  readonly kind: PoliceRequestType;
  readonly urgency: Urgency;
  readonly state: PoliceRequestState;
  readonly caseNo?: string;
  readonly operationId?: string;
  readonly detentionId?: string;
  readonly incidentId?: string;
  readonly unitId?: string;
  /** When it came to the unit that has it now: sent, or sent on. */
  readonly addressedAt: number;
  /** Units it was sent on from. */
  readonly formerUnits: readonly FormerUnit[];
  /** Number of the criminal filing or arrest decision (ONLINE_PURSUIT). */
  readonly filingNo?: string;
  /** Number of the court's decision (EXIT_BAN, CUSTODY_INTAKE). */
  readonly decisionNo?: string;
  /** Number of the seizure order (SEIZE_VEHICLE). */
  readonly orderNo?: string;
  /** Masked, e.g. `鄂A·**123`: in clear it lies in the vault. */
  readonly plate?: string;
  readonly place?: LatLng;
  readonly subject?: SubjectRef;
  readonly detail?: TextRef;
  readonly sentBy: string;
  readonly sentAt: number;
  readonly answers: readonly PoliceAnswer[];
  readonly declineReason?: TextRef;
  /** The police say that they handed the person over; the court's own word is the take-over. */
  readonly handedOver?: { readonly at: number; readonly receivedBy: string };
  /** The police let the person go: `byPhone` as a duty officer typed it, else at the unit's desk. */
  readonly released?: {
    readonly at: number;
    readonly saidBy: string;
    readonly typedBy: string;
    readonly byPhone: boolean;
    readonly note?: TextRef;
  };
  /** 收押: the detention house has the person, and its receipt. */
  readonly tookIn?: { readonly at: number; readonly saidBy: string; readonly receiptNo: string };
  /** A named person of a higher duty desk who took it over. */
  readonly takenBy?: { readonly officerId: string; readonly courtId: string; readonly at: number };
  readonly held?: Held;
  readonly holdLog?: readonly HoldStep[];
  readonly holdReason?: TextRef;
  readonly deadline?: HoldDeadline;
  readonly endReason?: TextRef;
  /** When each state was first reached, occurrence time in ms. */
  readonly times: Readonly<Partial<Record<PoliceRequestState, number>>>;
  /** States that were reported late (迟报). */
  readonly lateReports: readonly PoliceRequestState[];
  readonly conflicts: readonly Conflict[];
  readonly clocks: Clocks;
}
