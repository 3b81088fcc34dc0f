import type { RefusalText } from "../kernel/refusal.ts";

export const NOTICE_REFUSALS: Readonly<Record<string, RefusalText>> = {
  NO_AUDIENCE: {
    what: { zh: "通知没有受文法院", en: "The notice is addressed to no court" },
    fix: { zh: "请选择本院或下级法院", en: "Choose your own court or courts below it" },
  },
  NOT_OWN_OFFICER: {
    what: {
      zh: "通知个人只限本院在用账号的人员",
      en: "Persons are addressed in your own court only, with an open account",
    },
    fix: { zh: "下级法院人员请由其法院通知", en: "Address their court instead" },
  },
  NOBODY_SILENT: {
    what: { zh: "均已确认，无需催办", en: "Everybody has acknowledged" },
    fix: { zh: "无需操作", en: "Nothing to do" },
  },
  EXPIRES_IN_THE_PAST: {
    what: { zh: "有效期已过", en: "It would have expired already" },
    fix: { zh: "请填写将来的时间", en: "Give a time in the future" },
  },
  NOT_A_BULLETIN: {
    what: { zh: "点名结果只能以通报发布", en: "Only a bulletin reports a roll-call" },
    fix: { zh: "请选择通报", en: "Choose bulletin" },
  },
  NO_SUCH_ROLL_CALL: {
    what: { zh: "本院没有此次点名", en: "Your court made no such roll-call" },
    fix: { zh: "请选择本院的点名", en: "Choose a roll-call of your own court" },
  },
  ROLL_CALL_RUNNING: {
    what: { zh: "点名未完，尚有{count}个待应答", en: "The roll-call still waits for {count}" },
    fix: { zh: "请待应答时限届满", en: "Wait until the time to answer has passed" },
  },
  NO_ACK_NEEDED: {
    what: { zh: "该通知无需确认", en: "This notice asks for no acknowledgement" },
    fix: { zh: "无需操作", en: "Nothing to do" },
  },
  NOTICE_EXPIRED: {
    what: { zh: "通知已过期", en: "The notice has expired" },
    fix: { zh: "请与发布法院联系", en: "Speak to the court that published it" },
  },
  NOTICE_FOR_OTHERS: {
    what: { zh: "该通知不由您的职务确认", en: "This notice is not for your role to acknowledge" },
    fix: { zh: "需要：{roles}", en: "Needed: {roles}" },
  },
};
