import { HOLD_REFUSALS } from "../hold/words.ts";
import type { RefusalText } from "../kernel/refusal.ts";

export const POLICE_REFUSALS: Readonly<Record<string, RefusalText>> = {
  ...HOLD_REFUSALS,
  POLICE_REQUEST_ENDED: {
    what: { zh: "该公安协助请求已结束", en: "This police request has ended" },
    fix: { zh: "如仍需协助，请新发请求", en: "Send a new request if help is still needed" },
  },
  DECLINE_NEEDS_REASON: {
    what: {
      zh: "不予协助须有书面理由",
      en: "A declined request needs the written reason",
    },
    fix: { zh: "请录入公安说明的理由", en: "Type the reason that the police gave" },
  },
  PAPERS_MISSING: {
    what: { zh: "请求缺少：{needed}", en: "The request lacks: {needed}" },
    fix: { zh: "请补齐后发出", en: "Add it and send again" },
  },
  NOT_A_POLICE_UNIT: {
    what: { zh: "该单位不是公安机关", en: "The unit is not one of the police" },
    fix: { zh: "请改发联动协助请求", en: "Send it a request for assistance instead" },
  },
  NOT_A_CUSTODY_REQUEST: {
    what: { zh: "该请求不是收押请求", en: "This is no request to take somebody into custody" },
    fix: { zh: "请报告到场、控制或移交", en: "Report arrival, control or hand-over instead" },
  },
  DECLINE_TOO_LATE: {
    what: { zh: "已派警，不能再不予协助", en: "Police are on the way: too late to decline" },
    fix: { zh: "请致电法院值班室", en: "Telephone the court's duty desk" },
  },
  POLICE_ON_THE_WAY: {
    what: { zh: "已派警，不能改派", en: "Police are on the way: not to be sent on" },
    fix: { zh: "如需增援，请新发请求", en: "Send a second request for more help" },
  },
  SAME_POLICE_UNIT: {
    what: { zh: "请求已在该单位", en: "The request is with this unit already" },
    fix: { zh: "请选择另一单位", en: "Choose another unit" },
  },
  NO_SUCH_UNIT: {
    what: { zh: "没有该公安单位", en: "There is no such police unit" },
    fix: { zh: "请从名录中选择", en: "Choose one from the register" },
  },
  TAKE_OVER_FIRST: {
    what: {
      zh: "被执行人仍由公安控制，不能办结或撤回",
      en: "The person is still held by the police: not to be closed or withdrawn",
    },
    fix: {
      zh: "请先由法警接管，公安已放行的请登记放行",
      en: "Judicial police must take over first; if the police let the person go, record the release",
    },
  },
};
