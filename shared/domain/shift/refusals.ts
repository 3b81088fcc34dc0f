import type { RefusalText } from "../kernel/refusal.ts";

export const SHIFT_REFUSALS: Readonly<Record<string, RefusalText>> = {
  SHIFT_TOO_LONG: {
    what: { zh: "一个班次最长3天", en: "A shift lasts three days at the most" },
    fix: { zh: "请分成几个班次", en: "Plan several shifts" },
  },
  SHIFT_TIMES_WRONG: {
    what: {
      zh: "值班起止时间有误或已过",
      en: "The shift ends before it begins, or has passed already",
    },
    fix: { zh: "请核对起止时间", en: "Check when it begins and ends" },
  },
  NOT_A_DESK_OFFICER: {
    what: {
      zh: "该人员不是本院指挥中心在任人员",
      en: "This officer does not sit in your court's centre",
    },
    fix: { zh: "请另选本院值班人员", en: "Choose a duty officer of your own court" },
  },
  SHIFT_NOT_READY: {
    what: { zh: "该班次当前为{state}", en: "The shift is now {state}" },
    fix: { zh: "须先处于：{needed}", en: "It must first be: {needed}" },
  },
  NO_HANDOVER_LIST: {
    what: { zh: "尚未生成交接清单", en: "There is no hand-over list yet" },
    fix: { zh: "请先生成交接清单", en: "Make the hand-over list first" },
  },
  NOT_ON_THE_LIST: {
    what: { zh: "该事项不在交接清单上", en: "This is not on the hand-over list" },
    fix: { zh: "请重新生成清单后再勾选", en: "Make the list anew, then mark" },
  },
  HANDOVER_OFFERED: {
    what: { zh: "交接清单已提交接班人", en: "The list has been offered for signature already" },
    fix: { zh: "如需修改，请重新生成清单", en: "Make the list anew to change it" },
  },
  NOT_ALL_MARKED: {
    what: {
      zh: "尚有{count}项未标明已办或未办",
      en: "{count} items are marked neither done nor undone",
    },
    fix: { zh: "请逐项标明", en: "Mark each of them" },
  },
  NO_TAKER: {
    what: { zh: "无人接班，不得离岗", en: "Nobody takes over: the post is not to be left" },
    fix: {
      zh: "请选择本席另一人员的待值班次",
      en: "Choose a planned shift of another officer of this desk",
    },
  },
  NOTHING_OFFERED: {
    what: {
      zh: "没有待本班次签收的交接清单",
      en: "No hand-over list waits for this shift's signature",
    },
    fix: { zh: "请交班人提交交接清单", en: "The outgoing officer must offer the list" },
  },
  SHIFT_IS_TAKER: {
    what: { zh: "该班次正待接班，不能取消", en: "This shift is about to take over" },
    fix: { zh: "请先改由其他班次接班", en: "Offer the list to another shift first" },
  },
  LAST_SHIFT: {
    what: { zh: "取消后值班席将无人值守", en: "The desk would be left without any shift" },
    fix: { zh: "请先安排另一班次", en: "Plan another shift first" },
  },
};
