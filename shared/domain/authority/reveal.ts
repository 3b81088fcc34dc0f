/**
 * Who may see personal data in clear (domain/authority.md 5.3): one row per field, and how a viewer
 * stands to the subject by the records that carry it. A look on the wall never asks: deny by
 * default.
 */
import type { Delegation } from "../delegation/state.ts";
import { isEnded, isOutside } from "../delegation/turn.ts";
import type { Detention } from "../detention/state.ts";
import type { SubjectRef } from "../kernel/record.ts";
import { type Refusal, type RefusalText, refusal } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { isEnded as isLiaisonEnded } from "../liaison/lifecycle.ts";
import type { LiaisonRequest } from "../liaison/state.ts";
import type { Officer } from "../officer/state.ts";
import type { Operation } from "../operation/state.ts";
import { isUnderWay } from "../operation/steps.ts";
import { isEnded as isRequestEnded } from "../police/lifecycle.ts";
import type { PoliceRequest } from "../police/state.ts";
import { relationOf, tierPathOf } from "./relation.ts";
import { CENTER_ROLES, type Role } from "./roles.ts";
import type { SubjectField } from "./subject-mask.ts";

/** A seat at the console is no standing by itself: an executor sits there to draft (REV-4). */
const LOOK_UP: readonly Role[] = [...CENTER_ROLES, "JUDGE", "REVIEW_JUDGE"];
const mayLookUp = (roles: readonly Role[]): boolean => roles.some((role) => LOOK_UP.includes(role));

export interface Viewer {
  readonly officerId: string;
  readonly courtId: string;
  readonly roles: readonly Role[];
}

/**
 * - CASE_TEAM: proposed, approved, escorts, leads or takes part.
 * - LEAD_JUDGE: the judge who proposed the measure.
 * - DEPLOYED: of the team, while the operation runs or the person is held.
 * - CALLER: who has to telephone about this person.
 * - VEHICLE_HANDLER: who runs the request for the vehicle.
 * - CONSOLE: a console of the court itself or of one above it.
 */
type RevealStanding =
  | "CASE_TEAM"
  | "LEAD_JUDGE"
  | "DEPLOYED"
  | "CALLER"
  | "VEHICLE_HANDLER"
  | "CONSOLE";

interface RevealRow {
  /** Sees it in clear. */
  readonly clear: RevealStanding;
  /** Sees it in clear when a reason is given. */
  readonly onReason?: RevealStanding;
  /** Sees its masked form. */
  readonly masked: readonly RevealStanding[];
}

const REVEAL_TABLE: Readonly<Record<SubjectField, RevealRow>> = {
  name: { clear: "CASE_TEAM", onReason: "CONSOLE", masked: [] },
  idNumber: { clear: "CASE_TEAM", masked: ["CONSOLE"] },
  phone: { clear: "CALLER", masked: ["CASE_TEAM", "CONSOLE"] },
  address: { clear: "DEPLOYED", masked: ["CASE_TEAM", "CONSOLE"] },
  plate: { clear: "VEHICLE_HANDLER", masked: ["CASE_TEAM", "CONSOLE"] },
  account: { clear: "CASE_TEAM", masked: ["CONSOLE"] },
};

/** Of minors and of third parties who attend everything is hidden, whatever the field. */
const HIDDEN_ROW: RevealRow = { clear: "LEAD_JUDGE", masked: [] };
const MINOR_BANDS: readonly SubjectRef["ageBand"][] = ["UNDER_14", "14_15", "16_17"];

const REASON_MIN_LENGTH = 4;

export type RevealDecision =
  | { readonly ok: true; readonly form: "CLEAR" | "MASKED" }
  | { readonly ok: false; readonly refusal: Refusal };

/** @param subject its id, and the court that put it into the vault. */
export function mayRevealSubject(
  viewer: Viewer,
  subject: { readonly id: string; readonly courtId: string },
  field: SubjectField,
  reason: string | undefined,
  state: StateReader,
): RevealDecision {
  const carriers = carriersOf(subject.id, state);
  const refs = carriers.flatMap(subjectsIn).filter((ref) => ref.id === subject.id);
  const minor = refs.some((ref) => MINOR_BANDS.includes(ref.ageBand));
  const row = minor || attendsOnly(subject.id, carriers) ? HIDDEN_ROW : REVEAL_TABLE[field];
  return decideByRow(row, standingsOf(viewer, subject.courtId, carriers, state), reason);
}

/** Names and badges of officers: own court and parent see them anyway; above, on reason (5.2). */
export function mayRevealOfficer(
  viewer: Viewer,
  officer: Officer,
  reason: string | undefined,
  state: StateReader,
): RevealDecision {
  if (viewer.officerId === officer.id) return { ok: true, form: "CLEAR" };
  const relation = relationOf(viewer.courtId, officer, state);
  const above = relation === "own" || relation === "down";
  if (!above || !mayLookUp(viewer.roles)) return refused("REVEAL_OFFICER");
  const path = tierPathOf(state, officer.courtId);
  const tiersAbove = path.length - 1 - path.indexOf(viewer.courtId);
  return tiersAbove < 2 || isReason(reason)
    ? { ok: true, form: "CLEAR" }
    : refused("REVEAL_REASON_REQUIRED");
}

function decideByRow(
  row: RevealRow,
  standings: ReadonlySet<RevealStanding>,
  reason: string | undefined,
): RevealDecision {
  if (standings.has(row.clear)) return { ok: true, form: "CLEAR" };
  if (row.onReason && standings.has(row.onReason)) {
    return isReason(reason) ? { ok: true, form: "CLEAR" } : refused("REVEAL_REASON_REQUIRED");
  }
  return row.masked.some((standing) => standings.has(standing))
    ? { ok: true, form: "MASKED" }
    : refused(`REVEAL_${row.clear}`);
}

export const isReason = (reason: string | undefined): boolean =>
  [...(reason ?? "").trim()].length >= REASON_MIN_LENGTH;

export const refused = (code: string): RevealDecision => ({ ok: false, refusal: refusal(code) });

type Carrier = Detention | PoliceRequest | Operation | Delegation | LiaisonRequest;

function subjectsIn(record: Carrier): readonly SubjectRef[] {
  if (record.type !== "operation") return record.subject ? [record.subject] : [];
  const attending = record.facts.attendees.flatMap(({ subject }) => subject ?? []);
  return [...(record.plan?.subject ? [record.plan.subject] : []), ...attending];
}

/** A third party: on record as present, and nowhere as the person that something is about. */
const attendsOnly = (subjectId: string, carriers: readonly Carrier[]): boolean =>
  carriers.length > 0 &&
  carriers.every((record) => record.type === "operation" && record.plan?.subject?.id !== subjectId);

/** Every record that carries the subject. */
function carriersOf(subjectId: string, state: StateReader): Carrier[] {
  const carries = (record: Carrier) => subjectsIn(record).some(({ id }) => id === subjectId);
  return [
    ...[...state.all("operation")].filter(carries),
    ...[...state.all("detention")].filter(carries),
    ...[...state.all("police")].filter(carries),
    ...[...state.all("delegation")].filter(carries),
    ...[...state.all("liaison")].filter(carries),
  ];
}

function standingsOf(
  viewer: Viewer,
  courtId: string,
  carriers: readonly Carrier[],
  state: StateReader,
): ReadonlySet<RevealStanding> {
  const found = new Set<RevealStanding>();
  for (const { standing, officerIds } of carriers.flatMap((record) => partsOf(record, state))) {
    if (officerIds.includes(viewer.officerId)) found.add(standing);
  }
  const courts = [courtId, ...carriers.map((record) => record.courtId)];
  const above = courts.some((court) => {
    const relation = relationOf(viewer.courtId, { courtId: court }, state);
    return relation === "own" || relation === "down";
  });
  if (above && mayLookUp(viewer.roles)) found.add("CONSOLE");
  return found;
}

interface StandingOfOfficers {
  readonly standing: RevealStanding;
  readonly officerIds: readonly (string | undefined)[];
}

function partsOf(record: Carrier, state: StateReader): StandingOfOfficers[] {
  if (record.type === "operation") return partsOfOperation(record);
  if (record.type === "delegation") return partsOfDelegation(record);
  if (record.type === "liaison") return partsOfLiaison(record);
  const operation = record.operationId ? state.get("operation", record.operationId) : undefined;
  const own = record.type === "detention" ? partsOfDetention(record) : partsOfRequest(record);
  // Who wrote the plan leads the operation, not every measure taken in it.
  const ofTeam = operation
    ? partsOfOperation(operation).filter(({ standing }) => standing !== "LEAD_JUDGE")
    : [];
  return [...own, ...ofTeam];
}

/** States in which the person is, or is about to be, in the team's hands. */
const IN_HAND: readonly Detention["state"][] = [
  "APPROVED",
  "CONTROLLED",
  "ARRIVED",
  "INQUIRY",
  "IN_TRANSIT",
  "HANDOVER_PENDING",
  "INTAKE_REFUSED",
];

function partsOfDetention(detention: Detention): StandingOfOfficers[] {
  const { proposedBy, approvedBy, escortIds, state } = detention;
  return [
    { standing: "CASE_TEAM", officerIds: [proposedBy, approvedBy, ...escortIds] },
    { standing: "LEAD_JUDGE", officerIds: [proposedBy] },
    { standing: "CALLER", officerIds: [proposedBy] },
    { standing: "DEPLOYED", officerIds: IN_HAND.includes(state) ? escortIds : [] },
  ];
}

function partsOfOperation(operation: Operation): StandingOfOfficers[] {
  const { plan, approvedBy, chiefCommanderId, sceneCommanderId, memberIds } = operation;
  const team = [chiefCommanderId, sceneCommanderId, ...memberIds];
  return [
    { standing: "CASE_TEAM", officerIds: [approvedBy, ...(plan?.authors ?? []), ...team] },
    { standing: "LEAD_JUDGE", officerIds: plan?.authors.slice(0, 1) ?? [] },
    { standing: "DEPLOYED", officerIds: isUnderWay(operation) ? team : [] },
  ];
}

/** Whoever has to do the item works on the case, while it is his. */
function partsOfDelegation(delegation: Delegation): StandingOfOfficers[] {
  const { proposedBy, assigneeId } = delegation;
  const theirs = isOutside(delegation) && !isEnded(delegation) ? [assigneeId] : [];
  return [
    { standing: "CASE_TEAM", officerIds: [proposedBy, ...theirs] },
    { standing: "LEAD_JUDGE", officerIds: [proposedBy] },
    { standing: "CALLER", officerIds: [proposedBy, ...theirs] },
  ];
}

function partsOfRequest(request: PoliceRequest): StandingOfOfficers[] {
  const { kind, sentBy, takenBy } = request;
  const handlers = isRequestEnded(request) ? [] : [sentBy, takenBy?.officerId];
  return [
    { standing: "CALLER", officerIds: handlers },
    { standing: "VEHICLE_HANDLER", officerIds: kind === "SEIZE_VEHICLE" ? handlers : [] },
  ];
}

/** Whoever asked leads the case there; he calls about it while the unit has not answered. */
const partsOfLiaison = (request: LiaisonRequest): StandingOfOfficers[] => [
  { standing: "CASE_TEAM", officerIds: [request.sentBy] },
  { standing: "CALLER", officerIds: isLiaisonEnded(request) ? [] : [request.sentBy] },
];

const only = (zh: string, en: string): RefusalText => ({
  what: { zh: "无权查看该信息", en: "You may not see this" },
  fix: { zh: `仅限${zh}`, en: `Only for ${en}` },
});

export const REVEAL_REFUSALS: Readonly<Record<string, RefusalText>> = {
  REVEAL_CASE_TEAM: only("办案团队", "the case team"),
  REVEAL_LEAD_JUDGE: only("承办法官（未成年人信息）", "the lead judge (data of a minor)"),
  REVEAL_DEPLOYED: only("行动期间的出勤人员", "the deployed team while the operation runs"),
  REVEAL_CALLER: only("负责电话联系的人员", "the person who has to call"),
  REVEAL_VEHICLE_HANDLER: only("查控车辆的经办人", "the handler of the vehicle request"),
  REVEAL_OFFICER: only("本院及上级法院指挥中心", "consoles of the own court and those above it"),
  REVEAL_REASON_REQUIRED: {
    what: { zh: "查看须写明事由", en: "A reason is needed to see this" },
    fix: { zh: "请写明事由（不少于4字）", en: "Give a reason of at least 4 characters" },
  },
};
