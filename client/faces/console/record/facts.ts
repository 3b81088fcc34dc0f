import type { StoredRecord } from "../../../store/dto.ts";
import type { Names } from "../desk/names.tsx";
import { type Fact, type Facts, factsIn, type Words } from "./fact.ts";
import { LIAISON_FACTS } from "./liaison-facts.ts";
import { OVERSIGHT_FACTS } from "./oversight-facts.ts";

const { text, at, free, link } = factsIn("");
const operation = (id: string | undefined, { t }: Words): Fact | undefined =>
  link("operation", "operation", id, t("console:openRecord"));

const incident: Facts<"incident"> = (dto, words) => {
  const { t, names } = words;
  const casualties = dto.casualties;
  const hurt = (casualties?.dead ?? 0) + (casualties?.injured ?? 0) > 0;
  return [
    text("level", dto.level && t(`domain:incident.level.${dto.level}`)),
    at("reportedAt", dto.reportedAt),
    text("reporter", names.officerOr(dto.reporterId, reporterOf(dto))),
    text(
      "acknowledgedBy",
      dto.acknowledged &&
        `${nameOf(dto.acknowledged) ?? names.officer(dto.acknowledged.officerId)} · ${names.court(dto.acknowledged.courtId)}`,
    ),
    at("acknowledgedAt", dto.acknowledged?.at),
    hurt ? text("casualties", t("console:casualties", { ...casualties })) : undefined,
    text("battery", dto.battery === undefined ? undefined : `${Math.round(dto.battery)} %`),
    text(
      "accuracy",
      dto.place?.accuracyM === undefined ? undefined : `± ${Math.round(dto.place.accuracyM)} m`,
    ),
    text("caseNo", dto.caseNo),
    free("detail", dto.detail, t),
    free("levelReason", dto.levelReason, t),
    free("endReason", dto.endReason, t),
    free("findings", dto.review?.findings, t),
    free("cancelAsked", dto.cancelRequested?.reason, t),
    operation(dto.operationId, words),
    link("detention", "detention", dto.detentionId, t("console:openRecord")),
    link("police", "police", dto.policeRequestId, t("console:openRecord")),
    text("host", dto.hostCourtId && names.court(dto.hostCourtId)),
    text("servesCourt", dto.servesCourtId && names.court(dto.servesCourtId)),
  ];
};

/** Surname and title travel with the record, for views without the person's own record. */
const nameOf = (hand: object): string | undefined => (hand as { readonly name?: string }).name;
const reporterOf = (dto: StoredRecord<"incident">["dto"]): string =>
  (dto as { readonly reporter?: string }).reporter ?? dto.reporterId ?? "";

const police: Facts<"police"> = (dto, words) => {
  const { t, names } = words;
  return [
    text("urgency", dto.urgency && `${dto.urgency} ${t(`domain:police.urgency.${dto.urgency}`)}`),
    link("unit", "unit", dto.unitId, names.unit(dto.unitId)),
    at("sentAt", dto.sentAt),
    text("sender", dto.sentBy && names.officer(dto.sentBy)),
    text("takenBy", dto.takenBy && names.officer(dto.takenBy.officerId)),
    text("caseNo", dto.caseNo),
    free("detail", dto.detail, t),
    free("declineReason", dto.declineReason, t),
    at("releasedAt", dto.released?.at),
    at("intakeAt", dto.tookIn?.at),
    text("receiptNo", dto.tookIn?.receiptNo),
    free("endReason", dto.endReason, t),
    operation(dto.operationId, words),
    link("incident", "incident", dto.incidentId, t("console:openRecord")),
    link("detention", "detention", dto.detentionId, t("console:openRecord")),
  ];
};

const detention: Facts<"detention"> = (dto, words) => {
  const { t, names } = words;
  const times = dto.times;
  return [
    text("caseNo", dto.caseNo),
    text("warrantNo", dto.warrantNo),
    text("decisionNo", dto.decisionNo),
    text("days", dto.days === undefined ? undefined : t("console:days", { n: dto.days })),
    text("basisArticles", dto.basisArticles?.join("、")),
    text("proposer", dto.proposedBy && names.officer(dto.proposedBy)),
    text("approver", dto.approvedBy && names.officer(dto.approvedBy)),
    text("emergency", dto.emergency ? t("domain:detention.emergency") : undefined),
    at("controlledAt", times?.controlledAt),
    at("arrivedAt", times?.arrivedAt),
    at("inquiryStartedAt", times?.inquiryStartedAt),
    at("intakeAt", times?.intakeAt),
    at("expectedReleaseAt", times?.expectedReleaseAt),
    at("releasedAt", times?.releasedAt),
    text("facility", dto.facility),
    text("receiptNo", dto.intakeReceiptNo),
    at("familyNotice", dto.familyNotice?.at),
    free("endReason", dto.endReason, t),
    operation(dto.operationId, words),
    text("host", dto.hostCourtId && names.court(dto.hostCourtId)),
    link("convertedTo", "detention", dto.convertedTo, t("console:openRecord")),
    link("convertedFrom", "detention", dto.convertedFrom, t("console:openRecord")),
  ];
};

const order: Facts<"order"> = (dto, words) => {
  const { t, names } = words;
  const { issuer } = dto as { readonly issuer?: string };
  return [
    text("urgency", dto.urgency && `${dto.urgency} ${t(`domain:police.urgency.${dto.urgency}`)}`),
    text("issuerCourt", names.court(dto.courtId)),
    text("issuer", issuer ?? (dto.issuedBy && names.officer(dto.issuedBy))),
    at("issuedAt", dto.issuedAt),
    at("dueAt", dto.dueAt),
    free("body", dto.body, t),
    text("copied", dto.copiedCourtIds?.map((id) => names.court(id)).join("、")),
    text("caseNo", dto.caseNo),
    operation(dto.operationId, words),
    free("revokedReason", dto.revoked?.reason, t),
    at("deferUntil", dto.deferUntil),
    text("assignedCourt", dto.assignedCourtId && names.court(dto.assignedCourtId)),
    text("forCourt", dto.forCourtId && names.court(dto.forCourtId)),
    link("supersedes", "order", dto.supersedes, t("console:openRecord")),
    link("supersededBy", "order", dto.supersededBy?.orderId, t("console:openRecord")),
  ];
};

const report: Facts<"report"> = (dto, words) => {
  const { t, names } = words;
  const { submitter } = dto as { readonly submitter?: string };
  return [
    text("court", names.court(dto.courtId)),
    text("submitter", submitter ?? (dto.submittedBy && names.officer(dto.submittedBy))),
    at("submittedAt", dto.submittedAt),
    text("caseNo", dto.caseNo),
    free("text", dto.text, t),
    operation(dto.operationId, words),
    link("incident", "incident", dto.incidentId, t("console:openRecord")),
    link("order", "order", dto.orderId, t("console:openRecord")),
  ];
};

/** Of a court above, his own record may not be in the store. */
const chiefOf = (
  { chiefCommanderId = "", commandFromAbove }: StoredRecord<"operation">["dto"],
  names: Names,
): string => names.officerOr(chiefCommanderId, commandFromAbove?.chief ?? chiefCommanderId);

const operationFacts: Facts<"operation"> = (dto, { t, names }) => {
  const pause = dto.pauseOrder;
  const milestones = dto.milestones ?? {};
  return [
    text("address", dto.place?.address),
    text("caseNo", dto.caseNo),
    text("approvalNo", dto.approvalNo),
    text("chief", dto.chiefCommanderId && chiefOf(dto, names)),
    text("scene", dto.sceneCommanderId && names.officer(dto.sceneCommanderId)),
    text("host", dto.hostCourtId && names.court(dto.hostCourtId)),
    text("pausedBy", pause && names.court(pause.byCourtId)),
    free("pauseReason", pause?.reason, t),
    at("pauseConfirmed", pause?.confirmed?.at),
    at("departedAt", milestones.EN_ROUTE),
    at("onSceneAt", milestones.ON_SCENE),
    at("startedAt", milestones.EXECUTING),
    free("endReason", dto.endReason, t),
  ];
};

const message: Facts<"message"> = (dto, { t, names }) => [
  text("from", names.officerOr(dto.fromOfficerId, names.court(dto.courtId))),
  text("court", names.court(dto.courtId)),
  text("to", dto.toCourtId ? names.court(dto.toCourtId) : names.officer(dto.toOfficerId)),
  at("sentAt", dto.sentAt),
  at("deliveredAt", dto.deliveredAt),
  at("readAt", dto.readAt),
  free("text", dto.text, t),
];

const checkin: Facts<"checkin"> = (dto, words) => {
  const { t, names } = words;
  return [
    text("officer", dto.officer ?? names.officer(dto.officerId)),
    at("lastSign", dto.lastAt),
    text("vouchedBy", dto.vouched && names.officer(dto.vouched.by)),
    free("note", dto.vouched?.note, t),
    free("stopReason", dto.stopReason, t),
    operation(dto.operationId, words),
  ];
};

const officer: Facts<"officer"> = (dto, { t, names }) => [
  text("court", names.court(dto.courtId)),
  text("badgeNo", dto.badgeNo),
  text("duty", dto.duty && t(`domain:duty.${dto.duty}`)),
  text("roles", dto.roles?.map((role) => t(`domain:role.${role}`)).join("、")),
];

const court: Facts<"court"> = (dto, { t, names }) => [
  text("tier", dto.tier && t(`domain:tier.${dto.tier}`)),
  text("parent", dto.parentId && names.court(dto.parentId)),
  text("seatSource", dto.seatSource && t(`domain:seatSource.${dto.seatSource}`)),
];

const shift: Facts<"shift"> = (dto, { t, names }) => [
  text("court", names.court(dto.courtId)),
  at("from", dto.from),
  at("until", dto.to),
  text("mode", dto.mode && t(`duty:mode.${dto.mode}`)),
  at("signedAt", dto.signedAt),
  at("handedOverAt", dto.handedOverAt),
];

const rollcall: Facts<"rollcall"> = (dto, { names }) => [
  text("court", names.court(dto.courtId)),
  text("to", names.court(dto.toCourtId)),
  at("calledAt", dto.calledAt),
  text("caller", dto.calledBy && names.officerOr(dto.calledBy, names.court(dto.courtId))),
];

type Acked = { readonly acked?: { readonly n: number; readonly of: number } };

const notice: Facts<"notice"> = (dto, { t, names }) => {
  const { acked } = dto as Acked;
  return [
    text("court", names.court(dto.courtId)),
    text("issuer", (dto as { readonly publisher?: string }).publisher),
    at("publishedAt", dto.publishedAt),
    at("expiresAt", dto.expiresAt),
    free("body", dto.body, t),
    text("to", dto.toCourtIds?.map((id) => names.court(id)).join("、")),
    text("acked", dto.needsAck && acked ? t("duty:notice.acked", { ...acked }) : undefined),
  ];
};

const unit: Facts<"unit"> = (dto, { t, names }) => [
  text("kind", dto.kind && t(`domain:unit.kind.${dto.kind}`)),
  text("dutyPhone", dto.dutyPhone),
  text("court", names.court(dto.courtId)),
];

const FACTS: { readonly [K in StoredRecord["type"]]?: Facts<K> } = {
  incident,
  police,
  detention,
  order,
  report,
  operation: operationFacts,
  message,
  checkin,
  shift,
  rollcall,
  notice,
  officer,
  court,
  unit,
  ...OVERSIGHT_FACTS,
  ...LIAISON_FACTS,
};

export function factsOf(record: StoredRecord, words: Words): Fact[] {
  const facts = FACTS[record.type] as Facts<StoredRecord["type"]> | undefined;
  return (facts?.(record.dto, words) ?? []).filter((fact) => fact !== undefined);
}
