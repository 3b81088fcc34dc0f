import type { ClockLevel, ClockRule } from "./clock-rule.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const CFG_BASIS = { zh: "配置值（非法定期限）", en: "configured value (not a legal limit)" };

/** When every duty desk must have a signed shift, ms after midnight in Shanghai: 08:30 (practice.md). CFG. */
export const DESK_CHECK_MS = 8.5 * HOUR_MS;

const duty = (
  id: string,
  name: ClockRule["name"],
  who: ClockRule["who"],
  limitMs: number,
  levels: readonly ClockLevel[],
): ClockRule => ({
  id,
  version: 1,
  name,
  basis: CFG_BASIS,
  cfg: true,
  liberty: false,
  limitMs,
  levels,
  who,
});

/** Raised when the clock's own due time comes; its length varies. */
const whenDue = (severity: ClockLevel["severity"], zh: string, en: string): ClockLevel => ({
  level: 1,
  afterMs: 0,
  beforeDueMs: 0,
  severity,
  say: { zh, en },
});

const silent = (
  level: number,
  seconds: number,
  severity: ClockLevel["severity"],
  zh: string,
  en: string,
): ClockLevel => ({ level, afterMs: seconds * SECOND_MS, severity, say: { zh, en } });

const OWN_DESK = { zh: "本院值班员", en: "own duty officer" };
const ALL_ADDRESSED = { zh: "受文法院", en: "the courts addressed" };

/** Clocks of duty, roll-call, notices (model 4.13) and check-in on scene (4.3). All CFG. */
export const DUTY_CLOCKS: readonly ClockRule[] = [
  duty("SHF-DESK", { zh: "值班签到", en: "desk signed for" }, OWN_DESK, DAY_MS, [
    whenDue(
      "ALARM",
      "值班席无人签班，报本院指挥中心主任与上级值班室",
      "desk without a signed shift: own centre chief and parent duty desk",
    ),
  ]),
  duty("ROLL-ANSWER", { zh: "点名应答", en: "roll-call answer" }, OWN_DESK, 60 * SECOND_MS, [
    whenDue("ALARM", "点名未答", "roll-call not answered"),
  ]),
  duty("ROLL-OVER", { zh: "点名结束", en: "roll-call over" }, OWN_DESK, DAY_MS, [
    whenDue("WARN", "点名结束", "roll-call over"),
  ]),
  duty("NTC-EXPIRY", { zh: "通知有效期", en: "notice in force" }, ALL_ADDRESSED, 7 * DAY_MS, [
    whenDue("WARN", "通知到期", "notice expired"),
  ]),
  duty("NTC-ALERT", { zh: "警示确认", en: "alert acknowledged" }, ALL_ADDRESSED, 15 * MINUTE_MS, [
    silent(
      1,
      300,
      "WARN",
      "5分钟未确认，再次提示受文值班室和发布法院",
      "not acknowledged for 5 min: desks addressed again, and the publisher",
    ),
    silent(
      2,
      900,
      "ALARM",
      "15分钟未确认，报受文法院执行局长和上级值班室",
      "not acknowledged for 15 min: own director and the desk above",
    ),
    silent(
      3,
      1_800,
      "ALARM",
      "30分钟未确认，报发布法院指挥中心主任",
      "not acknowledged for 30 min: the publisher's centre chief",
    ),
  ]),
  duty("CHK-SCENE", { zh: "现场阶段核对", en: "still on scene" }, OWN_DESK, HOUR_MS, [
    whenDue("WARN", "核对是否仍在现场", "asked whether still on scene"),
  ]),
  duty(
    "CHK-LIFE",
    { zh: "现场平安报告", en: "check-in on scene" },
    { zh: "现场人员", en: "the officer on scene" },
    120 * SECOND_MS,
    [
      silent(1, 45, "WARN", "45秒未报平安，请确认", "no check-in for 45 s: please confirm"),
      silent(2, 120, "ALARM", "120秒未报平安，报本院指挥中心", "no check-in for 120 s: own centre"),
      silent(
        3,
        180,
        "ALARM",
        "180秒未报平安，报上级值班室",
        "no check-in for 180 s: parent duty desk",
      ),
    ],
  ),
];
