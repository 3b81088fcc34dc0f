import * as z from "zod";
import { caseNo, epochMs, latLng, officialText, recordId, subjectRef } from "../common.ts";
import { freeText, optionalText } from "../free-text.ts";

const empty = z.strictObject({});
const reasoned = z.strictObject({ reason: freeText(500) });
const kind = z.enum([
  "EVICTION",
  "SEARCH",
  "SEIZURE",
  "COMPEL",
  "DETAIN",
  "INVESTIGATE",
  "SERVE",
  "RAPID",
]);
const documentNo = officialText(60);
const ofOfficer = z.strictObject({ officerId: recordId });

/** Documents, discussion and permission may be missing here: the law's refusal names the article. */
const plan = z.strictObject({
  code: officialText(40),
  name: officialText(80),
  kind,
  caseNo,
  otherCaseNos: z.array(caseNo).max(50).optional(),
  place: latLng.extend({ address: officialText(120) }),
  /** Court in whose district the place lies, or `outsideProvince`. */
  placeCourtId: recordId.optional(),
  outsideProvince: z
    .strictObject({ place: officialText(80), highCourtApprovalNo: documentNo.optional() })
    .optional(),
  chiefCommanderId: recordId,
  sceneCommanderId: recordId,
  memberIds: z.array(recordId).min(1).max(200),
  assetIds: z.array(recordId).max(200).optional(),
  planDoc: freeText(10_000),
  docs: z
    .strictObject({
      searchOrderId: documentNo.optional(),
      evictionNoticeId: documentNo.optional(),
      evictionDeadlineAt: epochMs.optional(),
      detentionDecisionIds: z.array(documentNo).max(50).optional(),
    })
    .optional(),
  risk: z.enum(["LOW", "MEDIUM", "HIGH"]),
  isMajor: z.boolean(),
  discussion: z
    .strictObject({ recordNo: documentNo, officerIds: z.array(recordId).max(20) })
    .optional(),
  subject: subjectRef.optional(),
  deputy: z
    .strictObject({
      congress: z.enum(["COUNTY_UP", "TOWNSHIP"]),
      permissionNo: documentNo.optional(),
    })
    .optional(),
  musterAt: epochMs,
});

export const operationPayloads = {
  "operation.open": z.strictObject({
    code: officialText(40),
    /** Official text: the operation's title, not a person's name. */
    name: officialText(80),
    kind,
    caseNo,
    approvalNo: officialText(60),
    place: latLng.extend({ address: officialText(120) }),
    hostCourtId: recordId.optional(),
    chiefCommanderId: recordId,
    sceneCommanderId: recordId,
    memberIds: z.array(recordId).min(1).max(200),
    assetIds: z.array(recordId).max(200).optional(),
  }),
  "operation.depart": empty,
  "operation.arrive": empty,
  "operation.start": empty,
  "operation.pause": reasoned,
  "operation.confirmPause": empty,
  "operation.resume": empty,
  /** `withdrawal`: how the team comes back, once it is out. */
  "operation.abort": z.strictObject({ reason: freeText(500), withdrawal: optionalText(500) }),
  "operation.close": empty,
  "operation.draft": plan,
  "operation.revise": plan,
  "operation.submit": empty,
  "operation.approve": z.strictObject({ approvalNo: documentNo }),
  "operation.reject": reasoned,
  "operation.acknowledgeFiling": empty,
  "operation.hostAcknowledge": empty,
  "operation.muster": empty,
  "operation.checkMember": z.strictObject({
    officerId: recordId,
    presence: z.enum(["PRESENT", "EXCUSED"]),
    reason: optionalText(500),
    certificate: z.boolean(),
    uniform: z.boolean(),
    bodyCam: z.boolean(),
    deviceTest: z.boolean(),
  }),
  "operation.orderDeparture": empty,
  "operation.showCredentials": z.strictObject({
    officerId: recordId,
    certificate: z.boolean(),
    uniform: z.boolean(),
    orderShown: z.boolean().optional(),
  }),
  "operation.recordAttendee": z.strictObject({
    attendeeId: recordId,
    role: z.enum(["WITNESS", "NOTARY", "LAWYER", "DEPUTY", "GRASSROOTS", "FAMILY", "AUDITOR"]),
    subject: subjectRef.optional(),
    /** Institution and office, e.g. of a notary: never a person's name. */
    office: officialText(80).optional(),
    refused: z.boolean().optional(),
    reason: optionalText(500),
  }),
  "operation.attendeeLeft": z.strictObject({ attendeeId: recordId }),
  "operation.recordScene": z.strictObject({
    fact: z.enum([
      "ANNOUNCED",
      "CORDON",
      "OPENING_ORDERED",
      "FORCED_OPENING",
      "INVENTORY",
      "LIST_HANDED",
      "GOODS_DELIVERED",
      "NO_GOODS",
      "RECORD_SIGNED",
      "SIGNING_REFUSED",
    ]),
    text: optionalText(500),
  }),
  "operation.takeCommand": empty,
  "operation.handBackCommand": empty,
  "operation.beginClosing": empty,
  "operation.reportSafe": ofOfficer,
  "operation.attestEvidence": z.strictObject({
    complete: z.boolean(),
    reason: optionalText(500),
  }),
};
