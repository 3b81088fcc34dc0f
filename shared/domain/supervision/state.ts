import type { Clocks } from "../kernel/clock.ts";
import type { RecordBase, TextRef } from "../kernel/record.ts";

/** 个案督办 · 挂牌 · 约谈 · 一案双查 · 通报 (model 4.8). */
export type SupervisionKind = "CASE" | "LISTED" | "INTERVIEW" | "DUAL_CHECK" | "BULLETIN";

/** What set it off; the three middle ones are 消极、选择性、乱执行. */
export type SupervisionTrigger =
  | "COMPLAINT"
  | "PETITION"
  | "INACTION"
  | "SELECTIVE"
  | "WRONGFUL"
  | "INDICATOR"
  | "OVERDUE"
  | "FROM_ABOVE"
  | "OTHER";

/** What follows when the target court lets the term pass; each is a state of its own. */
export type SupervisionMeasure = "FILE_CALLED" | "REASSIGNED" | "TAKEN_UP" | "BULLETINED";

export type SupervisionState =
  | "OPENED"
  | "LETTER_SENT"
  | "ASSIGNED"
  | "REPORTING"
  | "REPORTED"
  | "RETURNED"
  | "URGED"
  | SupervisionMeasure
  | "CLOSED";

/** One piece of evidence for an item, numbered from 1 within it. */
export interface Evidence {
  readonly no: number;
  readonly text: TextRef;
  readonly at: number;
  readonly by: string;
  /** Server ms at which the supervising court sent it back as not enough. */
  readonly returnedAt?: number;
}

/** 整改清单 entry, closed (销号) by the supervising court only. */
export interface RectificationItem {
  readonly itemId: string;
  readonly ownerId: string;
  readonly dueAt: number;
  readonly what: TextRef;
  /** Everything that was handed in, the oldest first; nothing replaces what came before. */
  readonly shown: readonly Evidence[];
  /** The newest that waits to be judged. */
  readonly evidence?: Evidence;
  /** The last evidence was not enough. */
  readonly returned?: { readonly text: TextRef; readonly at: number };
  readonly closed?: {
    readonly at: number;
    readonly by: string;
    /** The piece of evidence that it was closed on; missing in what was closed before it was asked. */
    readonly evidenceNo?: number;
  };
}

/** 督办. `courtId` is the supervising court. */
export interface Supervision extends RecordBase {
  readonly type: "supervision";
  readonly kind: SupervisionKind;
  readonly state: SupervisionState;
  readonly trigger: SupervisionTrigger;
  readonly targetCourtId: string;
  /** Courts between: they are told. */
  readonly copiedCourtIds: readonly string[];
  readonly caseNo?: string;
  readonly matter: TextRef;
  /** Server ms of accepting the complaint: the letter is due 10 days later (I6). */
  readonly acceptedAt: number;
  /** The supervision from above that this one passes on to a court below. */
  readonly forwardOf?: string;
  readonly openedBy: string;
  /** 督办函. */
  readonly letterNo?: string;
  readonly demand?: TextRef;
  readonly dueAt?: number;
  readonly assigneeId?: string;
  readonly reports: readonly { readonly text: TextRef; readonly at: number; readonly by: string }[];
  readonly returns: readonly { readonly text: TextRef; readonly at: number; readonly by: string }[];
  /** Urging and what followed. */
  readonly measures: readonly {
    readonly measure: "URGED" | SupervisionMeasure;
    readonly text: TextRef;
    readonly at: number;
    readonly by: string;
    /** 指定他院. */
    readonly toCourtId?: string;
  }[];
  /** 约谈: who was there. */
  readonly interview?: {
    readonly heldAt: number;
    readonly attendeeIds: readonly string[];
    readonly minutes: TextRef;
  };
  /** 一案双查: the case and the conduct of its officers. */
  readonly findings: readonly {
    readonly check: "CASE" | "CONDUCT";
    readonly text: TextRef;
    readonly at: number;
    readonly by: string;
  }[];
  readonly items: readonly RectificationItem[];
  readonly closed?: { readonly at: number; readonly by: string; readonly text: TextRef };
  readonly clocks: Clocks;
}
