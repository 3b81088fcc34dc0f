import { HOLD_REFUSALS } from "../hold/words.ts";
import type { RefusalText } from "../kernel/refusal.ts";

export const INCIDENT_REFUSALS: Readonly<Record<string, RefusalText>> = {
  ...HOLD_REFUSALS,
  ASSIST_RUNNING: {
    what: { zh: "支援法院正在处置", en: "A helping court is at work already" },
    fix: { zh: "请待其交接后再指定", en: "Name another one after it has handed over" },
  },
  NO_ASSIST_ASKED: {
    what: { zh: "没有待本院支援的请求", en: "No help of your court is running" },
    fix: { zh: "无需操作", en: "Nothing to do" },
  },
  ASSIST_ORDERED: {
    what: { zh: "支援系共同上级法院指令，不得拒绝", en: "A common superior ordered the help" },
    fix: { zh: "如有困难，请向上级值班室说明", en: "Tell the desk above what hinders you" },
  },
  ASSIST_BY_OTHERS: {
    what: {
      zh: "支援法院不能是执行法院本身或其上级",
      en: "The helping court is neither the enforcing court nor one above yours",
    },
    fix: { zh: "请另选就近法院", en: "Choose another court nearby" },
  },
  NOT_OF_THAT_COURT: {
    what: { zh: "所选人员不属于支援法院", en: "An officer named is not of the helping court" },
    fix: { zh: "请重新选择人员", en: "Choose the officers again" },
  },
  LEVEL_BY_CASUALTIES: {
    what: {
      zh: "有人死亡或三人以上受伤，须为特别重大",
      en: "With a death or three injured the level is ESPECIALLY_MAJOR",
    },
    fix: { zh: "请先核对伤亡人数", en: "Check the casualties first" },
  },
  DOWNGRADE_NEEDS_REASON: {
    what: { zh: "降低等级须说明理由", en: "Lowering the level needs a reason" },
    fix: { zh: "请填写理由", en: "Give the reason" },
  },
  INCIDENT_ENDED: {
    what: { zh: "突发事件已{state}", en: "The incident has ended: {state}" },
    fix: { zh: "如有新情况，请另行上报", en: "Report anything new as a new incident" },
  },
  INCIDENT_NOT_READY: {
    what: { zh: "突发事件当前为{state}", en: "The incident is now {state}" },
    fix: { zh: "须先处于：{needed}", en: "It must first be: {needed}" },
  },
};
