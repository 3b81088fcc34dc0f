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
    what: {
      zh: "指令已核销、已撤销或已被替代",
      en: "The order is accepted, revoked or replaced already",
    },
    fix: { zh: "无需办理", en: "Nothing to do" },
  },
  EFFECT_STANDS: {
    what: { zh: "指令已生效，不能撤销", en: "The order has taken effect and cannot be revoked" },
    fix: { zh: "请另行下达指令", en: "Issue a new order instead" },
  },
  ORDER_SUPERSEDED: {
    what: { zh: "指令已被新指令替代", en: "The order has been replaced by a new one" },
    fix: { zh: "请按新指令办理", en: "Follow the new order" },
  },
  ADDRESSEES_MISSING: {
    what: { zh: "受令法院未写明或重复写明", en: "The addressees are missing or given twice" },
    fix: {
      zh: "一个受令法院填toCourtId，多个填toCourtIds",
      en: "Give one court in toCourtId or several in toCourtIds",
    },
  },
  DEFERRAL_NAMES_NOTHING: {
    what: { zh: "暂缓指令未写明案号或行动", en: "The deferral names neither case nor operation" },
    fix: { zh: "请填写案号或选择行动", en: "Give the case number or choose the operation" },
  },
  DEFERRAL_TOO_LONG: {
    what: { zh: "暂缓不得超过3个月", en: "A deferral may not exceed three months" },
    fix: { zh: "请缩短期限，届满前可续", en: "Shorten it; it may be renewed before it ends" },
  },
  ASSIGNED_COURT_NOT_ADDRESSED: {
    what: { zh: "被指定的法院不在受令法院之列", en: "The assigned court is not an addressee" },
    fix: { zh: "请将其列为受令法院", en: "Address the order to it too" },
  },
  FORCES_OUT_OF_DISTRICT: {
    what: {
      zh: "警力须调往本院或下级法院，且不得是出警法院自身",
      en: "Forces go to this court or one below it, and not to the court that lends them",
    },
    fix: { zh: "请改为辖区内的用警法院", en: "Choose a court of the own district" },
  },
  WHICH_RECIPIENT: {
    what: { zh: "指令有多个受令法院", en: "The order has several recipients" },
    fix: { zh: "请指明受令法院", en: "Say which court is meant" },
  },
  NOT_A_RECIPIENT: {
    what: { zh: "该法院不是受令法院", en: "That court is not a recipient of the order" },
    fix: { zh: "请重新选择受令法院", en: "Choose one of its recipients" },
  },
  FEEDBACK_CHANGED: {
    what: { zh: "受令法院已另行反馈", en: "The recipient has fed back anew" },
    fix: { zh: "请阅后再办", en: "Read it and decide again" },
  },
  FORCES_NOT_NAMED: {
    what: { zh: "调警指令的反馈未写明派出人员", en: "The feedback does not name who is sent" },
    fix: { zh: "请选择派出人员", en: "Choose the officers that go" },
  },
  NO_FORCES_ORDERED: {
    what: { zh: "该指令不是调警", en: "This order does not ask for forces" },
    fix: { zh: "请去掉派出人员", en: "Leave the officers out" },
  },
  FORCES_NOT_OWN: {
    what: { zh: "派出人员不是本院人员", en: "Somebody named is not of this court" },
    fix: { zh: "请只选本院人员", en: "Choose people of this court" },
  },
  FORCES_FROM_THE_FIELD: {
    what: {
      zh: "{name}不能调出：只调外勤人员，不调指挥中心人员",
      en: "{name} cannot be lent: only people of the field, nobody of a command centre",
    },
    fix: { zh: "请另选人员", en: "Choose somebody else" },
  },
  FORCES_LENT_ALREADY: {
    what: { zh: "{name}已奉令调出", en: "{name} has been ordered to another court already" },
    fix: { zh: "请另选人员，或先归建", en: "Choose somebody else, or order him home first" },
  },
  NO_FORCES_OUT: {
    what: { zh: "没有在外的调警力量", en: "No forces are out under this order" },
    fix: { zh: "无需归建", en: "Nobody to order home" },
  },
  CASE_ASSIGNED_ELSEWHERE: {
    what: { zh: "本案已指定{court}执行", en: "The case has been assigned to {court}" },
    fix: { zh: "请由{court}办理", en: "{court} is to enforce it" },
  },
  OFFICER_LENT_AWAY: {
    what: { zh: "{name}已奉令调往他院", en: "{name} has been ordered to another court" },
    fix: { zh: "请另选人员", en: "Choose somebody else" },
  },
  RECONSIDERED_ALREADY: {
    what: { zh: "已请求过复议", en: "Reconsideration has been asked for already" },
    fix: { zh: "以答复为准", en: "The answer stands" },
  },
  RECONSIDER_TOO_LATE: {
    what: { zh: "签收已过5日", en: "Five days have passed since the signature" },
    fix: { zh: "请按指令办理", en: "Follow the order" },
  },
  NO_RECONSIDERATION: {
    what: { zh: "没有待答复的复议请求", en: "No request for reconsideration waits for an answer" },
    fix: { zh: "无需答复", en: "Nothing to answer" },
  },
  NO_ORDER_TO_SUPERSEDE: {
    what: { zh: "本院没有该项指令", en: "This court has issued no such order" },
    fix: { zh: "请选择本院下达的指令", en: "Choose an order of this court" },
  },
  SUPERSEDE_LEAVES_OUT: {
    what: { zh: "新指令遗漏{courts}", en: "The new order leaves out {courts}" },
    fix: {
      zh: "请一并列为受令法院，或先对其撤销原指令",
      en: "Address it too, or first revoke the old order for it",
    },
  },
};
