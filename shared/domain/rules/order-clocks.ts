import type { Bilingual } from "../kernel/refusal.ts";
import type { ClockLevel, ClockRule } from "./clock-rule.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const CFG_BASIS = { zh: "配置值（非法定期限）", en: "configured value (not a legal limit)" };
const RECEIVER = { zh: "受令法院", en: "the receiving court" };

/** `beforeDueMs` below zero is after the due time. */
const atDue = (level: number, beforeDueMs: number, say: Bilingual): ClockLevel => ({
  level,
  afterMs: 0,
  beforeDueMs,
  severity: "ALARM",
  say,
});

/** Due time given by the issuer; the second level shows the order to the court above him. */
const due = (id: string, version: number, aboveAfterMs: number, after: Bilingual): ClockRule => ({
  id,
  version,
  name: { zh: "指令办理", en: "order due" },
  basis: CFG_BASIS,
  cfg: true,
  liberty: false,
  limitMs: DAY_MS,
  levels: [
    atDue(1, 0, { zh: "指令逾期", en: "order overdue" }),
    atDue(2, -aboveAfterMs, {
      zh: `指令逾期${after.zh}，报下达法院的上级法院`,
      en: `order overdue for ${after.en}: the court above the issuer is told`,
    }),
  ],
  who: RECEIVER,
});

/** Orders down and reports up (model 4.7). CFG except the deferral's. */
export const ORDER_CLOCKS: readonly ClockRule[] = [
  due("ORDER-DUE", 2, DAY_MS, { zh: "24小时", en: "24 h" }),
  due("ORDER-DUE-P1", 1, HOUR_MS, { zh: "1小时", en: "1 h" }),
  {
    id: "ORDER-DEFERRAL",
    version: 1,
    name: { zh: "暂缓期限", en: "deferral" },
    basis: { zh: "执行规定第77条", en: "Enforcement Provisions art. 77" },
    cfg: false,
    liberty: false,
    limitMs: 90 * DAY_MS,
    levels: [
      atDue(1, 0, {
        zh: "暂缓期满，未续期的应恢复执行",
        en: "deferral over: unless renewed, enforcement resumes",
      }),
    ],
    who: RECEIVER,
  },
  {
    id: "ORDER-RECONSIDER",
    version: 1,
    name: { zh: "复议答复", en: "answer to reconsideration" },
    basis: CFG_BASIS,
    cfg: true,
    liberty: false,
    limitMs: 5 * DAY_MS,
    levels: [
      atDue(1, 0, {
        zh: "复议请求5日未答复",
        en: "request for reconsideration not answered in 5 days",
      }),
    ],
    who: { zh: "下达法院", en: "the issuing court" },
  },
  {
    id: "REPORT-READ",
    version: 1,
    name: { zh: "请求支援阅处", en: "request for support read" },
    basis: CFG_BASIS,
    cfg: true,
    liberty: false,
    limitMs: 10 * MINUTE_MS,
    levels: [
      {
        level: 1,
        afterMs: 10 * MINUTE_MS,
        severity: "ALARM",
        say: {
          zh: "请求支援10分钟未阅，升级上一级",
          en: "request for support not read in 10 min: goes to the next tier",
        },
      },
      {
        level: 2,
        afterMs: 20 * MINUTE_MS,
        severity: "ALARM",
        say: {
          zh: "请求支援20分钟未阅",
          en: "request for support not read in 20 min",
        },
      },
    ],
    who: { zh: "收文法院值班员", en: "the duty desk that received it" },
  },
  {
    id: "REPORT-HANDLE",
    version: 1,
    name: { zh: "请求支援处理", en: "request for support answered" },
    basis: CFG_BASIS,
    cfg: true,
    liberty: false,
    limitMs: 30 * MINUTE_MS,
    levels: [
      {
        level: 1,
        afterMs: 30 * MINUTE_MS,
        severity: "ALARM",
        say: {
          zh: "请求支援已阅30分钟未处理，升级上一级",
          en: "request for support read, not answered in 30 min: goes to the next tier",
        },
      },
      {
        level: 2,
        afterMs: 60 * MINUTE_MS,
        severity: "ALARM",
        say: {
          zh: "请求支援已阅60分钟未处理",
          en: "request for support read, not answered in 60 min",
        },
      },
    ],
    who: { zh: "收文法院值班员", en: "the duty desk that received it" },
  },
];
