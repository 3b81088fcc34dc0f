import type { ClockLevel, ClockRule } from "./clock-rule.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const CFG_BASIS = { zh: "配置值（非法定期限）", en: "configured value (not a legal limit)" };
const HOST_DUTY = { zh: "属地法院值班员", en: "duty officer of the host court" };
const SCENE_COMMANDER = { zh: "现场指挥", en: "scene commander" };

const hostAck = (id: string, limitMs: number, zh: string, en: string): ClockRule => ({
  id,
  version: 1,
  name: { zh, en },
  basis: CFG_BASIS,
  cfg: true,
  liberty: false,
  limitMs,
  who: HOST_DUTY,
  levels: [
    {
      level: 1,
      afterMs: limitMs / 2,
      severity: "WARN",
      say: { zh: "属地法院尚未签收通知", en: "host court has not acknowledged the notice" },
    },
    {
      level: 2,
      afterMs: limitMs,
      severity: "ALARM",
      say: { zh: "属地法院逾期未签收通知", en: "host court's acknowledgement is overdue" },
    },
  ],
});

const flag = (
  id: string,
  limitMs: number,
  name: ClockRule["name"],
  level: Omit<ClockLevel, "level">,
): ClockRule => ({
  id,
  version: 1,
  name,
  basis: CFG_BASIS,
  cfg: true,
  liberty: false,
  limitMs,
  who: SCENE_COMMANDER,
  levels: [{ level: 1, ...level }],
});

/**
 * Clocks of an operation (model 4.2, authority 5.4). All CFG, all flags: none of them moves an
 * operation. `MUSTER-LATE` is due at the planned time of muster, so its level hangs on `dueAt`.
 */
export const OPERATION_CLOCKS: readonly ClockRule[] = [
  hostAck("HOST-ACK", 30 * MINUTE_MS, "异地执行通知签收", "host notice"),
  hostAck("HOST-ACK-RAPID", 10 * MINUTE_MS, "快反异地执行通知签收", "host notice, rapid"),
  flag(
    "MUSTER-LATE",
    HOUR_MS,
    { zh: "按时集结", en: "muster in time" },
    {
      afterMs: 0,
      beforeDueMs: 0,
      severity: "WARN",
      say: { zh: "已到集结时间，尚未集结", en: "muster time has come, muster not begun" },
    },
  ),
  flag(
    "ON-SCENE-LONG",
    4 * HOUR_MS,
    { zh: "现场时长", en: "time on scene" },
    {
      afterMs: 4 * HOUR_MS,
      severity: "ALARM",
      say: { zh: "到场已4小时未结束", en: "4 h on scene and not ended" },
    },
  ),
];
