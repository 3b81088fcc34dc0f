import type { RefusalText } from "../kernel/refusal.ts";

export const LIAISON_REFUSALS: Readonly<Record<string, RefusalText>> = {
  NO_SUCH_LINKED_UNIT: {
    what: { zh: "没有该联动单位", en: "There is no such linked unit" },
    fix: { zh: "请从名录中选择", en: "Choose one from the register" },
  },
  NO_SUCH_SERVICE: {
    what: { zh: "该单位没有此协助事项", en: "The unit does not offer this service" },
    fix: { zh: "请按协助事项目录选择", en: "Choose from the catalogue of services" },
  },
  LIAISON_ENDED: {
    what: { zh: "该协助请求已结束", en: "The request has ended" },
    fix: { zh: "如仍需协助，请新发请求", en: "Send a new request if help is still needed" },
  },
  LIAISON_ANSWERED: {
    what: { zh: "单位已答复：{state}", en: "The unit has answered already: {state}" },
    fix: { zh: "请核对其答复", en: "Look at its answer" },
  },
  LIAISON_NOT_ANSWERED: {
    what: { zh: "单位尚未反馈", en: "The unit has not replied yet" },
    fix: { zh: "待反馈后办结，或撤回", en: "Close it after the reply, or withdraw it" },
  },
  LIAISON_NOT_OVERDUE: {
    what: { zh: "办理期限未届满", en: "The term has not run out" },
    fix: { zh: "逾期后方可催办", en: "Remind when it is overdue" },
  },
  LIAISON_NOTE_NEEDED: {
    what: {
      zh: "反馈与拒不协助须录入书面内容",
      en: "A reply or a refusal needs its written content",
    },
    fix: { zh: "请录入单位的答复或理由", en: "Type what the unit wrote" },
  },
  REMIND_FIRST: {
    what: { zh: "尚未催办，不能认定拒不协助", en: "No refusal is found before a reminder" },
    fix: { zh: "请先催办", en: "Remind the unit first" },
  },
  REMINDER_RUNS: {
    what: { zh: "催办期限未届满", en: "The term of the reminder has not run out" },
    fix: { zh: "届满后方可认定", en: "Wait until it has" },
  },
  REFUSAL_WITHOUT_CONSEQUENCE: {
    what: {
      zh: "拒不协助尚无司法建议或罚款建议",
      en: "The refusal has had neither a judicial suggestion nor a fine proposal",
    },
    fix: { zh: "请先发司法建议或提请罚款", en: "Issue one of them first" },
  },
};
