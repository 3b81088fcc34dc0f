import type { Bilingual } from "../kernel/refusal.ts";
import type { UnitKind } from "./kinds.ts";

/** 协助事项 (Hubei 2016 五, Sichuan 二, Wuhan 2018 八). */
export const LIAISON_SERVICES = [
  "QUERY",
  "SEAL",
  "SEIZE",
  "FREEZE",
  "TRANSFER",
  "RELEASE",
  "VALUATION",
  "TAX_CHECK",
  "PUBLICATION",
  "LABOR",
  "CREDIT",
  "LIST_CHECK",
  "BIDDING_BAN",
  "EXIT_RECORDS",
] as const;
export type LiaisonService = (typeof LIAISON_SERVICES)[number];

/** Fields of a request that a service may need. */
export type ContentField =
  | "caseNo"
  | "subject"
  | "noticeNo"
  | "rulingNo"
  | "decisionNo"
  | "orderNo"
  | "filingNo"
  | "plate"
  | "detail"
  | "place";

/**
 * What a unit may be shown: the content, of the person the label alone, and derived from other
 * records `condition` (sex, age band, health flags: whoever takes somebody in must know) and the
 * scene commander's name.
 */
export type ShownField = ContentField | "condition" | "sceneCommander";

interface Spec {
  readonly name: Bilingual;
  /** Not sent without these. */
  readonly needs: readonly ContentField[];
  /** What the unit sees of it, besides kind, state and clocks. */
  readonly shows: readonly ShownField[];
  /** The decision's article or the law's. */
  readonly basis: Bilingual;
}

/** What the police answer at their desk, as their buttons say it. */
export const POLICE_ANSWERS = [
  "ACKED",
  "DISPATCHED",
  "ARRIVED",
  "HELD_BY_POLICE",
  "HANDED_OVER",
  "TOOK_IN",
  "RELEASED",
  "CLOSED",
] as const;
export type PoliceAnswerStep = (typeof POLICE_ANSWERS)[number];

export type LiaisonAnswerStep = "RECEIVED" | "PROCESSING" | "REPLIED";

export interface PoliceSpec extends Spec {
  /** In the order of work; the others stay possible, aside. */
  readonly answers: readonly PoliceAnswerStep[];
}

export interface LiaisonSpec extends Spec {
  readonly unit: UnitKind;
  readonly service: LiaisonService;
  /** Term of the answer in working days. CFG, not law. */
  readonly workingDays: number;
  /** In the order of work. */
  readonly answers: readonly LiaisonAnswerStep[];
}
