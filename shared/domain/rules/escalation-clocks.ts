import type { ClockLevel, ClockRule } from "./clock-rule.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const CFG_BASIS = { zh: "配置值（非法定期限）", en: "configured value (not a legal limit)" };

const alarm = (level: number, afterMs: number, zh: string, en: string): ClockLevel => ({
  level,
  afterMs,
  severity: "ALARM",
  say: { zh, en },
});

const escalation = (
  id: string,
  name: ClockRule["name"],
  limitMs: number,
  who: ClockRule["who"],
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

const handover = (id: string, firstMs: number, secondMs: number): ClockRule =>
  escalation(
    id,
    { zh: "交接签收", en: "hand-over to be signed" },
    firstMs,
    { zh: "接手法院", en: "the court it was handed to" },
    [
      alarm(
        1,
        firstMs,
        "交接未签收，回到上级值班室",
        "hand-over not signed: desk of the court above",
      ),
      alarm(2, secondMs, "交接仍未签收，升级高院值班室", "still not signed: High Court duty desk"),
    ],
  );

/** Hand-overs, deadlines and help between courts (model 4.5, 4.10; peers §4 no. 2). All CFG. */
export const ESCALATION_CLOCKS: readonly ClockRule[] = [
  handover("HANDOVER-URGENT", 60 * SECOND_MS, 3 * MINUTE_MS),
  handover("HANDOVER-CALM", 15 * MINUTE_MS, 60 * MINUTE_MS),
  // Its length is what the court above said; the level hangs on `dueAt`.
  escalation(
    "HOLD-DEADLINE",
    { zh: "上级限期", en: "deadline from above" },
    DAY_MS,
    { zh: "当前处置法院", en: "the court that holds it" },
    [
      {
        ...alarm(1, 0, "限期届满，升级限期法院", "deadline over: desk of the court that set it"),
        beforeDueMs: 0,
      },
    ],
  ),
  escalation(
    "ASSIST-ACK",
    { zh: "就近支援签收", en: "help to be acknowledged" },
    60 * SECOND_MS,
    { zh: "支援法院", en: "the helping court" },
    [
      alarm(
        1,
        60 * SECOND_MS,
        "支援法院60秒未签收，提醒请求值班室",
        "the helping court has not acknowledged in 60 s: desk that named it",
      ),
    ],
  ),
];
