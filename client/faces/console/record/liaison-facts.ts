import type { TFunction } from "i18next";
import type { StoredRecord, TextView } from "../../../store/dto.ts";
import { wordsOf } from "../../../ui/words-of.ts";
import type { Names } from "../desk/names.tsx";
import type { Fact } from "./facts.ts";

interface Words {
  readonly t: TFunction;
  readonly names: Names;
}

type Facts<K extends StoredRecord["type"]> = (
  dto: StoredRecord<K>["dto"],
  words: Words,
) => readonly (Fact | undefined)[];

const label = (name: string): string => `liaison:fact.${name}`;
const text = (name: string, value: string | undefined): Fact | undefined =>
  value ? { label: label(name), value } : undefined;
const at = (name: string, time: number | undefined): Fact | undefined =>
  time === undefined ? undefined : { label: label(name), at: time };
const free = (name: string, value: TextView | undefined, t: TFunction): Fact | undefined =>
  value === undefined ? undefined : { label: label(name), value: wordsOf(value, t) };
const unitOf = (unitId: string | undefined, names: Names): Fact | undefined =>
  unitId === undefined
    ? undefined
    : { label: label("unit"), value: names.unit(unitId), ref: { type: "unit", id: unitId } };

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
  dto.liaisonId === undefined
    ? undefined
    : {
        label: label("request"),
        value: t("console:openRecord"),
        ref: { type: "liaison", id: dto.liaisonId },
      },
];

export const LIAISON_FACTS = { liaison, suggestion };
