import type { RefusalText } from "../kernel/refusal.ts";
import { PLAN_REFUSALS } from "./plan-refusals.ts";

export const OPERATION_REFUSALS: Readonly<Record<string, RefusalText>> = {
  ...PLAN_REFUSALS,
  TOO_FEW_MEMBERS: {
    what: { zh: "出警执行人员少于{least}人", en: "Fewer than {least} officers" },
    fix: { zh: "请增加执行人员", en: "Add officers" },
  },
  NOT_AN_OWN_OFFICER: {
    what: {
      zh: "指挥员和成员须为本院人员",
      en: "Commanders and members must be officers of the own court",
    },
    fix: { zh: "请重新选择人员", en: "Choose the officers again" },
  },
  HOST_IS_OWN_COURT: {
    what: { zh: "所在地法院须为其他法院", en: "The host court must be another court" },
    fix: { zh: "本辖区行动无需填写", en: "Leave it empty within the own district" },
  },
  OPERATION_NOT_READY: {
    what: { zh: "行动当前为{state}", en: "The operation is now {state}" },
    fix: { zh: "须先处于：{needed}", en: "It must first be: {needed}" },
  },
  OPERATION_ENDED: {
    what: { zh: "行动已{state}", en: "The operation has ended: {state}" },
    fix: { zh: "如需继续，请另行立项", en: "Open a new operation to go on" },
  },
  PAUSE_ORDERED: {
    what: { zh: "{court}已下令暂停", en: "{court} has ordered a pause" },
    fix: {
      zh: "须由{court}或其上级法院解除",
      en: "Only {court} or a court above it can lift it",
    },
  },
  CASE_PAUSED: {
    what: {
      zh: "{court}已下令暂停本案行动{code}，尚未解除",
      en: "{court} has paused operation {code} in this case, and the pause stands",
    },
    fix: {
      zh: "须由{court}或其上级法院解除",
      en: "Only {court} or a court above it can lift it",
    },
  },
  CASE_DEFERRED: {
    what: { zh: "{court}已决定暂缓执行本案", en: "{court} has deferred enforcement of this case" },
    fix: {
      zh: "请待暂缓期满，或由{court}撤销暂缓指令",
      en: "Wait for the end of its term, or ask {court} to take the order back",
    },
  },
  NO_PAUSE_TO_CONFIRM: {
    what: { zh: "没有待确认的暂停指令", en: "There is no pause order to confirm" },
    fix: { zh: "无需操作", en: "Nothing to do" },
  },
  INCIDENT_OPEN: {
    what: {
      zh: "尚有{count}起较大以上突发事件未平息",
      en: "{count} incident(s) of level LARGER or above still open",
    },
    fix: { zh: "请先处置平息", en: "Resolve them first" },
  },
  DETAINEE_IN_HANDS: {
    what: { zh: "尚有{count}名被控制人员未移交", en: "{count} person(s) not yet handed over" },
    fix: { zh: "请先办理收押或放行", en: "Hand over or release them first" },
  },
};
