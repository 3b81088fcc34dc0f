import { type ClockStart, type Clocks, startClock } from "../kernel/clock.ts";
import { type CommandSpecs, command, type DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { TextRef } from "../kernel/record.ts";
import { accept, type Decision, refuse } from "../kernel/refusal.ts";
import type { DetentionEvent } from "./events.ts";
import { mayConvert, mayExtend } from "./guards.ts";
import { actIsNew, basisGiven, daysInRange } from "./law.ts";
import { withBreaches } from "./look-ahead.ts";
import { heldSince } from "./milestones.ts";
import type { Detention } from "./state.ts";

export interface Extend {
  readonly complex: boolean;
  readonly detentionPossible: boolean;
  readonly reason?: TextRef;
}

export interface Convert {
  /** Id of the 拘留, chosen by the client. */
  readonly newId: string;
  readonly actId: string;
  readonly basisArticles: readonly string[];
  readonly days: number;
}

type Input<P> = DecideInput<Detention, P>;

/** S5: 24 hours instead of 8, counted from the same arrival. */
function extend({ id, entity, payload }: Input<Extend>): Decision<DomainEvent> {
  const { complex, detentionPossible, reason } = payload;
  const inquiry = entity?.clocks.inquiry;
  if (!inquiry) return refuse("NOT_ARRIVED", { ruleId: "S5" });
  if (!complex || !detentionPossible || !reason) {
    return refuse("EXTENSION_CONDITIONS", { ruleId: "S5" });
  }
  return accept<DomainEvent>({
    type: "InquiryExtended",
    ref: { type: "detention", id },
    data: { reason, clocks: [startClock("inquiry", "S5", inquiry.startAt)] },
  } satisfies DetentionEvent);
}

/** 拘传 → 拘留: another paper for the same person, so no time that has run is forgotten. */
function convert(input: Input<Convert>): Decision<DomainEvent> {
  const { id, entity, payload, state } = input;
  const controlledAt = entity && heldSince(entity.times);
  if (!entity || controlledAt === undefined) return refuse("NOT_CONTROLLED", { ruleId: "D4" });
  const { newId, actId, basisArticles, days } = payload;
  if (state.get("detention", newId)) return refuse("ALREADY_EXISTS");
  const no =
    daysInRange(days) ??
    basisGiven(basisArticles, "D3") ??
    actIsNew(state, entity.caseNo, actId, newId);
  if (no) return { ok: false, refusal: no };
  const converted: DetentionEvent = {
    type: "CompelConverted",
    ref: { type: "detention", id },
    data: { to: newId },
  };
  const proposed: DetentionEvent = {
    type: "DetentionProposed",
    ref: { type: "detention", id: newId },
    data: {
      belongs: { courtId: entity.courtId, tierPath: entity.tierPath },
      ...aboutOf(entity),
      actId,
      basisArticles,
      days,
      convertedFrom: id,
      controlledAt,
      emergency: entity.emergency && entity.times.approvedAt === undefined,
      clocks: inheritedClocks(entity.clocks, controlledAt),
    },
  };
  return accept<DomainEvent>(...withBreaches(converted, input), proposed);
}

const aboutOf = ({ caseNo, operationId, hostCourtId, subject, escortIds }: Detention) => ({
  caseNo,
  ...(operationId ? { operationId } : {}),
  ...(hostCourtId ? { hostCourtId } : {}),
  ...(subject ? { subject } : {}),
  escortIds,
});

/** S4/S5 and a missing approval go on until intake; hand-over and family count from control. */
function inheritedClocks(clocks: Clocks, controlledAt: number): ClockStart[] {
  const running = ["inquiry", "report"]
    .map((name) => clocks[name])
    .filter((clock) => clock !== undefined)
    .filter((clock) => clock.endedAt === undefined)
    .map(({ name, ruleId, ruleVersion, startAt, dueAt }) => ({
      name,
      ruleId,
      ruleVersion,
      startAt,
      dueAt,
    }));
  return [
    ...running,
    startClock("handover", "D4", controlledAt),
    startClock("family", "D5", controlledAt),
  ];
}

export const INQUIRY_DECISIONS: CommandSpecs<Detention> = {
  "detention.extend": command<Detention, Extend>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: mayExtend,
    decide: extend,
  }),
  "detention.convert": command<Detention, Convert>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: mayConvert,
    decide: convert,
  }),
};
