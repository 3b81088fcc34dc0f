import { type CommandSpecs, command, type DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import { accept, type Decision, type Refusal, refusal, refuse } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import type { DetentionEvent } from "./events.ts";
import { mayApprove, mayApproveRetro } from "./guards.ts";
import { actIsNew, basisGiven, daysApproved, numberGiven } from "./law.ts";
import { termClock } from "./limits.ts";
import type { Detention } from "./state.ts";

export interface Approve {
  readonly decisionNo?: string;
  /** Fewer than proposed, if given. */
  readonly days?: number;
}

/** For a 拘传 the warrant, for a 拘留 the decision; what a stub did not know comes with it. */
export interface ApproveRetro extends Approve {
  readonly warrantNo?: string;
  readonly actId?: string;
  readonly basisArticles?: readonly string[];
}

type Input<P> = DecideInput<Detention, P>;

function approve({ id, entity, payload }: Input<Approve>): Decision<DomainEvent> {
  if (!entity) return refuse("NO_SUCH_RECORD");
  const { decisionNo = "", days = entity.days } = payload;
  if (days === undefined) return refuse("DAYS_MISSING", { ruleId: "D1" });
  const no =
    numberGiven(decisionNo, "DECISION_NO_MISSING", "D3") ?? daysApproved(days, entity.days);
  if (no) return { ok: false, refusal: no };
  return accept<DomainEvent>({
    type: "DetentionApproved",
    ref: { type: "detention", id },
    data: { decisionNo, days },
  } satisfies DetentionEvent);
}

function approveRetro({ id, entity, payload, state }: Input<ApproveRetro>): Decision<DomainEvent> {
  if (!entity) return refuse("NO_SUCH_RECORD");
  const no =
    entity.kind === "COMPEL" ? compelPapers(payload) : detainPapers(entity, payload, state);
  if (no) return { ok: false, refusal: no };
  const { days, ...papers } = payload;
  const { intakeAt } = entity.times;
  const known = entity.kind === "DETAIN" ? days : undefined;
  return accept<DomainEvent>({
    type: "DetentionApprovedRetro",
    ref: { type: "detention", id },
    data: {
      ...papers,
      ...(known === undefined ? {} : { days: known }),
      // In custody on unknown days: from now on the decided ones count, from the same intake.
      clocks: known !== undefined && intakeAt !== undefined ? [termClock(known, intakeAt)] : [],
    },
  } satisfies DetentionEvent);
}

const compelPapers = ({ warrantNo }: ApproveRetro): Refusal | undefined =>
  numberGiven(warrantNo, "WARRANT_MISSING", "S3");

function detainPapers(
  entity: Detention,
  payload: ApproveRetro,
  state: StateReader,
): Refusal | undefined {
  const { decisionNo, actId, days = entity.days } = payload;
  if (days === undefined) return refusal("DAYS_MISSING", { ruleId: "D1" });
  return (
    numberGiven(decisionNo, "DECISION_NO_MISSING", "D3") ??
    daysApproved(days, entity.days) ??
    basisGiven(payload.basisArticles ?? entity.basisArticles, "D3") ??
    (actId === undefined ? undefined : actIsNew(state, entity.caseNo, actId, entity.id))
  );
}

export const DETENTION_APPROVALS: CommandSpecs<Detention> = {
  "detention.approve": command<Detention, Approve>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: mayApprove,
    decide: approve,
  }),
  "detention.approveRetro": command<Detention, ApproveRetro>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: mayApproveRetro,
    decide: approveRetro,
  }),
};
