import type { Bilingual, RefusalText } from "../kernel/refusal.ts";
import type { HoldEvent } from "./events.ts";

/** Timeline words. */
export const HOLD_LINES: Readonly<Record<HoldEvent["type"], Bilingual>> = {
  HoldTaken: { zh: "上级法院提级处置", en: "Taken up by a court above" },
  HoldDesignated: { zh: "指定其他法院处置", en: "Another court designated" },
  HoldHandedBack: { zh: "交回处置", en: "Handed back" },
  HoldSigned: { zh: "接手签收", en: "Hand-over signed" },
  HoldDeadlineSet: { zh: "上级法院限期", en: "Deadline set by a court above" },
};

export const HOLD_REFUSALS: Readonly<Record<string, RefusalText>> = {
  TAKEN_BY_HIGHER: {
    what: {
      zh: "已由同级或更高值班室接手",
      en: "A desk of this tier or a higher one has taken it",
    },
    fix: { zh: "请与接手人联系", en: "Speak to the person who took it" },
  },
  DESIGNATE_BELOW: {
    what: {
      zh: "只能指定本院辖区内的下级法院",
      en: "Only a court below your own can be designated",
    },
    fix: { zh: "请在辖区内另选", en: "Choose one of your own district" },
  },
  ALREADY_HOLDS: {
    what: { zh: "该法院正在处置", en: "This court holds it already" },
    fix: { zh: "请另选法院", en: "Choose another court" },
  },
  NOT_THE_HOLDER: {
    what: { zh: "本院不是当前处置法院", en: "Your court does not hold it now" },
    fix: { zh: "请由当前处置法院办理", en: "Ask the court that holds it" },
  },
  NO_WAY_BACK: {
    what: {
      zh: "只能交回指定法院或本案下级法院",
      en: "It goes back to the designating court, or down its own line of courts",
    },
    fix: { zh: "请另选交回法院", en: "Choose another court to hand it back to" },
  },
  NOTHING_TO_SIGN: {
    what: { zh: "没有待签收的交接", en: "No hand-over waits for a signature" },
    fix: { zh: "无需操作", en: "Nothing to do" },
  },
  DEADLINE_PAST: {
    what: { zh: "期限须晚于当前时间", en: "A deadline lies in the future" },
    fix: { zh: "请重新填写期限", en: "Give a later time" },
  },
  DEADLINE_OVER: {
    what: {
      zh: "原限期已届满，须先决定由谁处置",
      en: "The last deadline is over: decide first who goes on",
    },
    fix: {
      zh: "请提级、指定或交回后再限期",
      en: "Take it up, designate or hand back, then set a new one",
    },
  },
  DEADLINE_FROM_ABOVE: {
    what: {
      zh: "限期只能由当前处置法院的上级法院设定",
      en: "Only a court above the one that holds it sets a deadline",
    },
    fix: { zh: "请由其上级法院限期", en: "Ask a court above it" },
  },
};
