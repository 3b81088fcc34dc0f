import type { Names } from "../desk/names.tsx";
import { type Fact, type Facts, factsIn } from "./fact.ts";

const { text, at, free, link } = factsIn("liaison:fact.");
const unitOf = (unitId: string | undefined, names: Names): Fact | undefined =>
  link("unit", "unit", unitId, unitId === undefined ? "" : names.unit(unitId));

const liaison: Facts<"liaison"> = (dto, { t, names }) => [
  unitOf(dto.unitId, names),
  text("caseNo", dto.caseNo),
  text("noticeNo", dto.noticeNo),
  text("rulingNo", dto.rulingNo),
  text("decisionNo", dto.decisionNo),
  at("sentAt", dto.sentAt),
  text("sender", dto.sentBy && names.officer(dto.sentBy)),
  free("detail", dto.detail, t),
  at("refusalFoundAt", dto.refusalFound?.at),
  free("refusalFound", dto.refusalFound?.reason, t),
  free("endReason", dto.endReason, t),
];

const yuan = (amount: number): string => amount.toLocaleString("en-US");

const suggestion: Facts<"suggestion"> = (dto, { t, names }) => [
  unitOf(dto.unitId, names),
  text("superior", dto.superior),
  text("letterNo", dto.letterNo),
  text("amount", dto.amount === undefined ? undefined : yuan(dto.amount)),
  text("proposer", dto.by && names.officer(dto.by)),
  at("madeAt", dto.at),
  free("body", dto.body, t),
  text("decidedBy", dto.decided && names.officer(dto.decided.by)),
  at("decidedAt", dto.decided?.at),
  text("decisionNo", dto.decided?.decisionNo),
  link("request", "liaison", dto.liaisonId, t("console:openRecord")),
];

export const LIAISON_FACTS = { liaison, suggestion };
