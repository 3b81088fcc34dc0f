import type { ClockLevel, ClockRule } from "./clock-rule.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const CFG_BASIS = { zh: "配置值（非法定期限）", en: "configured value (not a legal limit)" };
const ENTRUSTED = { zh: "受托法院", en: "the entrusted court" };

/** Level of `W6` from which the delegating court is deemed to withdraw. */
export const PAPERS_OVERDUE = 2;

const step = (
  level: number,
  severity: ClockLevel["severity"],
  beforeDueMs: number,
  zh: string,
  en: string,
): ClockLevel => ({ level, severity, afterMs: 0, beforeDueMs, say: { zh, en } });

const TOLD = { zh: "，报共同上级法院", en: ": the common superior is told" };

const rule = (
  of: Pick<ClockRule, "id" | "name" | "limitMs" | "levels"> & Partial<ClockRule>,
): ClockRule => ({
  version: 1,
  basis: CFG_BASIS,
  cfg: true,
  liberty: false,
  who: ENTRUSTED,
  ...of,
});

/**
 * Limits of a delegated item (rules W3–W6). W5's are product values; those of law run from the
 * receipt on the platform. Every level hangs on `dueAt`, which the clock's start may set.
 */
export const DELEGATION_CLOCKS: readonly ClockRule[] = [
  rule({
    id: "W5-ACCEPT",
    name: { zh: "事项委托接收或退回", en: "accept or return a delegation" },
    // Of 3 working days; `dueAt` is counted when the clock starts. 70 % and 90 % of three days.
    limitMs: 3 * DAY_MS,
    levels: [
      step(1, "WARN", 0.3 * 3 * DAY_MS, "委托待接收", "a delegation waits to be accepted"),
      step(2, "WARN", 0.1 * 3 * DAY_MS, "委托即将逾期未接收", "hardly any time left to accept"),
      step(
        3,
        "ALARM",
        0,
        `3个工作日未接收或退回${TOLD.zh}`,
        `neither accepted nor returned in 3 working days${TOLD.en}`,
      ),
    ],
  }),
  rule({
    id: "W5-URGENT",
    name: { zh: "紧急委托接收", en: "accept an urgent delegation" },
    limitMs: 30 * MINUTE_MS,
    levels: [
      step(1, "WARN", 15 * MINUTE_MS, "紧急委托15分钟未接收", "urgent, not accepted in 15 min"),
      step(
        2,
        "ALARM",
        0,
        `紧急委托30分钟未接收${TOLD.zh}`,
        `urgent, not accepted in 30 min${TOLD.en}`,
      ),
    ],
  }),
  rule({
    id: "W5-FINISH",
    name: { zh: "事项委托办结", en: "finish a delegation" },
    limitMs: 15 * DAY_MS,
    levels: [
      step(1, "WARN", 0.3 * 15 * DAY_MS, "委托事项办理期限将至", "the term of a delegation nears"),
      step(2, "WARN", 0.1 * 15 * DAY_MS, "委托事项即将逾期", "a delegation is almost overdue"),
      step(3, "ALARM", 0, `委托事项逾期${TOLD.zh}`, `delegation overdue${TOLD.en}`),
    ],
  }),
  rule({
    id: "W3",
    name: { zh: "受托后开始执行", en: "start what was delegated" },
    basis: { zh: "民事诉讼法第240条", en: "CPL art. 240" },
    cfg: false,
    limitMs: 15 * DAY_MS,
    levels: [
      step(1, "WARN", 5 * DAY_MS, "收到委托10日未开始", "not started 10 days after receipt"),
      step(2, "WARN", DAY_MS, "收到委托14日未开始", "not started 14 days after receipt"),
      step(
        3,
        "ALARM",
        0,
        `收到委托15日未开始，委托法院可请共同上级法院指令${TOLD.zh}`,
        `not started in 15 days, the delegating court may ask for an order${TOLD.en}`,
      ),
    ],
  }),
  rule({
    id: "W4",
    name: { zh: "函告结果或进展", en: "report result or progress" },
    basis: { zh: "民事诉讼法第240条", en: "CPL art. 240" },
    cfg: false,
    limitMs: 30 * DAY_MS,
    levels: [
      step(1, "WARN", 5 * DAY_MS, "25日未函告结果或进展", "no result or progress in 25 days"),
      step(
        2,
        "ALARM",
        0,
        `30日未函告结果或进展${TOLD.zh}`,
        `no result or progress in 30 days${TOLD.en}`,
      ),
    ],
  }),
  rule({
    id: "W6",
    name: { zh: "补充委托材料", en: "complete the papers" },
    basis: {
      zh: "最高人民法院关于委托执行若干问题的规定第8条",
      en: "Provisions on Entrusted Enforcement art. 8",
    },
    cfg: false,
    limitMs: 30 * DAY_MS,
    levels: [
      step(1, "WARN", 5 * DAY_MS, "25日未补充材料", "papers not completed in 25 days"),
      step(
        PAPERS_OVERDUE,
        "ALARM",
        0,
        `30日未补充材料，视为撤回委托${TOLD.zh}`,
        `papers not completed in 30 days, deemed withdrawn${TOLD.en}`,
      ),
    ],
    who: { zh: "委托法院", en: "the delegating court" },
  }),
  rule({
    id: "DEL-TERM",
    name: { zh: "共同上级法院限期", en: "term set by the common superior" },
    limitMs: DAY_MS,
    levels: [
      step(
        1,
        "ALARM",
        0,
        `超过共同上级法院所定期限${TOLD.zh}`,
        `past the superior's term${TOLD.en}`,
      ),
    ],
    who: { zh: "应办法院", en: "the court whose turn it is" },
  }),
];
