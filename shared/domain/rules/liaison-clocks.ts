import type { ClockLevel, ClockRule } from "./clock-rule.ts";

const DAY_MS = 86_400_000;
const CFG_BASIS = { zh: "配置值（非法定期限）", en: "configured value (not a legal limit)" };

const warn = (zh: string, en: string): ClockLevel => ({
  level: 1,
  afterMs: 0,
  beforeDueMs: DAY_MS,
  severity: "WARN",
  say: { zh, en },
});

const overdue = (zh: string, en: string): ClockLevel => ({
  level: 2,
  afterMs: 0,
  beforeDueMs: 0,
  severity: "ALARM",
  say: { zh, en },
});

const base = { version: 1, basis: CFG_BASIS, cfg: true, liberty: false } as const;
const UNIT = { zh: "联动单位", en: "the linked unit" };

/**
 * Terms of linked units (model 4.6, requirements rows 37–38). All CFG, in working days: `dueAt` is
 * set when the clock starts, the levels hang on it.
 */
export const LIAISON_CLOCKS: readonly ClockRule[] = [
  {
    ...base,
    id: "LIA-DUE",
    name: { zh: "联动协助办理", en: "term of the linked unit" },
    limitMs: 3 * DAY_MS,
    levels: [
      warn("联动协助期限将届满", "the linked unit's term is about to run out"),
      overdue("联动协助逾期，可催办", "linked unit overdue: it can be reminded"),
    ],
    who: UNIT,
  },
  {
    ...base,
    id: "LIA-REMINDER",
    name: { zh: "催办后办理", en: "term after the reminder" },
    limitMs: 3 * DAY_MS,
    levels: [
      warn("催办期限将届满", "the reminder's term is about to run out"),
      overdue(
        "催办后仍未办理，可认定拒不协助",
        "no answer to the reminder: a refusal can be found",
      ),
    ],
    who: UNIT,
  },
  {
    ...base,
    id: "SUG-REPLY",
    name: { zh: "司法建议反馈", en: "reply to the judicial suggestion" },
    limitMs: 20 * DAY_MS,
    levels: [
      warn("司法建议反馈期限将届满", "the reply to the suggestion is about to fall due"),
      overdue("司法建议逾期未反馈", "no reply to the judicial suggestion"),
    ],
    who: { zh: "被建议单位", en: "the unit that was written to" },
  },
  {
    ...base,
    id: "FINE-DECIDE",
    name: { zh: "罚款建议审批", en: "decision on the fine proposal" },
    limitMs: 3 * DAY_MS,
    levels: [overdue("罚款建议未审批", "fine proposal not decided")],
    who: { zh: "本院院长", en: "own president" },
  },
];
