import type { FieldSpec } from "./form-spec.ts";

/** Fields that several forms share. */
export const CASE_NO: FieldSpec = {
  name: "caseNo",
  as: "line",
  max: 40,
  placeholder: "(2026)鄂0102执1234号",
};
export const REASON: FieldSpec = { name: "reason", as: "text", max: 500, required: true };
export const OPTIONAL_REASON: FieldSpec = { name: "reason", as: "text", max: 500 };
export const DECISION_NO: FieldSpec = { name: "decisionNo", as: "line", max: 60, required: true };
export const WARRANT_NO: FieldSpec = { name: "warrantNo", as: "line", max: 60, required: true };
export const BASIS: FieldSpec = { name: "basisArticles", as: "articles", required: true };
export const SUBJECT: FieldSpec = { name: "subject", as: "subject", required: true };
export const ESCORTS: FieldSpec = { name: "escortIds", as: "officers" };
export const ACT: FieldSpec = { name: "actId", as: "act", required: true };
/** The law's limits (D1) are the server's to say, with the article; the form only keeps to numbers. */
export const DAYS: FieldSpec = { name: "days", as: "number", min: 1, max: 99, required: true };
export const DUE: FieldSpec = { name: "dueAt", as: "due" };
export const BODY: FieldSpec = { name: "body", as: "text", max: 2_000, required: true };
export const FEEDBACK: FieldSpec = { name: "text", as: "text", max: 2_000, required: true };
export const ORDER_URGENCY: FieldSpec = {
  name: "urgency",
  as: "choice",
  values: ["P1", "P2", "P3"],
  words: "domain:police.urgency",
  required: true,
};
export const LEVEL: FieldSpec = {
  name: "level",
  as: "choice",
  values: ["GENERAL", "LARGER", "MAJOR", "ESPECIALLY_MAJOR"],
  words: "domain:incident.level",
  required: true,
};
export const CASUALTIES: FieldSpec = { name: "casualties", as: "casualties" };
