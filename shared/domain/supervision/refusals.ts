import type { RefusalText } from "../kernel/refusal.ts";

export const SUPERVISION_REFUSALS: Readonly<Record<string, RefusalText>> = {
  SUPERVISION_NOT_READY: {
    what: { zh: "督办当前为{state}", en: "The supervision is now {state}" },
    fix: { zh: "须先处于：{needed}", en: "It must first be: {needed}" },
  },
  SUPERVISION_CLOSED: {
    what: { zh: "督办已销号", en: "The supervision is closed" },
    fix: { zh: "无需办理", en: "Nothing to do" },
  },
  SUPERVISION_NEEDS_CASE: {
    what: { zh: "此类督办须写明案号", en: "This kind of supervision needs a case number" },
    fix: { zh: "请填写案号", en: "Give the case number" },
  },
  ACCEPTED_IN_THE_FUTURE: {
    what: { zh: "受理时间在将来", en: "The complaint was accepted in the future" },
    fix: { zh: "请核对受理时间", en: "Check when it was accepted" },
  },
  NOT_YOURS_TO_FORWARD: {
    what: {
      zh: "没有上级法院交本院办理的该件督办",
      en: "No supervision from above that waits for your court is named",
    },
    fix: { zh: "请核对上级督办件", en: "Check the one from above" },
  },
  LATER_THAN_ABOVE: {
    what: { zh: "期限晚于上级督办的期限", en: "The term ends after that of the court above" },
    fix: { zh: "请在上级期限之内", en: "Stay within the term from above" },
  },
  SUPERVISION_NOT_OVERDUE: {
    what: { zh: "书面报告尚未逾期", en: "The written report is not overdue" },
    fix: { zh: "请待期限届满", en: "Wait until the term is over" },
  },
  NAME_A_PERSON_FIRST: {
    what: { zh: "尚未指定专人", en: "No person has been named yet" },
    fix: { zh: "请先指定专人办理", en: "Name a person first" },
  },
  NOT_OF_TARGET_COURT: {
    what: { zh: "该人员不是被督办法院人员", en: "The person is not of the supervised court" },
    fix: { zh: "请选择被督办法院人员", en: "Choose somebody of that court" },
  },
  LETTER_FIRST: {
    what: { zh: "督办函尚未发出", en: "The letter has not been sent" },
    fix: { zh: "请先发出督办函", en: "Send the letter first" },
  },
  OTHER_KIND: {
    what: { zh: "此类督办没有这一步", en: "This kind of supervision has no such step" },
    fix: { zh: "请核对督办种类", en: "Check the kind of supervision" },
  },
  ITEMS_OPEN: {
    what: { zh: "整改清单还有{open}项未销号", en: "{open} items of the list are open" },
    fix: { zh: "请逐项销号", en: "Close them one by one" },
  },
  INTERVIEWED_ALREADY: {
    what: { zh: "约谈已记录，不得改写", en: "The interview is on record and is not written over" },
    fix: { zh: "再次约谈请另行立项", en: "Open another supervision for another interview" },
  },
  NOT_INTERVIEWED: {
    what: { zh: "约谈尚未进行", en: "The interview has not been held" },
    fix: { zh: "请先记录约谈", en: "Record the interview first" },
  },
  TWO_CHECKS_NEEDED: {
    what: { zh: "一案双查须有两项结论", en: "Two checks need two findings" },
    fix: {
      zh: "请分别记录案件和人员的检查结论",
      en: "Record a finding on the case and one on the conduct",
    },
  },
  HELD_IN_THE_FUTURE: {
    what: { zh: "约谈时间在将来", en: "The interview is said to be in the future" },
    fix: { zh: "请在约谈之后记录", en: "Record it after it was held" },
  },
  REASSIGN_WITHIN_DISTRICT: {
    what: {
      zh: "只能指定本辖区内的其他法院，其他措施不指定法院",
      en: "Only another court of the own district can be assigned, and only by assigning",
    },
    fix: { zh: "请核对措施和法院", en: "Check the measure and the court" },
  },
  NO_SUCH_ITEM: {
    what: { zh: "清单中没有此项", en: "The list has no such item" },
    fix: { zh: "请刷新后重试", en: "Refresh and try again" },
  },
  ITEM_CLOSED: {
    what: { zh: "该项已销号", en: "The item is closed" },
    fix: { zh: "无需办理", en: "Nothing to do" },
  },
  EVIDENCE_FULL: {
    what: { zh: "该项已有{most}份证据待审", en: "{most} pieces of evidence wait for this item" },
    fix: {
      zh: "请待督办法院审查，或合并提交",
      en: "Wait for the supervising court, or hand them in together",
    },
  },
  NO_SUCH_EVIDENCE: {
    what: { zh: "该项没有这份待审证据", en: "No such evidence waits for this item" },
    fix: { zh: "请选择未退回的证据", en: "Choose one that was not sent back" },
  },
  EVIDENCE_FIRST: {
    what: { zh: "该项尚无整改证据", en: "The item has no evidence yet" },
    fix: { zh: "请待被督办法院提交", en: "Wait for the supervised court" },
  },
};
