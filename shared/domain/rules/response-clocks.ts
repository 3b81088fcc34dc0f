import type { ClockLevel, ClockRule } from "./clock-rule.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const CFG_BASIS = { zh: "配置值（非法定期限）", en: "configured value (not a legal limit)" };
const POLICE = { zh: "公安机关", en: "the police" };

const alarm = (level: number, afterMs: number, zh: string, en: string): ClockLevel => ({
  level,
  afterMs,
  severity: "ALARM",
  say: { zh, en },
});

function response(
  id: string,
  zh: string,
  en: string,
  limitMs: number,
  levels: readonly ClockLevel[],
  who = POLICE,
): ClockRule {
  return {
    id,
    version: 1,
    name: { zh, en },
    basis: CFG_BASIS,
    cfg: true,
    liberty: false,
    limitMs,
    levels,
    who,
  };
}

const late = (zh: string, en: string, afterMs: number): ClockLevel[] => [alarm(1, afterMs, zh, en)];

/**
 * Response targets of police requests (model 4.5) and of SOS (4.10). All CFG. P4 counts working
 * days, so its `dueAt` is set when the clock starts and the levels hang on `dueAt`.
 */
export const RESPONSE_CLOCKS: readonly ClockRule[] = [
  response("P1-ACK", "特急签收", "P1 acknowledge", 60 * SECOND_MS, [
    alarm(
      1,
      60 * SECOND_MS,
      "60秒未签收，升级本院局长与上级值班室",
      "not acknowledged in 60 s: own director and parent duty desk",
    ),
    alarm(
      2,
      3 * MINUTE_MS,
      "3分钟未签收，升级高院值班室",
      "not acknowledged in 3 min: High Court duty desk",
    ),
  ]),
  response(
    "P1-DISPATCH",
    "特急出警",
    "P1 dispatch",
    3 * MINUTE_MS,
    late("3分钟未出警", "not dispatched in 3 min", 3 * MINUTE_MS),
  ),
  response(
    "P1-ARRIVE",
    "特急到场",
    "P1 arrive",
    15 * MINUTE_MS,
    late("15分钟未到场", "not on scene in 15 min", 15 * MINUTE_MS),
  ),
  response("P2-ACK", "紧急签收", "P2 acknowledge", 3 * MINUTE_MS, [
    alarm(
      1,
      3 * MINUTE_MS,
      "3分钟未签收，升级上级值班室",
      "not acknowledged in 3 min: parent duty desk",
    ),
    alarm(
      2,
      10 * MINUTE_MS,
      "10分钟未签收，升级高院值班室",
      "not acknowledged in 10 min: High Court duty desk",
    ),
  ]),
  response(
    "P2-DISPATCH",
    "紧急出警",
    "P2 dispatch",
    10 * MINUTE_MS,
    late("10分钟未出警", "not dispatched in 10 min", 10 * MINUTE_MS),
  ),
  response(
    "P2-ARRIVE",
    "紧急到场",
    "P2 arrive",
    30 * MINUTE_MS,
    late("30分钟未到场", "not on scene in 30 min", 30 * MINUTE_MS),
  ),
  response("P3-ACK", "一般签收", "P3 acknowledge", 15 * MINUTE_MS, [
    alarm(
      1,
      15 * MINUTE_MS,
      "15分钟未签收，报本院指挥中心主任",
      "not acknowledged in 15 min: own centre chief",
    ),
    alarm(
      2,
      60 * MINUTE_MS,
      "60分钟未签收，升级上级值班室",
      "not acknowledged in 60 min: parent duty desk",
    ),
  ]),
  response("P4-ACK", "查询签收", "P4 acknowledge", DAY_MS, [
    {
      level: 1,
      afterMs: 0,
      beforeDueMs: 0,
      severity: "ALARM",
      say: { zh: "1个工作日未签收", en: "not acknowledged in 1 working day" },
    },
  ]),
  response("P4-ANSWER", "查询答复", "P4 answer", 3 * DAY_MS, [
    {
      level: 1,
      afterMs: 0,
      beforeDueMs: 0,
      severity: "ALARM",
      say: {
        zh: "3个工作日未答复，升级上级值班室",
        en: "no answer in 3 working days: parent duty desk",
      },
    },
  ]),
  response(
    "TC-HOLD",
    "公安控制等待接管",
    "held by police until take-over",
    24 * HOUR_MS,
    [
      {
        level: 1,
        afterMs: 2 * HOUR_MS,
        severity: "WARN",
        say: {
          zh: "公安控制已2小时，待法院接管",
          en: "held by the police for 2 h, court has not taken over",
        },
      },
      alarm(
        2,
        24 * HOUR_MS,
        "公安控制已24小时，法院未接管",
        "held by the police for 24 h, court has not taken over",
      ),
    ],
    { zh: "本院法警", en: "own judicial police" },
  ),
  response(
    "SOS-ACK",
    "紧急求助接警",
    "SOS acknowledge",
    15 * SECOND_MS,
    [
      alarm(1, 15 * SECOND_MS, "15秒未接警", "not acknowledged in 15 s"),
      alarm(
        2,
        30 * SECOND_MS,
        "30秒未接警，升级本院局长与上级值班室",
        "not acknowledged in 30 s: own director and parent duty desk",
      ),
      alarm(
        3,
        60 * SECOND_MS,
        "60秒未接警，升级高院值班室",
        "not acknowledged in 60 s: High Court duty desk",
      ),
    ],
    { zh: "本院值班员", en: "own duty officer" },
  ),
  response(
    "ORDER-DUE",
    "指令办理",
    "order due",
    DAY_MS,
    [
      {
        level: 1,
        afterMs: 0,
        beforeDueMs: 0,
        severity: "ALARM",
        say: { zh: "指令逾期", en: "order overdue" },
      },
    ],
    { zh: "受令法院", en: "the receiving court" },
  ),
];
