import type { ClockRule } from "./clock-rule.ts";

const DAY_MS = 86_400_000;

/** An observer's seat ends by time; a written opinion is replied to within a month. */
export const OBSERVER_CLOCKS: readonly ClockRule[] = [
  {
    id: "OBS-END",
    version: 1,
    name: { zh: "观摩席结束", en: "the observer's seat ends" },
    basis: { zh: "配置值（非法定期限）", en: "configured value (not a legal limit)" },
    cfg: true,
    liberty: false,
    limitMs: DAY_MS,
    levels: [
      {
        level: 1,
        severity: "WARN",
        afterMs: 0,
        beforeDueMs: 0,
        say: { zh: "观摩席到期", en: "the observer's seat is over" },
      },
    ],
    who: { zh: "邀请法院", en: "the inviting court" },
  },
  {
    id: "OPN-REPLY",
    version: 1,
    name: { zh: "书面意见答复", en: "reply to a written opinion" },
    basis: {
      zh: "配置值：收到后30日（参照执行检察监督一个月）",
      en: "configured: 30 days from receipt (as for procuratorial suggestions)",
    },
    cfg: true,
    liberty: false,
    limitMs: 30 * DAY_MS,
    levels: [
      {
        level: 1,
        severity: "WARN",
        afterMs: 0,
        beforeDueMs: 5 * DAY_MS,
        say: { zh: "书面意见5日内须答复", en: "an opinion is to be replied to in 5 days" },
      },
      {
        level: 2,
        severity: "ALARM",
        afterMs: 0,
        beforeDueMs: 0,
        say: { zh: "书面意见逾期未答复", en: "the reply to an opinion is overdue" },
      },
    ],
    who: { zh: "收文法院", en: "the court that received it" },
  },
];
