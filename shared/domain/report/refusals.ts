import type { RefusalText } from "../kernel/refusal.ts";

export const REPORT_REFUSALS: Readonly<Record<string, RefusalText>> = {
  NO_COURT_ABOVE: {
    what: { zh: "本院在本省没有上级法院", en: "This court has no court above it in the province" },
    fix: { zh: "请线下报送并登记", en: "Report by telephone or paper and log it" },
  },
  REPORT_NEEDS_INCIDENT: {
    what: { zh: "突发事件报告须写明事件", en: "A report of an incident names the incident" },
    fix: { zh: "请选择突发事件", en: "Choose the incident" },
  },
  REPORT_NOT_OWN_MATTER: {
    what: {
      zh: "所涉行动、事件或指令不是本院的",
      en: "The operation, incident or order is not this court's",
    },
    fix: { zh: "请选择本院或本辖区的事项", en: "Choose one of this court or its district" },
  },
  REPORT_HANDLED: {
    what: { zh: "报告已处理", en: "The report has been handled" },
    fix: { zh: "无需办理", en: "Nothing to do" },
  },
  REPORT_HELD_ELSEWHERE: {
    what: { zh: "报告由{court}处理", en: "{court} is to handle the report" },
    fix: { zh: "请与{court}联系", en: "Ask {court}" },
  },
};
