import { LIAISON_CATALOGUE } from "../../../../shared/domain/unit/liaison-catalogue.ts";
import type { ContentField } from "../../../../shared/domain/unit/service.ts";
import { CASE_NO, REASON } from "./fields.ts";
import type { FieldSpec, FormSpec } from "./form-spec.ts";

/** The catalogue alone says which papers a service takes (UNIT-8). */
const whereNeeded = (field: ContentField) => ({
  field: "service",
  is: LIAISON_CATALOGUE.filter(({ needs }) => needs.includes(field)).map(({ service }) => service),
});

const line = (name: string): FieldSpec => ({ name, as: "line", max: 60 });
const needed = (name: ContentField): FieldSpec => ({
  ...{ name, as: "line", max: 60, required: true },
  when: whereNeeded(name),
});

const SUPERIOR: FieldSpec = { name: "superior", as: "line", max: 60, required: true };
const LETTER: FieldSpec = { name: "body", as: "text", max: 5_000, required: true };
const finding: FieldSpec = { name: "reason", as: "text", max: 2_000, required: true };

/** What a court asks of a linked unit, what it writes down of its answers, and what follows. */
export const liaisonForms: Readonly<Record<string, FormSpec>> = {
  "liaison.send": {
    fields: [
      { name: "unitId", as: "unit", required: true },
      { name: "service", as: "service", required: true },
      { ...CASE_NO, required: true },
      { ...line("noticeNo"), required: true },
      needed("rulingNo"),
      needed("decisionNo"),
      { name: "subject", as: "subject", required: true, when: whereNeeded("subject") },
      { name: "detail", as: "text", max: 2_000 },
    ],
  },
  "liaison.answer": {
    fields: [
      {
        name: "state",
        as: "choice",
        values: ["RECEIVED", "PROCESSING", "REPLIED", "REFUSED"],
        words: "domain:liaison.state",
        required: true,
      },
      { name: "saidBy", as: "line", max: 30, required: true },
      { name: "note", as: "text", max: 2_000 },
      { ...line("replyNo"), when: { field: "state", is: ["REPLIED", "REFUSED"] } },
    ],
  },
  "liaison.remind": { fields: [{ name: "text", as: "text", max: 500 }] },
  "liaison.findRefusal": { fields: [finding] },
  "liaison.close": { fields: [{ name: "note", as: "text", max: 500 }] },
  "liaison.withdraw": { fields: [REASON] },
  "suggestion.issue": { fields: [SUPERIOR, { ...line("letterNo"), required: true }, LETTER] },
  "suggestion.proposeFine": {
    // The law's bounds (F1) are the server's to say, with the article; the form keeps to numbers.
    fields: [
      SUPERIOR,
      { name: "amount", as: "number", min: 1, max: 100_000_000, required: true },
      LETTER,
    ],
  },
  "suggestion.decideFine": {
    fields: [
      {
        name: "approved",
        as: "choice",
        values: ["APPROVED", "REJECTED"],
        words: "domain:suggestion.state",
        required: true,
      },
      { ...line("decisionNo"), when: { field: "approved", is: ["APPROVED"] } },
    ],
    shape: ({ approved, ...rest }) => ({
      ...rest,
      ...(approved === undefined ? {} : { approved: approved === "APPROVED" }),
    }),
  },
  "suggestion.registerReply": {
    fields: [{ name: "text", as: "text", max: 5_000, required: true }, line("replyNo")],
  },
};
