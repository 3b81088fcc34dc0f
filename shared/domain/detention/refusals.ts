import type { RefusalText } from "../kernel/refusal.ts";

/** What is refused and what would satisfy it; the article stands under the rule id (`articles.ts`). */
export const DETENTION_REFUSALS: Readonly<Record<string, RefusalText>> = {
  DETENTION_ENDED: {
    what: { zh: "该措施已结束，不能再办理", en: "This measure has ended" },
    fix: { zh: "如有新的事实，请另行提请", en: "A new fact needs a new proposal" },
  },
  NOT_A_COMPEL: {
    what: { zh: "仅适用于拘传", en: "Only for compelled appearance" },
    fix: { zh: "请在拘传记录上操作", en: "Do it on the record of the compelled appearance" },
  },
  NOT_A_DETENTION: {
    what: { zh: "仅适用于拘留", en: "Only for judicial detention" },
    fix: { zh: "请在拘留记录上操作", en: "Do it on the record of the detention" },
  },
  BASIS_MISSING: {
    what: { zh: "未写明依据条款", en: "The article it rests on is missing" },
    fix: { zh: "请写明条、款", en: "Name article and paragraph" },
  },
  WARRANT_MISSING: {
    what: { zh: "未填拘传票号", en: "The number of the warrant is missing" },
    fix: { zh: "请先签发拘传票并填写票号", en: "Issue the warrant and give its number" },
  },
  DECISION_NO_MISSING: {
    what: { zh: "未填决定书文号", en: "The number of the written decision is missing" },
    fix: { zh: "请填写决定书文号", en: "Give the number of the decision" },
  },
  DAYS_OUT_OF_RANGE: {
    what: {
      zh: "拘留{days}日，不在1至15日之内",
      en: "{days} days of detention is outside 1 to 15",
    },
    fix: { zh: "请改为15日以内", en: "Choose at most 15 days" },
  },
  DAYS_OVER_PROPOSED: {
    what: {
      zh: "批准{days}日，超过提请的{proposed}日",
      en: "{days} days exceed the {proposed} proposed",
    },
    fix: { zh: "请在提请日数以内批准", en: "Approve no more than was proposed" },
  },
  DAYS_MISSING: {
    what: { zh: "未填拘留日数", en: "The days of detention are missing" },
    fix: { zh: "请填写1至15日", en: "Give 1 to 15 days" },
  },
  SAME_ACT: {
    what: { zh: "同一行为已拘留过", en: "There is a detention for the same act already" },
    fix: {
      zh: "须有新的行为并另立事实记录",
      en: "A new act with a fact record of its own is needed",
    },
  },
  ALREADY_APPROVED: {
    what: { zh: "院长已批准", en: "The president has approved already" },
    fix: { zh: "无需再次批准", en: "No second approval is needed" },
  },
  APPROVE_RETRO_INSTEAD: {
    what: {
      zh: "人员已先行控制，不能按事前批准办理",
      en: "The person was controlled first: this is no prior approval",
    },
    fix: { zh: "请办理紧急控制补批", en: "Approve the emergency control afterwards" },
  },
  NOT_EMERGENCY: {
    what: { zh: "没有先行控制，无需补批", en: "There was no emergency control" },
    fix: { zh: "请办理事前批准", en: "Approve beforehand" },
  },
  NOT_ARRIVED: {
    what: { zh: "尚未到案，询问时间未起算", en: "Not arrived: the inquiry has not begun" },
    fix: { zh: "请先报告到案", en: "Report the arrival first" },
  },
  ALREADY_EXTENDED: {
    what: { zh: "已延长至24小时，不得再延", en: "Extended to 24 h already: not a second time" },
    fix: { zh: "请在24小时内放行或转拘留", en: "Release or convert within the 24 h" },
  },
  EIGHT_HOURS_OVER: {
    what: { zh: "8小时已满，不能再延长", en: "The 8 h are over: too late to extend" },
    fix: { zh: "请立即放行或转拘留", en: "Release or convert now" },
  },
  EXTENSION_CONDITIONS: {
    what: {
      zh: "延长须情况复杂且可能拘留，并写明理由",
      en: "To extend, the case must be complex, detention possible, and the reason given",
    },
    fix: { zh: "请确认两项条件并写明理由", en: "Confirm both conditions and give the reason" },
  },
  NOT_CONTROLLED: {
    what: { zh: "尚未控制，不能转拘留", en: "Not under control: nothing to convert" },
    fix: { zh: "请先报告控制，或另行提请拘留", en: "Report the control, or propose a detention" },
  },
  NOT_IN_CUSTODY: {
    what: { zh: "未收押，不能提前解除", en: "Not in custody: no early release" },
    fix: { zh: "未收押的请办理停止执行", en: "Before intake, stop the detention instead" },
  },
  NOT_DECIDED: {
    what: { zh: "尚无拘留决定，无可撤销", en: "No decision yet: nothing to revoke" },
    fix: { zh: "请待院长决定后再办理复议", en: "Review follows the president's decision" },
  },
};
