import { tierPathOf } from "../authority/relation.ts";
import { type CommandSpecs, command, type DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { SubjectRef, TextRef } from "../kernel/record.ts";
import { accept, type Decision } from "../kernel/refusal.ts";
import { misfit } from "./conflicts.ts";
import type { DetentionEvent, MilestoneType } from "./events.ts";
import { evolveDetention } from "./evolve.ts";
import { formerRecordEvents } from "./former-record.ts";
import { clocksStartedBy, type HoldingReport } from "./limits.ts";
import { metaOf } from "./look-ahead.ts";
import { MILESTONES } from "./milestones.ts";
import type { Detention, DetentionType } from "./state.ts";
import { breachesFound, breachesRefuted } from "./verdicts.ts";

/** What a phone knows of a record that the server may not know yet. */
export interface AboutUnknown {
  readonly kind?: DetentionType;
  readonly caseNo?: string;
  readonly operationId?: string;
  readonly hostCourtId?: string;
  readonly subject?: SubjectRef;
  readonly escortIds?: readonly string[];
}

/** Every report may carry it; it counts only when the record is unknown. */
export interface Report {
  readonly about?: AboutUnknown;
}
export type ControlReport = Report & { readonly escortIds?: readonly string[] };
export type IntakeReport = Report & {
  readonly receiptNo: string;
  readonly facility?: string;
  readonly policeReceiver?: string;
};
export type RefusalReport = Report & { readonly reason: TextRef; readonly facility?: string };
export type FamilyReport = Report & { readonly impossibleReason?: TextRef };

type Input<P> = DecideInput<Detention, P>;
type FactType = HoldingReport | "FamilyNotified";
type Said<P> = (input: Input<P>) => Readonly<Record<string, unknown>>;

const fact = <P extends Report>(type: FactType, said: Said<P>) =>
  command<Detention, P>({
    nature: "FACT",
    target: "ANY",
    decide: (input) => report(type, said(input), input),
  });

/** A report is taken whatever the state; it says which clocks it starts and which limits it broke. */
function report<P extends Report>(
  type: FactType,
  said: Readonly<Record<string, unknown>>,
  input: Input<P>,
): Decision<DomainEvent> {
  const meta = metaOf(input);
  const stub = input.entity ? [] : [stubOpened(input)];
  const before = input.entity ?? evolveDetention(undefined, stubOpened(input), meta);
  const note = isMilestone(type) ? misfit(before, type, input.occurred) : undefined;
  const counts = note !== "AFTER_END" && note !== "OTHER_END";
  const clocks =
    counts && type !== "FamilyNotified" ? clocksStartedBy(type, before, input.occurred) : [];
  const event: DomainEvent = {
    type,
    ref: { type: "detention", id: input.id },
    data: { ...said, ...(type === "FamilyNotified" ? {} : { clocks }) },
  };
  const after = evolveDetention(before, event, meta);
  return accept(
    ...stub,
    event,
    ...breachesFound(after),
    ...(counts ? breachesRefuted(type, before, after, input.occurred) : []),
    ...formerRecordEvents(before, { type, note, clocks }, input.state, meta),
  );
}

const intakeSaid = ({
  receiptNo,
  facility,
  policeReceiver,
}: Pick<IntakeReport, "receiptNo" | "facility" | "policeReceiver">) => ({
  receiptNo,
  ...(facility ? { facility } : {}),
  ...(policeReceiver ? { policeReceiver } : {}),
});

/** 收押, as the house itself confirms it: the same report as that of the judicial police. */
export function intakeEvents(input: Input<IntakeReport>): readonly DomainEvent[] {
  const decision = report("IntakeDone", intakeSaid(input.payload), input);
  return decision.ok ? decision.events : [];
}

const isMilestone = (type: FactType): type is MilestoneType => Object.hasOwn(MILESTONES, type);

/** A stub of unknown kind counts as a detention: that starts more clocks at control, not fewer. */
function stubOpened<P extends Report>({ id, actor, payload, state }: Input<P>): DomainEvent {
  const courtId = actor.kind === "person" ? actor.courtId : "";
  const { kind = "DETAIN", caseNo, escortIds = [], ...about } = payload.about ?? {};
  const operation = about.operationId ? state.get("operation", about.operationId) : undefined;
  return {
    type: "DetentionStubOpened",
    ref: { type: "detention", id },
    data: {
      belongs: { courtId, tierPath: tierPathOf(state, courtId) },
      kind,
      caseNo: caseNo ?? operation?.caseNo ?? "",
      ...about,
      escortIds,
    },
  } satisfies DetentionEvent;
}

/** Whoever controls or transports is an escort of the person from then on. */
const escorts = ({ actor, payload }: Input<ControlReport>) => ({
  escortIds: [
    ...new Set([
      ...(payload.escortIds ?? []),
      ...(actor.kind === "person" ? [actor.officerId] : []),
    ]),
  ],
});

const nothing = () => ({});

export const DETENTION_FACTS: CommandSpecs<Detention> = {
  "detention.control": fact<ControlReport>("SubjectControlled", escorts),
  "detention.arrive": fact("SubjectArrived", nothing),
  "detention.startInquiry": fact("InquiryStarted", nothing),
  "detention.endInquiry": fact("InquiryEnded", nothing),
  "detention.transit": fact<ControlReport>("TransitStarted", escorts),
  "detention.intake": fact<IntakeReport>("IntakeDone", ({ payload }) => intakeSaid(payload)),
  "detention.refuseIntake": fact<RefusalReport>(
    "IntakeRefused",
    ({ payload: { reason, facility } }) => ({ reason, ...(facility ? { facility } : {}) }),
  ),
  "detention.notifyFamily": fact<FamilyReport>(
    "FamilyNotified",
    ({ payload: { impossibleReason } }) => (impossibleReason ? { impossibleReason } : {}),
  ),
  "detention.release": fact("SubjectReleased", nothing),
};
