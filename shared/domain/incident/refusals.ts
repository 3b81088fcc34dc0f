import type { RefusalText } from "../kernel/refusal.ts";

export const INCIDENT_REFUSALS: Readonly<Record<string, RefusalText>> = {
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
