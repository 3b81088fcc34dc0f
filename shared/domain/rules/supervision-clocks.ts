import type { ClockLevel, ClockRule } from "./clock-rule.ts";

const DAY_MS = 86_400_000;
const CFG_BASIS = { zh: "督办函所定期限", en: "the term that the letter sets" };

const step = (
  level: number,
  severity: ClockLevel["severity"],
  beforeDueMs: number,
  zh: string,
  en: string,
): ClockLevel => ({ level, severity, afterMs: 0, beforeDueMs, say: { zh, en } });

const TARGET = { zh: "被督办法院", en: "the supervised court" };

/** Limits of supervision (rule I6, model 4.8). Every level hangs on `dueAt`. */
export const SUPERVISION_CLOCKS: readonly ClockRule[] = [
  {
    id: "I6",
    version: 1,
    name: { zh: "发出督办函", en: "issue the supervision letter" },
    basis: {
      zh: "最高人民法院关于执行案件督办工作的规定（2006年）",
      en: "SPC Provisions on the Supervision of Enforcement Cases (2006)",
    },
    cfg: false,
    liberty: false,
    limitMs: 10 * DAY_MS,
    levels: [
      step(1, "WARN", 3 * DAY_MS, "受理已7日，督办函未发", "7 days since acceptance, no letter"),
      step(2, "ALARM", 0, "受理已10日，督办函未发", "10 days since acceptance, no letter"),
    ],
    who: { zh: "督办法院", en: "the supervising court" },
  },
  {
    id: "SUP-DUE",
    version: 1,
    name: { zh: "书面报告期限", en: "written report due" },
    basis: CFG_BASIS,
    cfg: true,
    liberty: false,
    limitMs: 15 * DAY_MS,
    levels: [
      step(1, "WARN", DAY_MS, "书面报告明日到期", "the written report is due in a day"),
      step(2, "ALARM", 0, "书面报告逾期，可催报", "the written report is overdue: urge it"),
    ],
    who: TARGET,
  },
  {
    id: "SUP-ITEM",
    version: 1,
    name: { zh: "整改事项期限", en: "rectification item due" },
    basis: CFG_BASIS,
    cfg: true,
    liberty: false,
    limitMs: 15 * DAY_MS,
    levels: [
      step(1, "WARN", DAY_MS, "整改事项明日到期", "a rectification item is due in a day"),
      step(2, "ALARM", 0, "整改事项逾期", "a rectification item is overdue"),
    ],
    who: TARGET,
  },
];
