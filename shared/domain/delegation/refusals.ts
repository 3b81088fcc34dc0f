import type { RefusalText } from "../kernel/refusal.ts";

export const DELEGATION_REFUSALS: Readonly<Record<string, RefusalText>> = {
  NOT_A_PEER: {
    what: {
      zh: "事项委托只在有共同上级的平级关系法院之间进行",
      en: "Items are delegated between peers with a common superior only",
    },
    fix: {
      zh: "对上请报告，对下请下达指令",
      en: "Report to a court above, order a court below",
    },
  },
  DELEGATION_NOT_READY: {
    what: { zh: "委托当前为{state}", en: "The delegation is now {state}" },
    fix: { zh: "须先处于：{needed}", en: "It must first be: {needed}" },
  },
  DELEGATION_ENDED: {
    what: { zh: "委托已确认或已撤回", en: "The delegation is confirmed or withdrawn already" },
    fix: { zh: "无需办理", en: "Nothing to do" },
  },
  DELEGATION_INSIDE: {
    what: { zh: "委托尚未发出", en: "The delegation has not left its court" },
    fix: { zh: "请待其发出", en: "Wait until it is sent" },
  },
  URGENT_NEEDS_CALL: {
    what: {
      zh: "紧急委托须先电话联系共同上级法院指挥中心",
      en: "An urgent delegation needs a call to the common superior's centre first",
    },
    fix: {
      zh: "请填写通话时间和对方值班员",
      en: "Note when the call was and who took it",
    },
  },
  CONTROL_NEEDS_DECISION: {
    what: {
      zh: "委托控制人员须有拘留决定书和确切地址",
      en: "Control of a person needs the detention decision and his exact address",
    },
    fix: { zh: "请补全决定书文号和地址", en: "Add the decision's number and the address" },
  },
  DELEGATION_NEEDS_PAPERS: {
    what: { zh: "委托缺少法律文书", en: "The delegation has no legal documents" },
    fix: { zh: "请填写文书名称和文号", en: "Add the documents' names and numbers" },
  },
  PAPERS_AWAITED: {
    what: { zh: "已要求委托法院补充材料", en: "Missing papers have been asked for" },
    fix: { zh: "请待材料补齐或30日届满", en: "Wait for them, or until 30 days are over" },
  },
  NO_PAPERS_ASKED: {
    what: { zh: "受托法院没有要求补充材料", en: "No papers were asked for" },
    fix: { zh: "无需补充", en: "Nothing to complete" },
  },
  DEEMED_WITHDRAWN: {
    what: {
      zh: "材料逾期未补，本院视为撤回委托",
      en: "The papers are late: your court is deemed to have withdrawn",
    },
    fix: { zh: "请撤回后另行委托", en: "Withdraw it and delegate anew" },
  },
  PAPERS_LAPSED: {
    what: {
      zh: "材料逾期未补，视为撤回委托",
      en: "The papers did not come in time: it is deemed withdrawn",
    },
    fix: { zh: "请以“未补材料”退回", en: "Return it as papers not completed" },
  },
  PAPERS_NOT_LAPSED: {
    what: { zh: "补充材料的期限未满", en: "The term for the papers is not over" },
    fix: {
      zh: "请另选退回理由，或先要求补充材料",
      en: "Choose another reason, or ask for the papers first",
    },
  },
  RETURN_OVERRULED: {
    what: {
      zh: "共同上级法院已认定退回不成立",
      en: "The common superior found the return unfounded",
    },
    fix: { zh: "请接收办理", en: "Accept it" },
  },
  ASSIGNEE_ELSEWHERE: {
    what: { zh: "承办人不是受托法院人员", en: "The person is not of the entrusted court" },
    fix: { zh: "请选择本院人员", en: "Choose somebody of your own court" },
  },
};
