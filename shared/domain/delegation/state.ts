import type { Clocks } from "../kernel/clock.ts";
import type { RecordBase, SubjectRef, TextRef } from "../kernel/record.ts";

/** 委托事项: an item, never a whole case (practice, "Delegation"). */
export type DelegationItem =
  | "FREEZE_DEPOSIT"
  | "EXTEND_FREEZE"
  | "UNFREEZE_DEPOSIT"
  | "TRANSFER_DEPOSIT"
  | "FREEZE_EQUITY"
  | "SEAL_REAL_ESTATE"
  | "UNSEAL_REAL_ESTATE"
  | "TRANSFER_REAL_ESTATE"
  | "INVESTIGATE_PROPERTY"
  | "SERVE_PAPERS"
  /** A person already ordered detained, whose exact address in the other district is known. */
  | "CONTROL_DETAINED";

export type DelegationState =
  | "DRAFT"
  | "CENTER_REVIEW"
  | "SENT"
  | "ACCEPTED"
  | "RETURNED"
  | "ASSIGNED"
  | "DOING"
  | "FEEDBACK"
  | "REDO"
  | "CONFIRMED"
  | "WITHDRAWN";

/** Why a court declines a peer's delegation; the common superior counts these. */
export type ReturnCode =
  | "NOT_OUR_DISTRICT"
  | "NOT_AN_ITEM"
  | "TARGET_NOT_FOUND"
  | "ALREADY_DONE"
  | "LAW_FORBIDS"
  /** The delegating court did not complete its papers in time and is deemed to withdraw (W6). */
  | "PAPERS_NOT_COMPLETED";

export type Directive = "HASTEN" | "OVERRULE_RETURN";

/** What the delegating court asks for; written anew by each revision. */
export interface DelegationContent {
  readonly itemType: DelegationItem;
  readonly caseNo: string;
  readonly subject?: SubjectRef;
  /** Legal documents by name and number. */
  readonly docs: readonly { readonly name: string; readonly no: string }[];
  /** 拘留决定书, for CONTROL_DETAINED. */
  readonly decisionNo?: string;
  readonly request: TextRef;
  readonly address?: TextRef;
  readonly urgent: boolean;
  /** Server ms, as typed: when the common superior's centre was called by telephone … */
  readonly phonedAt?: number;
  /** … and the officer there who took the call. */
  readonly phonedTo?: string;
  /** Server ms by which it must be done; W5's 15 days where none is given. */
  readonly dueAt?: number;
}

export interface DelegationReport {
  readonly kind: "PROGRESS" | "RESULT" | "REDO";
  readonly text: TextRef;
  readonly at: number;
  readonly by: string;
}

/** 事项委托 between peers. `courtId` is the delegating court. */
export interface Delegation extends RecordBase, DelegationContent {
  readonly type: "delegation";
  readonly state: DelegationState;
  readonly toCourtId: string;
  /** The lowest court above both: the only one that may order either of them in this. */
  readonly superiorCourtId: string;
  readonly proposedBy: string;
  /** Why the own centre gave the draft back. */
  readonly reviewRemark?: TextRef;
  /** First time it left the court, and who let it go last. */
  readonly sentAt?: number;
  readonly sentBy?: string;
  readonly assigneeId?: string;
  /** Missing papers asked for (W6); open while it has no `completedAt`. */
  readonly papers?: {
    readonly text: TextRef;
    readonly askedAt: number;
    /** How often since it was sent. */
    readonly times: number;
    readonly completedAt?: number;
  };
  readonly returned?: {
    readonly code: ReturnCode;
    readonly text: TextRef;
    readonly at: number;
    readonly by: string;
  };
  /** The common superior found the return unfounded: it cannot be returned again. */
  readonly returnOverruled: boolean;
  readonly reports: readonly DelegationReport[];
  readonly directions: readonly {
    readonly directive: Directive;
    readonly text: TextRef;
    readonly at: number;
    readonly by: string;
    readonly dueAt?: number;
  }[];
  readonly withdrawReason?: TextRef;
  /** Each limit that was overrun, and the common superior that was told. */
  readonly overdue: readonly {
    readonly clock: string;
    readonly at: number;
    readonly toldCourtId: string;
  }[];
  readonly steps: readonly {
    readonly state: DelegationState;
    readonly at: number;
    readonly by: string;
  }[];
  readonly clocks: Clocks;
}
