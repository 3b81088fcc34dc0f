import type { RefusalText } from "../kernel/refusal.ts";

export const ORDER_REFUSALS: Readonly<Record<string, RefusalText>> = {
  NO_SUCH_OPERATION: {
    what: { zh: "没有此行动", en: "There is no such operation" },
    fix: { zh: "请选择行动", en: "Choose an operation" },
  },
  ORDER_TO_ANOTHER_COURT: {
    what: {
      zh: "受令法院不是该行动的承办法院",
      en: "The order is not addressed to the operation's court",
    },
    fix: { zh: "请改为承办法院", en: "Address it to the operation's court" },
  },
  DUE_IN_THE_PAST: {
    what: { zh: "办理期限已过", en: "The due time has passed already" },
    fix: { zh: "请填写将来的时间", en: "Give a time in the future" },
  },
  PAUSED_ALREADY: {
    what: { zh: "{court}已下令暂停", en: "{court} has ordered a pause already" },
    fix: { zh: "仅其上级法院可另行下令", en: "Only a court above it can order anew" },
  },
  NO_PAUSE_TO_LIFT: {
    what: { zh: "该行动没有暂停指令", en: "No pause is ordered for this operation" },
    fix: { zh: "无需解除", en: "Nothing to lift" },
  },
  NOT_THE_PAUSER: {
    what: { zh: "暂停由{court}下令", en: "The pause was ordered by {court}" },
    fix: { zh: "须由{court}或其上级法院解除", en: "Only {court} or a court above it can lift it" },
  },
  ORDER_NOT_READY: {
    what: { zh: "指令当前为{state}", en: "The order is now {state}" },
    fix: { zh: "须先处于：{needed}", en: "It must first be: {needed}" },
  },
  ORDER_REVOKED: {
    what: { zh: "指令已撤销", en: "The order has been revoked" },
    fix: { zh: "无需办理", en: "Nothing to do" },
  },
  ORDER_DONE: {
    what: { zh: "指令已核销或已撤销", en: "The order is accepted or revoked already" },
    fix: { zh: "无需撤销", en: "Nothing to revoke" },
  },
  EFFECT_STANDS: {
    what: { zh: "指令已生效，不能撤销", en: "The order has taken effect and cannot be revoked" },
    fix: { zh: "请另行下达指令", en: "Issue a new order instead" },
  },
};
