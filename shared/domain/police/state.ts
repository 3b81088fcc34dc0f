import type { Held, HoldDeadline } from "../hold/state.ts";
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

/** An answer of the police as the duty officer typed it in after the telephone call. */
export interface PhoneAnswer {
  readonly state: PoliceRequestState;
  /** Name of the police officer who said it (official data). */
  readonly saidBy: string;
  readonly typedBy: string;
  readonly at: number;
  readonly occurredAt: number;
  readonly note?: TextRef;
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
  readonly place?: LatLng;
  readonly subject?: SubjectRef;
  readonly detail?: TextRef;
  readonly sentBy: string;
  readonly sentAt: number;
  readonly answers: readonly PhoneAnswer[];
  readonly declineReason?: TextRef;
  /** A named person of a higher duty desk who took it over. */
  readonly takenBy?: { readonly officerId: string; readonly courtId: string; readonly at: number };
  readonly held?: Held;
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
