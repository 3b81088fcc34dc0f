import type { ClockRule } from "./clock-rule.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const POLICE = { zh: "押解法警", en: "escorting judicial police" };
const OWN_COURT = { zh: "本院承办人", en: "the deciding court's judge" };

/**
 * Clocks of compelled appearance and judicial detention. Limits are law unless `cfg`; warning
 * times are product choices. Liberty clocks never roll over holidays and never exclude travel.
 */
export const DETENTION_CLOCKS: readonly ClockRule[] = [
  {
    id: "S4",
    version: 1,
    name: { zh: "询问8小时", en: "8 h inquiry" },
    basis: { zh: "民诉法解释第482条第2款", en: "CPL Interpretation art. 482 ¶2" },
    cfg: false,
    liberty: true,
    limitMs: 8 * HOUR_MS,
    who: OWN_COURT,
    levels: [
      {
        level: 1,
        afterMs: 6 * HOUR_MS,
        severity: "WARN",
        say: { zh: "询问已6小时", en: "6 h of inquiry" },
      },
      {
        level: 2,
        afterMs: 7.5 * HOUR_MS,
        severity: "WARN",
        say: { zh: "询问已7小时30分", en: "7 h 30 of inquiry" },
      },
      {
        level: 3,
        afterMs: 8 * HOUR_MS,
        severity: "ALARM",
        say: { zh: "询问超过8小时", en: "inquiry over 8 h" },
      },
    ],
  },
  {
    id: "S5",
    version: 1,
    name: { zh: "询问24小时", en: "24 h inquiry" },
    basis: { zh: "民诉法解释第482条第2款", en: "CPL Interpretation art. 482 ¶2" },
    cfg: false,
    liberty: true,
    limitMs: 24 * HOUR_MS,
    who: OWN_COURT,
    levels: [
      {
        level: 1,
        afterMs: 20 * HOUR_MS,
        severity: "WARN",
        say: { zh: "询问已20小时", en: "20 h of inquiry" },
      },
      {
        level: 2,
        afterMs: 23 * HOUR_MS,
        severity: "WARN",
        say: { zh: "询问已23小时", en: "23 h of inquiry" },
      },
      {
        level: 3,
        afterMs: 24 * HOUR_MS,
        severity: "ALARM",
        say: { zh: "询问超过24小时", en: "inquiry over 24 h" },
      },
    ],
  },
  {
    id: "S4-CONTROL",
    version: 1,
    name: { zh: "控制至到案放行", en: "time since control" },
    basis: {
      zh: "配置值（法定8小时自到案起算，控制时间另计以备查）",
      en: "configured value (the law's 8 h count from arrival; shown beside them)",
    },
    cfg: true,
    liberty: true,
    limitMs: 24 * HOUR_MS,
    who: POLICE,
    levels: [
      {
        level: 1,
        afterMs: 8 * HOUR_MS,
        severity: "WARN",
        say: { zh: "控制已8小时", en: "8 h since control" },
      },
      {
        level: 2,
        afterMs: 24 * HOUR_MS,
        severity: "ALARM",
        say: { zh: "控制超过24小时", en: "over 24 h since control" },
      },
    ],
  },
  {
    id: "D2",
    version: 1,
    name: { zh: "紧急控制后报院长", en: "report to the president after emergency control" },
    basis: {
      zh: "民事诉讼法第119条、民诉法解释第178、181条（立即；2小时为配置值）",
      en: "CPL art. 119; CPL Interpretation arts. 178, 181 (“at once”; 2 h is configured)",
    },
    cfg: true,
    liberty: true,
    limitMs: 2 * HOUR_MS,
    who: { zh: "承办人、院长", en: "judge and president" },
    levels: [
      {
        level: 1,
        afterMs: HOUR_MS,
        severity: "WARN",
        say: { zh: "紧急控制1小时未补批", en: "1 h without the president's approval" },
      },
      {
        level: 2,
        afterMs: 2 * HOUR_MS,
        severity: "ALARM",
        say: { zh: "紧急控制2小时未补批", en: "2 h without the president's approval" },
      },
    ],
  },
  {
    id: "D4",
    version: 1,
    name: { zh: "送交收押", en: "hand-over for intake" },
    basis: {
      zh: "民事诉讼法第118条第3款、民诉法解释第178条（及时；24小时为配置值）",
      en: "CPL art. 118 ¶3; CPL Interpretation art. 178 (“promptly”; 24 h is configured)",
    },
    cfg: true,
    liberty: true,
    limitMs: 24 * HOUR_MS,
    who: POLICE,
    levels: [
      {
        level: 1,
        afterMs: 4 * HOUR_MS,
        severity: "WARN",
        say: { zh: "控制后4小时未收押", en: "4 h since control without intake" },
      },
      {
        level: 2,
        afterMs: 12 * HOUR_MS,
        severity: "WARN",
        say: { zh: "控制后12小时未收押", en: "12 h since control without intake" },
      },
      {
        level: 3,
        afterMs: 24 * HOUR_MS,
        severity: "ALARM",
        say: { zh: "控制后24小时未收押", en: "24 h since control without intake" },
      },
    ],
  },
  {
    id: "D5",
    version: 1,
    name: { zh: "通知家属", en: "notice to the family" },
    basis: { zh: "民诉法解释第180条", en: "CPL Interpretation art. 180" },
    cfg: false,
    liberty: true,
    limitMs: 24 * HOUR_MS,
    who: OWN_COURT,
    levels: [
      {
        level: 1,
        afterMs: 12 * HOUR_MS,
        severity: "WARN",
        say: { zh: "12小时未通知家属", en: "12 h without notice to the family" },
      },
      {
        level: 2,
        afterMs: 20 * HOUR_MS,
        severity: "WARN",
        say: { zh: "20小时未通知家属", en: "20 h without notice to the family" },
      },
      {
        level: 3,
        afterMs: 24 * HOUR_MS,
        severity: "ALARM",
        say: { zh: "24小时未通知家属", en: "24 h without notice to the family" },
      },
    ],
  },
  {
    id: "D6",
    version: 1,
    name: { zh: "拘留期限", en: "detention term" },
    basis: { zh: "拘留所条例第30、32条", en: "Detention House Regulations arts. 30, 32" },
    cfg: false,
    liberty: true,
    limitMs: 15 * DAY_MS,
    who: { zh: "拘留所、本院承办人", en: "detention house and judge" },
    levels: [
      {
        level: 1,
        afterMs: 0,
        beforeDueMs: 48 * HOUR_MS,
        severity: "WARN",
        say: { zh: "48小时内期满", en: "ends within 48 h" },
      },
      {
        level: 2,
        afterMs: 0,
        beforeDueMs: 24 * HOUR_MS,
        severity: "WARN",
        say: { zh: "24小时内期满", en: "ends within 24 h" },
      },
      {
        level: 3,
        afterMs: 0,
        beforeDueMs: 2 * HOUR_MS,
        severity: "WARN",
        say: { zh: "2小时内期满", en: "ends within 2 h" },
      },
      {
        level: 4,
        afterMs: 0,
        beforeDueMs: 0,
        severity: "ALARM",
        say: { zh: "期满未解除", en: "term over, not released" },
      },
    ],
  },
];
