import { tierPathOf } from "../authority/relation.ts";
import { type CommandSpecs, command, type DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { SubjectRef, TextRef } from "../kernel/record.ts";
import { accept, type Decision } from "../kernel/refusal.ts";
import { caseRefusal } from "../order/assigned-case.ts";
import { deferralRefusal } from "../order/deferred-case.ts";
import type { About, DecisionEvent, DetentionEvent } from "./events.ts";
import { mayReleaseEarly, mayRevoke, mayStop } from "./guards.ts";
import { actIsNew, basisGiven, daysInRange, numberGiven } from "./law.ts";
import { withBreaches } from "./look-ahead.ts";
import type { Detention } from "./state.ts";

interface NewRecord {
  readonly caseNo: string;
  readonly operationId?: string;
  readonly hostCourtId?: string;
  readonly subject: SubjectRef;
  readonly escortIds?: readonly string[];
  readonly basisArticles: readonly string[];
}
export type ApproveCompel = NewRecord & { readonly warrantNo?: string };
export type Propose = NewRecord & { readonly actId: string; readonly days: number };
export interface EndByDecision {
  readonly decisionNo?: string;
  readonly reason?: TextRef;
}

type Input<P> = DecideInput<Detention, P>;

const aboutOf = ({
  caseNo,
  operationId,
  hostCourtId,
  subject,
  escortIds = [],
}: NewRecord): About => ({
  caseNo,
  ...(operationId ? { operationId } : {}),
  ...(hostCourtId ? { hostCourtId } : {}),
  subject,
  escortIds,
});

function belongs<P>({ actor, state }: Input<P>) {
  const courtId = actor.kind === "person" ? actor.courtId : "";
  return { courtId, tierPath: tierPathOf(state, courtId) };
}

/** 指定执行: nobody is newly taken for a case that another court enforces now. */
const assignedElsewhere = ({ actor, payload, state }: Input<NewRecord>) =>
  actor.kind === "person" ? caseRefusal(payload.caseNo, actor.courtId, state) : undefined;

/** 暂缓: nobody is fetched for a case whose enforcement rests. What obstructs it is another matter. */
const caseRests = ({ actor, payload, state }: Input<NewRecord>) =>
  actor.kind === "person" ? deferralRefusal(actor.courtId, [payload.caseNo], state) : undefined;

/** S3: the president signs the warrant itself, so the record begins as approved. */
function approveCompel(input: Input<ApproveCompel>): Decision<DomainEvent> {
  const { id, payload } = input;
  const { warrantNo = "", basisArticles } = payload;
  const no =
    assignedElsewhere(input) ??
    caseRests(input) ??
    numberGiven(warrantNo, "WARRANT_MISSING", "S3") ??
    basisGiven(basisArticles, "S1");
  if (no) return { ok: false, refusal: no };
  return accept<DomainEvent>({
    type: "CompelApproved",
    ref: { type: "detention", id },
    data: { belongs: belongs(input), ...aboutOf(payload), warrantNo, basisArticles },
  } satisfies DetentionEvent);
}

function propose(input: Input<Propose>): Decision<DomainEvent> {
  const { id, payload, state } = input;
  const { actId, days, basisArticles, caseNo } = payload;
  const no =
    assignedElsewhere(input) ??
    daysInRange(days) ??
    basisGiven(basisArticles, "D3") ??
    actIsNew(state, caseNo, actId, id);
  if (no) return { ok: false, refusal: no };
  return accept<DomainEvent>({
    type: "DetentionProposed",
    ref: { type: "detention", id },
    data: {
      belongs: belongs(input),
      ...aboutOf(payload),
      actId,
      basisArticles,
      days,
      emergency: false,
      clocks: [],
    },
  } satisfies DetentionEvent);
}

type Ending = "DetentionReleasedEarly" | "DetentionStopped" | "DetentionRevoked";

/** D7, D9: the end before the term is a written decision with a number. */
const endBy =
  (type: Ending, ruleId: string) =>
  (input: Input<EndByDecision>): Decision<DomainEvent> => {
    const { decisionNo = "", reason } = input.payload;
    const no = numberGiven(decisionNo, "DECISION_NO_MISSING", ruleId);
    if (no) return { ok: false, refusal: no };
    const ended = {
      type,
      ref: { type: "detention", id: input.id },
      data: { decisionNo, ...(reason ? { reason } : {}) },
    } satisfies DecisionEvent;
    return accept(...withBreaches(ended, input));
  };

export const DETENTION_DECISIONS: CommandSpecs<Detention> = {
  "detention.approveCompel": command<Detention, ApproveCompel>({
    nature: "REQUEST",
    target: "NEW",
    decide: approveCompel,
  }),
  "detention.propose": command<Detention, Propose>({
    nature: "REQUEST",
    target: "NEW",
    decide: propose,
  }),
  "detention.releaseEarly": command<Detention, EndByDecision>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: mayReleaseEarly,
    decide: endBy("DetentionReleasedEarly", "D7"),
  }),
  "detention.stop": command<Detention, EndByDecision>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: mayStop,
    decide: endBy("DetentionStopped", "D15"),
  }),
  "detention.revoke": command<Detention, EndByDecision>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: mayRevoke,
    decide: endBy("DetentionRevoked", "D9"),
  }),
};
