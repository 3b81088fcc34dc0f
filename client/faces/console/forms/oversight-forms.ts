import { CASE_NO, FEEDBACK, REASON } from "./fields.ts";
import type { FieldSpec, FormSpec } from "./form-spec.ts";
import { pieceOf } from "./oversight-options.ts";

const caseNo: FieldSpec = { ...CASE_NO, required: true };
const TERM: FieldSpec = { name: "dueAt", as: "term", required: true };
const OPTIONAL_TERM: FieldSpec = { name: "dueAt", as: "term" };
const DOCS: FieldSpec = { name: "docs", as: "docs" };
const SHOWN_ITEM: FieldSpec = { name: "itemId", as: "item", which: "SHOWN", required: true };
const urgentOnly = { field: "urgent", is: ["true"] } as const;
const controlOnly = { field: "itemType", is: ["CONTROL_DETAINED"] } as const;
const said: FormSpec = { fields: [FEEDBACK] };
const saidByTerm: FormSpec = { fields: [FEEDBACK, TERM] };

const DELEGATION: readonly FieldSpec[] = [
  {
    name: "itemType",
    as: "choice",
    values: [
      "FREEZE_DEPOSIT",
      "EXTEND_FREEZE",
      "UNFREEZE_DEPOSIT",
      "TRANSFER_DEPOSIT",
      "FREEZE_EQUITY",
      "SEAL_REAL_ESTATE",
      "UNSEAL_REAL_ESTATE",
      "TRANSFER_REAL_ESTATE",
      "INVESTIGATE_PROPERTY",
      "SERVE_PAPERS",
      "CONTROL_DETAINED",
    ],
    words: "oversight:delegation.item",
    required: true,
  },
  caseNo,
  { name: "request", as: "text", max: 2_000, required: true },
  DOCS,
  { name: "decisionNo", as: "line", max: 60, when: controlOnly },
  { name: "address", as: "line", max: 200 },
  { name: "urgent", as: "yes" },
  { name: "phonedAt", as: "moment", when: urgentOnly },
  { name: "phonedTo", as: "line", max: 40, when: urgentOnly },
  OPTIONAL_TERM,
];

const BODY: FieldSpec = {
  name: "body",
  as: "choice",
  values: ["CONGRESS", "PROCURATORATE", "CPPCC", "INVITED"],
  words: "oversight:observer.body",
  required: true,
};
const ORGANISATION: FieldSpec = { name: "organisation", as: "line", max: 80, required: true };

/** Delegation, supervision, interference records, observers and their written opinions. */
export const oversightForms: Readonly<Record<string, FormSpec>> = {
  "delegation.draft": {
    fields: [{ name: "toCourtId", as: "peer", required: true }, ...DELEGATION],
  },
  "delegation.revise": { fields: DELEGATION },
  "delegation.sendBack": said,
  "delegation.askPapers": said,
  "delegation.completePapers": { fields: [{ ...DOCS, required: true }] },
  "delegation.return": {
    fields: [
      {
        name: "code",
        as: "choice",
        values: [
          "NOT_OUR_DISTRICT",
          "NOT_AN_ITEM",
          "TARGET_NOT_FOUND",
          "ALREADY_DONE",
          "LAW_FORBIDS",
          "PAPERS_NOT_COMPLETED",
        ],
        words: "oversight:delegation.code",
        required: true,
      },
      FEEDBACK,
    ],
  },
  "delegation.assign": { fields: [{ name: "assigneeId", as: "officer", required: true }] },
  "delegation.progress": said,
  "delegation.feedback": said,
  "delegation.redo": { fields: [FEEDBACK, OPTIONAL_TERM] },
  "delegation.withdraw": { fields: [REASON] },
  "delegation.direct": {
    fields: [
      {
        name: "directive",
        as: "choice",
        values: ["HASTEN", "OVERRULE_RETURN"],
        words: "oversight:delegation.directive",
        required: true,
      },
      FEEDBACK,
      OPTIONAL_TERM,
    ],
  },
  "supervision.open": {
    fields: [
      { name: "targetCourtId", as: "court", required: true },
      {
        name: "kind",
        as: "choice",
        values: ["CASE", "LISTED", "INTERVIEW", "DUAL_CHECK", "BULLETIN"],
        words: "oversight:supervision.kind",
        required: true,
      },
      {
        name: "trigger",
        as: "choice",
        values: [
          "COMPLAINT",
          "PETITION",
          "INACTION",
          "SELECTIVE",
          "WRONGFUL",
          "INDICATOR",
          "OVERDUE",
          "FROM_ABOVE",
          "OTHER",
        ],
        words: "oversight:supervision.trigger",
        required: true,
      },
      { ...CASE_NO, when: { field: "kind", is: ["CASE", "LISTED", "DUAL_CHECK"] } },
      { name: "matter", as: "text", max: 2_000, required: true },
      { name: "acceptedAt", as: "moment" },
    ],
  },
  "supervision.sendLetter": {
    fields: [
      { name: "letterNo", as: "line", max: 60, required: true },
      { name: "demand", as: "text", max: 2_000, required: true },
      TERM,
    ],
  },
  "supervision.assign": { fields: [{ name: "assigneeId", as: "officer", required: true }] },
  "supervision.report": said,
  "supervision.return": saidByTerm,
  "supervision.urge": saidByTerm,
  "supervision.measure": {
    fields: [
      {
        name: "measure",
        as: "choice",
        values: ["FILE_CALLED", "REASSIGNED", "TAKEN_UP", "BULLETINED"],
        words: "oversight:supervision.measure",
        required: true,
      },
      { name: "toCourtId", as: "below", when: { field: "measure", is: ["REASSIGNED"] } },
      FEEDBACK,
    ],
  },
  "supervision.interview": {
    fields: [
      { name: "heldAt", as: "moment", required: true },
      { name: "attendeeIds", as: "attendees", required: true },
      { name: "minutes", as: "text", max: 4_000, required: true },
    ],
  },
  "supervision.find": {
    fields: [
      {
        name: "check",
        as: "choice",
        values: ["CASE", "CONDUCT"],
        words: "oversight:supervision.check",
        required: true,
      },
      FEEDBACK,
    ],
  },
  "supervision.addItem": {
    fields: [
      { name: "what", as: "text", max: 1_000, required: true },
      { name: "ownerId", as: "theirs", required: true },
      TERM,
    ],
    newIdField: "itemId",
  },
  "supervision.showEvidence": {
    fields: [
      { name: "itemId", as: "item", which: "OPEN", required: true },
      { name: "evidence", as: "text", max: 2_000, required: true },
    ],
  },
  "supervision.returnItem": { fields: [SHOWN_ITEM, FEEDBACK, TERM] },
  "supervision.closeItem": {
    fields: [{ name: "itemId", as: "item", which: "PIECE", required: true }],
    shape: pieceOf,
  },
  "supervision.close": said,
  "interference.record": {
    fields: [
      caseNo,
      {
        name: "approacher",
        as: "choice",
        values: ["OFFICIAL", "INSIDER", "PARTY", "OTHER"],
        words: "oversight:interference.approacher",
        required: true,
      },
      { name: "who", as: "line", max: 300, required: true },
      {
        name: "approachedBy",
        as: "choice",
        values: ["IN_PERSON", "PHONE", "LETTER", "MESSAGE", "MEETING", "THIRD_PERSON"],
        words: "oversight:interference.by",
        required: true,
      },
      { name: "approachedAt", as: "moment", required: true },
      { name: "asked", as: "text", max: 2_000, required: true },
      { name: "answered", as: "text", max: 2_000 },
    ],
  },
  "observer.open": {
    fields: [
      BODY,
      ORGANISATION,
      { name: "visitor", as: "line", max: 60, required: true },
      { name: "operationId", as: "operation" },
      { name: "endsAt", as: "moment", required: true },
    ],
  },
  "observer.release": { fields: [{ name: "operationId", as: "operation", required: true }] },
  "observer.withhold": { fields: [{ name: "operationId", as: "released", required: true }] },
  "opinion.register": {
    fields: [
      BODY,
      ORGANISATION,
      { name: "docNo", as: "line", max: 60, required: true },
      { name: "text", as: "text", max: 4_000, required: true },
      { name: "receivedAt", as: "moment" },
    ],
  },
  "opinion.reply": {
    fields: [
      { name: "replyNo", as: "line", max: 60, required: true },
      { name: "text", as: "text", max: 4_000, required: true },
    ],
  },
};
