import type { RefusalText } from "../kernel/refusal.ts";

export const REPORT_REFUSALS: Readonly<Record<string, RefusalText>> = {
  NO_COURT_ABOVE: {
    what: { zh: "本院在本省没有上级法院", en: "This court has no court above it in the province" },
    fix: { zh: "请线下报送并登记", en: "Report by telephone or paper and log it" },
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
