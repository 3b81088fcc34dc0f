import {
  type Audience,
  type AudienceEntry,
  courtViews,
  fieldViews,
  seatOf,
  standingOf,
  tierViews,
  uniqueViews,
} from "../authority/audience.ts";
import { clockDtos } from "../kernel/clock.ts";
import type { SubjectRef } from "../kernel/record.ts";
import type { StateReader } from "../kernel/state.ts";
import { isTerminal } from "./milestones.ts";
import { present } from "./present.ts";
import type { Detention } from "./state.ts";

/** The court of the place: its own, or that of the operation. */
export function hostOf(detention: Detention, state: StateReader): string | undefined {
  const { hostCourtId, operationId } = detention;
  return (
    hostCourtId ?? (operationId ? state.get("operation", operationId)?.hostCourtId : undefined)
  );
}

/** Own line of courts at once, the escorts' phones, and the court of the place while it lasts. */
export function detentionAudiences(
  detention: Detention,
  state: StateReader,
): readonly AudienceEntry[] {
  const host = isTerminal(detention) ? undefined : hostOf(detention, state);
  return uniqueViews([
    ...tierViews(state, detention.courtId, 2),
    ...(host ? courtViews(host, "host") : []),
    ...fieldViews(detention.escortIds),
  ]);
}

export function projectDetention(
  detention: Detention,
  state: StateReader,
  audience: Audience,
): Readonly<Record<string, unknown>> {
  const shown = common(detention, hostOf(detention, state));
  const masked = seatOf(audience) === "wall" || standingOf(audience) === "host";
  return masked ? shown : { ...shown, ...full(detention) };
}

/** Walls and the court of the place: what runs, where and with whom; no person, case or paper. */
const common = (detention: Detention, hostCourtId: string | undefined) => ({
  kind: detention.kind,
  state: detention.state,
  overtime: detention.overtime,
  courtId: detention.courtId,
  ...(hostCourtId ? { hostCourtId } : {}),
  ...present(detention, ["operationId"]),
  escortIds: detention.escortIds,
  clocks: clockDtos(detention.clocks),
});

const full = (detention: Detention) => ({
  ...present(detention, [
    "subject",
    "actId",
    "warrantNo",
    "decisionNo",
    "days",
    "proposedBy",
    "approvedBy",
    "facility",
    "policeReceiver",
    "intakeReceiptNo",
    "familyNotice",
    "endDecisionNo",
    "endReason",
    "convertedTo",
    "convertedFrom",
  ]),
  caseNo: detention.caseNo,
  basisArticles: detention.basisArticles,
  emergency: detention.emergency,
  approvedRetro: detention.approvedRetro,
  extended24h: detention.extended24h,
  stub: detention.stub,
  times: detention.times,
  intakeRefusals: detention.intakeRefusals,
  breaches: detention.breaches,
  conflicts: detention.conflicts,
  lateReports: detention.lateReports,
  warns: warnsOf(detention),
});

const NEEDS_PRE_CHECK: ReadonlySet<SubjectRef["ageBand"]> = new Set([
  "UNDER_14",
  "14_15",
  "16_17",
  "70_PLUS",
]);

/** Rules that ask for a check before going on: deputies (S8, D11), age and health (D12). */
function warnsOf({ kind, subject }: Detention): readonly string[] {
  if (!subject) return [];
  const deputy = kind === "COMPEL" ? "S8" : "D11";
  const frail = subject.flags.some((flag) => flag !== "DEPUTY");
  return [
    ...(subject.flags.includes("DEPUTY") ? [deputy] : []),
    ...(frail || NEEDS_PRE_CHECK.has(subject.ageBand) ? ["D12"] : []),
  ];
}
