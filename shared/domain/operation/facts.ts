import type { SubjectRef, TextRef } from "../kernel/record.ts";
import type { Operation } from "./state.ts";

/** Who and when; `at` is server ms for decisions, occurrence time for reports. */
export interface Stamp {
  readonly at: number;
  readonly by: string;
}

/** One officer at muster. EXCUSED: does not go, with a reason. */
export interface MusterCheck extends Stamp {
  readonly officerId: string;
  readonly presence: "PRESENT" | "EXCUSED";
  readonly reason?: TextRef;
  /** 执行公务证 at hand and valid. */
  readonly certificate: boolean;
  readonly uniform: boolean;
  readonly bodyCam: boolean;
  /** The field terminal was tested over its link. */
  readonly deviceTest: boolean;
}

/** What an officer showed on the scene (C1, C2), the search order too where there is one (Q3). */
export interface Shown extends Stamp {
  readonly officerId: string;
  readonly certificate: boolean;
  readonly uniform: boolean;
  readonly orderShown: boolean;
}

/** 见证人 · 公证员 · 律师 · 代表 · 基层组织 · 家属 · 审计. None of them signs in anywhere. */
export type AttendeeRole =
  | "WITNESS"
  | "NOTARY"
  | "LAWYER"
  | "DEPUTY"
  | "GRASSROOTS"
  | "FAMILY"
  | "AUDITOR";

export interface Attendee {
  readonly id: string;
  readonly role: AttendeeRole;
  /** A private person, by reference only. */
  readonly subject?: SubjectRef;
  /** Institution and office of whoever attends in an official capacity; no person's name. */
  readonly office?: string;
  /** Called to attend and refused (Q6): recorded, and it stops nothing. */
  readonly refused: boolean;
  readonly reason?: TextRef;
  readonly from?: number;
  readonly to?: number;
  readonly by: string;
}

export type SceneFactKind =
  | "ANNOUNCED"
  | "CORDON"
  | "OPENING_ORDERED"
  | "FORCED_OPENING"
  | "INVENTORY"
  | "LIST_HANDED"
  | "GOODS_DELIVERED"
  | "NO_GOODS"
  | "RECORD_SIGNED"
  | "SIGNING_REFUSED";

export interface SceneFact extends Stamp {
  readonly kind: SceneFactKind;
  readonly text?: TextRef;
}

/** Whole audio and video evidence, or the signed reason for its gap (湖北2016 三). */
export interface EvidenceStatement extends Stamp {
  readonly complete: boolean;
  readonly reason?: TextRef;
}

/** What was reported of an operation besides its milestones. */
export interface OperationFacts {
  readonly muster: readonly MusterCheck[];
  readonly shown: readonly Shown[];
  readonly attendees: readonly Attendee[];
  readonly scene: readonly SceneFact[];
  readonly safe: readonly (Stamp & { readonly officerId: string })[];
  readonly evidence?: EvidenceStatement;
}

export const NO_FACTS: OperationFacts = {
  muster: [],
  shown: [],
  attendees: [],
  scene: [],
  safe: [],
};

/** Those who go out: the scene commander and the members. */
export const teamOf = ({ sceneCommanderId, memberIds }: Operation): string[] => [
  ...new Set([sceneCommanderId, ...memberIds]),
];

/** A check from before the approval is of another day. */
export const musterOf = ({ facts, milestones }: Operation): readonly MusterCheck[] =>
  facts.muster.filter(({ at }) => at >= (milestones.APPROVED ?? 0));

/** The team without those who were excused at muster. */
export const goingOf = (operation: Operation): string[] => {
  const excused = musterOf(operation)
    .filter(({ presence }) => presence === "EXCUSED")
    .map(({ officerId }) => officerId);
  return teamOf(operation).filter((id) => !excused.includes(id));
};

export const happened = ({ facts }: Operation, ...kinds: readonly SceneFactKind[]): boolean =>
  facts.scene.some(({ kind }) => kinds.includes(kind));

/** Who has shown the certificate in uniform since the team left. */
export const showedOf = ({ facts, departureOrdered }: Operation): string[] =>
  facts.shown
    .filter(
      ({ at, certificate, uniform }) => certificate && uniform && at >= since(departureOrdered),
    )
    .map(({ officerId }) => officerId);

/**
 * Who has gone out and is not back safely yet. Nobody is back from what had not begun: a report
 * made too early by a slip of the finger closes nothing.
 */
export const notBack = (operation: Operation): string[] => {
  const back = operation.facts.safe
    .filter(({ at }) => operation.started !== undefined && at >= operation.started.at)
    .map(({ officerId }) => officerId);
  return goingOf(operation).filter((id) => !back.includes(id));
};

const since = (order: Stamp | undefined): number => order?.at ?? Number.POSITIVE_INFINITY;
