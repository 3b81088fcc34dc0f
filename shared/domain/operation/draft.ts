import { belongsTo } from "../court/belongs.ts";
import type { DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import { accept, type Decision, type Refusal, refusal, refuse } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { caseRefusal } from "../order/assigned-case.ts";
import { type DraftContent, operationEvent } from "./events.ts";
import { strangerNamed } from "./open.ts";
import type { OperationDocs, PlanContent } from "./plan.ts";
import type { Operation } from "./state.ts";

/** A plan as it comes from its author; the lists may be left out. */
export type DraftPlan = Omit<DraftContent, "plan" | "assetIds"> & {
  readonly assetIds?: readonly string[];
} & Omit<PlanContent, "otherCaseNos" | "docs"> & {
    readonly otherCaseNos?: readonly string[];
    readonly docs?: Partial<OperationDocs>;
  };

/** One of the two is said: whose district it is, or that it is outside the province. */
function placeRefusal(
  { placeCourtId, outsideProvince }: DraftPlan,
  courtId: string,
  state: StateReader,
): Refusal | undefined {
  if ((placeCourtId === undefined) === (outsideProvince === undefined)) {
    return refusal("PLACE_COURT_NEEDED", { ruleId: "OPS-40" });
  }
  if (placeCourtId === undefined || placeCourtId === courtId) return undefined;
  if (!state.get("court", placeCourtId)) return refusal("NO_SUCH_COURT");
  const above = state.get("court", courtId)?.tierPath.includes(placeCourtId);
  return above ? refusal("PLACE_COURT_ABOVE", { ruleId: "OPS-40" }) : undefined;
}

function content(payload: DraftPlan): DraftContent {
  const {
    planDoc,
    otherCaseNos = [],
    placeCourtId,
    outsideProvince,
    docs,
    risk,
    isMajor,
    discussion,
    subject,
    deputy,
    musterAt,
    assetIds = [],
    ...rest
  } = payload;
  return {
    ...rest,
    memberIds: [...new Set(payload.memberIds)],
    assetIds,
    plan: {
      planDoc,
      otherCaseNos,
      ...(placeCourtId ? { placeCourtId } : {}),
      ...(outsideProvince ? { outsideProvince } : {}),
      docs: { detentionDecisionIds: [], ...docs },
      risk,
      isMajor,
      ...(discussion ? { discussion } : {}),
      ...(subject ? { subject } : {}),
      ...(deputy ? { deputy } : {}),
      musterAt,
    },
  };
}

type Input = DecideInput<Operation, DraftPlan>;

const wrongIn = ({ payload, state }: Input, courtId: string): Refusal | undefined =>
  caseRefusal(payload.caseNo, courtId, state) ??
  strangerNamed(payload, courtId, state) ??
  placeRefusal(payload, courtId, state);

/** 草拟. */
export function draft(input: Input): Decision<DomainEvent> {
  const { id, payload, actor, state } = input;
  if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
  const wrong = wrongIn(input, actor.courtId);
  if (wrong) return { ok: false, refusal: wrong };
  return accept(
    operationEvent(id, "OperationDrafted", {
      ...content(payload),
      belongs: belongsTo(state, actor.courtId),
      author: actor.officerId,
    }),
  );
}

/** The whole plan again; whoever revises it is one of its authors from then on. */
export function revise(input: Input): Decision<DomainEvent> {
  const { id, payload, actor, entity } = input;
  if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
  const wrong = wrongIn(input, entity?.courtId ?? actor.courtId);
  if (wrong) return { ok: false, refusal: wrong };
  return accept(
    operationEvent(id, "OperationRevised", { ...content(payload), author: actor.officerId }),
  );
}
