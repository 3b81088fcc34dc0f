import type { Role } from "../authority/roles.ts";
import type { Held, HoldDeadline, HoldStep } from "../hold/state.ts";
import type { Clocks } from "../kernel/clock.ts";
import type { Conflict } from "../kernel/conflict.ts";
import type { LatLng, RecordBase, TextRef } from "../kernel/record.ts";

/** What is reported by words; a call for help (SOS) needs none. */
export const REPORTED_KINDS = [
  "VIOLENT_RESISTANCE",
  "SIEGE",
  "SELF_HARM",
  "GROUP_PETITION",
  "MEDICAL",
  "TRAFFIC",
  "ESCAPE",
  "EQUIPMENT",
  "PUBLIC_OPINION",
] as const;
export type IncidentKind = "SOS" | (typeof REPORTED_KINDS)[number];

export type IncidentLevel = "GENERAL" | "LARGER" | "MAJOR" | "ESPECIALLY_MAJOR";
export type IncidentState =
  | "REPORTED"
  | "CONFIRMED"
  | "RESPONDING"
  | "CONTROLLED"
  | "RESOLVED"
  | "REVIEWED"
  | "FALSE_ALARM";

/** A desk that was told, and when it was. */
export interface Told {
  readonly courtId: string;
  readonly roles: readonly Role[];
  readonly at: number;
}

/** 就近支援: another court that moves first and is relieved by the enforcing court. */
export interface Assist {
  readonly courtId: string;
  readonly officerIds: readonly string[];
  /** ORDERED by a common superior, REQUESTED by an equal. */
  readonly asked: "ORDERED" | "REQUESTED";
  readonly byCourtId: string;
  readonly byOfficerId: string;
  readonly since: number;
  readonly state: "NAMED" | "ACKNOWLEDGED" | "HANDED_OVER" | "TAKEN_OVER" | "DECLINED";
  readonly acknowledged?: { readonly officerId: string; readonly at: number };
  /** When the helping court said that it hands over, and the enforcing court that it took over. */
  readonly handedOverAt?: number;
  readonly takenOverAt?: number;
  /** Why it was declined. */
  readonly reason?: TextRef;
}

/** 突发事件, SOS included. */
export interface Incident extends RecordBase {
  readonly type: "incident";
  readonly kind: IncidentKind;
  readonly sos: boolean;
  readonly level: IncidentLevel;
  /** Highest level it ever had: a tier that saw it keeps seeing it. */
  readonly climbedTo: IncidentLevel;
  readonly state: IncidentState;
  readonly reporterId: string;
  readonly operationId?: string;
  readonly detentionId?: string;
  readonly hostCourtId?: string;
  /** 调警: the court that its reporter was lent to and that commands him there. */
  readonly servesCourtId?: string;
  readonly caseNo?: string;
  /** Position sent with it, or none; `accuracyM` in metres, `fixAt` device time of the fix. */
  readonly place?: LatLng & { readonly accuracyM?: number; readonly fixAt?: number };
  readonly battery?: number;
  /**
   * 身份待核: every SOS merged here so far came without a session that was valid then (a signed-out
   * or revoked phone, a disabled account). An acknowledgement does not clear it.
   */
  readonly unverified?: true;
  readonly reportedAt: number;
  /** Ids of the SOS commands merged here: the first, and the last ones. The alarm bar merges by them. */
  readonly commandIds: readonly string[];
  /** How often the button was held while this one was open. */
  readonly repeats: number;
  readonly seenBy: readonly {
    readonly officerId: string;
    readonly courtId: string;
    readonly at: number;
  }[];
  readonly acknowledged?: {
    readonly officerId: string;
    readonly courtId: string;
    readonly at: number;
  };
  readonly cancelRequested?: { readonly at: number; readonly reason: TextRef };
  readonly casualties: { readonly dead: number; readonly injured: number };
  readonly detail?: TextRef;
  /** Why its level was lowered, the last time it was. */
  readonly levelReason?: TextRef;
  readonly endReason?: TextRef;
  /** 调查复盘: what was found, and by whom. */
  readonly review?: {
    readonly officerId: string;
    readonly courtId: string;
    readonly at: number;
    readonly findings: TextRef;
  };
  /** The P1 police request that an SOS opened. */
  readonly policeRequestId?: string;
  /** Desks in the order in which they were told: by level, by climbing, as host. */
  readonly told: readonly Told[];
  readonly held?: Held;
  readonly holdLog?: readonly HoldStep[];
  readonly holdReason?: TextRef;
  readonly deadline?: HoldDeadline;
  readonly assist?: Assist;
  readonly conflicts: readonly Conflict[];
  readonly clocks: Clocks;
}
