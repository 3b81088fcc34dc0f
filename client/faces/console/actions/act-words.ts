import type { EntityType } from "../../../../shared/domain/kernel/ref.ts";
import type { DtoOf, StoredRecord } from "../../../store/dto.ts";
import { holdsPerson } from "../queue/holds-person.ts";

type Dto = StoredRecord["dto"];

/**
 * The order in which actions are the most likely one, by kind of record: the first that is open and
 * not done is the filled button (CON-5). What is not listed is never the filled one.
 */
export const LIKELY: Readonly<Partial<Record<EntityType, readonly string[]>>> = {
  incident: [
    "incident.acknowledge",
    "incident.respond",
    "incident.control",
    "incident.resolve",
    "incident.confirm",
  ],
  police: ["police.takeOver", "police.take", "police.answer", "police.ackOnBehalf", "police.close"],
  detention: [
    "detention.approveRetro",
    "detention.approve",
    "detention.control",
    "detention.arrive",
    "detention.startInquiry",
    "detention.transit",
    "detention.intake",
    "detention.release",
  ],
  order: [
    "order.sign",
    "order.feedback",
    "order.answerReconsideration",
    "order.accept",
    "order.progress",
  ],
  report: ["report.read", "report.handle"],
  operation: [
    "operation.confirmPause",
    "order.liftPause",
    "operation.hostAcknowledge",
    "operation.acknowledgeFiling",
    "operation.submit",
    "operation.approve",
    "operation.muster",
    "operation.orderDeparture",
    "operation.resume",
    "operation.depart",
    "operation.arrive",
    "operation.start",
    "operation.beginClosing",
    "operation.close",
  ],
  message: ["message.read"],
  checkin: ["checkin.vouch"],
  shift: ["shift.sign", "shift.prepare"],
  notice: ["notice.acknowledge", "notice.remind"],
  delegation: [
    "delegation.submit",
    "delegation.send",
    "delegation.accept",
    "delegation.completePapers",
    "delegation.assign",
    "delegation.start",
    "delegation.feedback",
    "delegation.confirm",
  ],
  supervision: [
    "supervision.sendLetter",
    "supervision.assign",
    "supervision.start",
    "supervision.report",
    "supervision.urge",
    "supervision.close",
  ],
  liaison: ["liaison.close", "suggestion.issue", "liaison.findRefusal", "liaison.remind"],
  suggestion: ["suggestion.decideFine", "suggestion.close", "suggestion.registerReply"],
  observer: ["observer.release"],
  opinion: ["opinion.reply"],
  officer: ["message.send"],
  court: ["order.task", "message.send"],
};

type Fits = (dto: StoredRecord<"detention">["dto"]) => boolean;

const inState =
  (...states: readonly string[]): Fits =>
  ({ state }) =>
    state !== undefined && states.includes(state);

/** Possible, as every fact is; but not what the centre is led to while the law stops its order. */
const whenOrdered: Fits = (dto) => {
  const { plan, acts } = dto as unknown as StoredRecord<"operation">["dto"];
  return plan === undefined || !acts?.["operation.orderDeparture"];
};

/** Facts are never refused, so the law does not say which comes next: the record's state does. */
const NEXT: Readonly<Record<string, Fits>> = {
  "detention.control": inState("APPROVED"),
  "detention.arrive": inState("CONTROLLED", "IN_TRANSIT"),
  "detention.startInquiry": inState("ARRIVED"),
  "detention.transit": inState("CONTROLLED"),
  "detention.intake": inState("HANDOVER_PENDING"),
  "detention.release": ({ overtime, times }) =>
    overtime === true || times?.inquiryEndedAt !== undefined,
  "operation.depart": whenOrdered,
};

/** May this one be the filled button now? */
export const comesNext = (kind: string, dto: Dto): boolean =>
  NEXT[kind]?.(dto as StoredRecord<"detention">["dto"]) ?? true;

const AFTER_CONTROL: ReadonlySet<string> = new Set([
  "detention.release",
  "detention.intake",
  "detention.refuseIntake",
  "detention.notifyFamily",
  "detention.endInquiry",
]);

/** A report about a person nobody holds yet: possible, but not one of the first to offer. */
export const isFarOff = (kind: string, dto: Dto): boolean =>
  AFTER_CONTROL.has(kind) &&
  (dto as StoredRecord<"detention">["dto"]).times?.controlledAt === undefined;

/** Sent by the console itself when something is shown; never a button. */
export const AUTOMATIC: ReadonlySet<string> = new Set([
  "incident.seen",
  "incident.sos",
  "order.deliver",
  "message.deliver",
  "checkin.sign",
]);

/** Belongs to the administrators' seat, or to the views of plan and muster; not to this one. */
export const ELSEWHERE: ReadonlySet<string> = new Set([
  "officer.grant",
  "officer.revokeGrant",
  "officer.disable",
  "officer.enable",
  "officer.revokeSession",
  "operation.draft",
  "operation.checkMember",
  "operation.showCredentials",
  "operation.recordAttendee",
  "operation.attendeeLeft",
  "operation.recordScene",
  "operation.reportSafe",
  "operation.attestEvidence",
  // On the boards of duty, where what they need besides the record is at hand.
  "shift.mark",
  "shift.offer",
  "rollcall.answer",
  "rollcall.fault",
  "rollcall.quality",
  // In the part that says who holds it and who helps (client/faces/console/hold).
  "incident.sign",
  "incident.take",
  "incident.designate",
  "incident.setDeadline",
  "incident.handBack",
  "incident.assist",
  "incident.declineAssist",
  "incident.handOver",
  "incident.takeOver",
  "police.sign",
  "police.designate",
  "police.setDeadline",
  "police.handBack",
]);

/** Asks once more before it is sent (CON-6). Nothing that may be urgent is in here. */
export const ASKS_AGAIN: ReadonlySet<string> = new Set([
  "operation.abort",
  "operation.close",
  "operation.takeCommand",
  "operation.handBackCommand",
  "order.abort",
  "order.revoke",
  "detention.stop",
  "detention.revoke",
  "detention.releaseEarly",
  "detention.release",
  "detention.convert",
  "incident.falseAlarm",
  "police.cancel",
  "shift.cancel",
  "delegation.withdraw",
  "delegation.return",
  "supervision.close",
  "supervision.closeItem",
  "interference.record",
  "observer.end",
  "liaison.findRefusal",
  "liaison.withdraw",
  "suggestion.decideFine",
]);

/** The key that presses it, shown on the button. */
export const KEY_OF: Readonly<Record<string, string>> = {
  "incident.acknowledge": "A",
  "order.sign": "S",
  "rollcall.answer": "R",
};

/** The law's way of saying that an action belongs to the other kind of record. */
export const OTHER_KIND: ReadonlySet<string> = new Set([
  "NOT_A_COMPEL",
  "NOT_A_DETENTION",
  "NOT_PLANNED",
]);

type Done = (dto: Dto) => boolean;

const time =
  (name: string): Done =>
  (dto) =>
    (dto as { readonly times?: Readonly<Record<string, number>> }).times?.[name] !== undefined;
const milestone =
  (name: string): Done =>
  (dto) =>
    (dto as { readonly milestones?: Readonly<Record<string, number>> }).milestones?.[name] !==
    undefined;
const has =
  (name: string): Done =>
  (dto) =>
    (dto as Readonly<Record<string, unknown>>)[name] !== undefined;

const signed: Done = (dto) => {
  const { receipts, parts } = dto as StoredRecord<"order">["dto"];
  const own = receipts?.filter((receipt) => parts?.recipientCourt?.includes(receipt.courtId));
  return (own ?? []).every(({ state }) => state !== "ISSUED" && state !== "DELIVERED");
};

/** A notice that nobody gave is not waited for. */
const acknowledged =
  (name: string): Done =>
  (dto) => {
    const notice = (dto as Readonly<Record<string, { acknowledgedAt?: number } | undefined>>)[name];
    return notice === undefined || notice.acknowledgedAt !== undefined;
  };

/** The unit has answered, or is no longer asked. */
const OVER_THERE: ReadonlySet<string> = new Set(["REPLIED", "CLOSED", "WITHDRAWN"]);

/** Reports of fact are never refused; one that is on record already is no longer offered first. */
const DONE: Readonly<Record<string, Done>> = {
  "incident.acknowledge": has("acknowledged"),
  "operation.hostAcknowledge": acknowledged("hostNotice"),
  "operation.acknowledgeFiling": acknowledged("filing"),
  "operation.depart": milestone("EN_ROUTE"),
  "operation.arrive": milestone("ON_SCENE"),
  "detention.control": time("controlledAt"),
  "detention.arrive": time("arrivedAt"),
  "detention.startInquiry": time("inquiryStartedAt"),
  "detention.endInquiry": time("inquiryEndedAt"),
  "detention.transit": time("inTransitAt"),
  "detention.intake": time("intakeAt"),
  "detention.release": time("releasedAt"),
  "detention.notifyFamily": has("familyNotice"),
  "supervision.assign": has("assigneeId"),
  "delegation.assign": has("assigneeId"),
  "order.sign": signed,
  "notice.acknowledge": (dto) => (dto as { readonly owed?: boolean }).owed !== true,
  "police.takeOver": (dto) => !holdsPerson(dto as DtoOf<"police">),
  "police.take": has("takenBy"),
  "liaison.answer": (dto) => OVER_THERE.has(String((dto as { readonly state?: string }).state)),
  "suggestion.registerReply": (dto) => (dto as { readonly state?: string }).state !== "ISSUED",
};

/** A court that is asked to help answers for itself, whoever answered the call before (HOLD-14). */
const isAskedToHelp = (dto: Dto, courtId: string | undefined): boolean => {
  const { assist } = dto as StoredRecord<"incident">["dto"];
  return assist?.state === "NAMED" && assist.courtId === courtId;
};

/** On record already, as the court sees it that looks. */
export const isDone = (kind: string, dto: Dto, courtId: string | undefined): boolean =>
  kind === "incident.acknowledge" && isAskedToHelp(dto, courtId)
    ? false
    : (DONE[kind]?.(dto) ?? false);

const DETAIN_ONLY: ReadonlySet<string> = new Set([
  "detention.transit",
  "detention.intake",
  "detention.refuseIntake",
]);
const COMPEL_ONLY: ReadonlySet<string> = new Set([
  "detention.startInquiry",
  "detention.endInquiry",
]);

/** A fact of the other kind of detention has no place here. */
export function fits(kind: string, dto: Dto): boolean {
  const { kind: of } = dto as { readonly kind?: string };
  if (of === "COMPEL") return !DETAIN_ONLY.has(kind);
  return of === "DETAIN" ? !COMPEL_ONLY.has(kind) : true;
}
