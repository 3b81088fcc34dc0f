import type { EntityType, Ref } from "../../../../shared/domain/kernel/ref.ts";
import { commandEntry } from "../../../../shared/domain/modules.ts";
import { type StoredRecord, type TextView, textOf } from "../../../store/dto.ts";
import type { FormValues } from "./form-spec.ts";
import { ISSUE_KINDS } from "./order-forms.ts";
import { carriedOn, planStart } from "./plan-form.ts";

/** A form that is open: what it will send, and about what. */
export interface Task {
  readonly kind: string;
  /** The record that the command is about: the selected one, or the one that it makes. */
  readonly ref: Ref;
  /** As it was when the person began; a STALE answer shows what differs (CON-7). */
  readonly base?: StoredRecord;
  /** One of several within the record, e.g. the officer who is checked: his form is his own. */
  readonly about?: string;
  /** What goes into the payload without being asked. */
  readonly fixed: FormValues;
  readonly initial: FormValues;
  readonly ids: { readonly subject: string; readonly act: string; readonly record: string };
}

/** Input is kept under this name until it was sent or thrown away. */
export function draftKey({
  kind,
  base,
  about,
  fixed,
}: Pick<Task, "kind" | "base" | "about" | "fixed">): string {
  if (!base) return [kind, about ?? ""].filter(Boolean).join(" ");
  // Each recipient of an order is answered for itself.
  const court = kind.startsWith("order.") && fixed.courtId ? String(fixed.courtId) : "";
  return [kind, `${base.type}:${base.id}`, about ?? "", court].filter(Boolean).join(" ");
}

export const isRequest = (kind: string): boolean => commandEntry(kind)?.spec.nature === "REQUEST";
const isNew = (kind: string): boolean => commandEntry(kind)?.spec.target === "NEW";
const typeOf = (kind: string): EntityType => commandEntry(kind)?.type ?? "operation";

type NewId = () => string;

export function taskOn(
  kind: string,
  record: StoredRecord | undefined,
  newId: NewId,
  initial: FormValues = {},
  fixed: FormValues = {},
): Task {
  const makes = isNew(kind);
  const ref: Ref =
    makes || !record ? { type: typeOf(kind), id: newId() } : { type: record.type, id: record.id };
  return {
    kind,
    ref,
    ...(record ? { base: record } : {}),
    fixed: { ...(makes && record ? linksOf(kind, record) : carriedOn(kind, record)), ...fixed },
    initial: {
      ...(record ? suggested(kind, record) : FREE[kind]),
      ...planStart(kind, record),
      ...initial,
    },
    ids: { subject: newId(), act: newId(), record: newId() },
  };
}

/** What a form begins with that was opened from no record. */
const ORDER_AT_FIRST: FormValues = { urgency: "P2" };
const FREE: Readonly<Record<string, FormValues>> = {
  ...Object.fromEntries(ISSUE_KINDS.map((kind) => [kind, ORDER_AT_FIRST])),
  "report.submit": { kind: "SITUATION" },
};

type Linked = StoredRecord["dto"] & {
  readonly operationId?: string;
  readonly caseNo?: string;
  readonly courtId?: string;
  readonly hostCourtId?: string;
  readonly detentionId?: string;
  readonly kind?: string;
};

const given = (fields: Readonly<Record<string, unknown>>): FormValues =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** Ids by which a new record refers to the one that it was opened from. */
function linksOf(kind: string, record: StoredRecord): FormValues {
  const dto = record.dto as Linked;
  const operationId = record.type === "operation" ? record.id : dto.operationId;
  const host = dto.hostCourtId;
  switch (kind) {
    case "police.send":
      return given({
        operationId,
        detentionId: record.type === "detention" ? record.id : dto.detentionId,
        incidentId: record.type === "incident" ? record.id : undefined,
      });
    case "detention.approveCompel":
    case "detention.propose":
      return given({ operationId, hostCourtId: host });
    case "order.pause":
    case "order.liftPause":
    case "order.abort":
      return given({ operationId, toCourtId: dto.courtId });
    case "order.task":
    case "order.command":
    case "order.correct":
    case "order.defer":
    case "order.reassign":
    case "order.resource":
      return given({ operationId });
    case "report.submit":
      return given({
        operationId,
        incidentId: record.type === "incident" ? record.id : undefined,
        orderId: record.type === "order" ? record.id : undefined,
      });
    case "incident.report":
      return given({ operationId, caseNo: dto.caseNo });
    case "suggestion.issue":
    case "suggestion.proposeFine":
      return { liaisonId: record.id };
    default:
      return {};
  }
}

/** What the record suggests and the person may change. */
function suggested(kind: string, record: StoredRecord): FormValues {
  const dto = record.dto as Linked & Readonly<Record<string, unknown>>;
  switch (kind) {
    case "police.send":
      return given({
        caseNo: dto.caseNo,
        place: pointOf(dto.place),
        urgency: record.type === "incident" ? "P1" : "P3",
        kind: record.type === "incident" ? "VIOLENCE_RESPONSE" : "SCENE_SUPPORT",
      });
    case "detention.approveCompel":
    case "detention.propose":
      return given({ caseNo: dto.caseNo });
    case "detention.approve":
      return given({ days: dto.days });
    case "detention.approveRetro":
      return given({ recordKind: dto.kind, days: dto.days });
    case "detention.convert":
      return { actId: "NEW" };
    case "incident.report":
      return given({ place: pointOf(dto.place), level: "GENERAL" });
    case "incident.setLevel":
      return given({ level: dto.level, casualties: dto.casualties });
    case "order.task":
    case "order.command":
    case "order.correct":
    case "order.defer":
    case "order.reassign":
      return given({
        toCourtIds: [record.type === "court" ? record.id : dto.courtId],
        caseNo: kind === "order.reassign" ? dto.caseNo : undefined,
        urgency: "P2",
      });
    // Forces come from other courts, to the one whose record it is.
    case "order.resource":
      return given({
        forCourtId: record.type === "court" ? record.id : dto.courtId,
        urgency: "P2",
      });
    case "order.feedback":
      return given({ recordKind: dto.kind });
    case "report.submit":
      return { kind: REPORTS_ABOUT[record.type] ?? "SITUATION" };
    case "order.pause":
    case "order.liftPause":
    case "order.abort":
      return { urgency: "P1" };
    case "supervision.open":
      return { targetCourtId: record.id };
    case "liaison.send":
      return { unitId: record.id };
    case "delegation.revise":
      return given({
        itemType: dto.itemType,
        caseNo: dto.caseNo,
        docs: dto.docs,
        request: writtenOf(dto.request),
        address: writtenOf(dto.address),
        decisionNo: dto.decisionNo,
        urgent: dto.urgent,
        phonedTo: dto.phonedTo,
      });
    case "message.send":
      return { to: `${record.type}:${record.id}` };
    case "officer.setDuty":
      return given({ duty: dto.duty });
    default:
      return {};
  }
}

const REPORTS_ABOUT: Readonly<Partial<Record<EntityType, string>>> = {
  incident: "INCIDENT",
  order: "RESULT",
};

const writtenOf = (text: unknown): string | undefined => textOf(text as TextView | undefined);

function pointOf(place: unknown): { lat: number; lng: number } | undefined {
  const point = place as { readonly lat?: number; readonly lng?: number } | undefined;
  return point?.lat === undefined || point.lng === undefined
    ? undefined
    : { lat: point.lat, lng: point.lng };
}
