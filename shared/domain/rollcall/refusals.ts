import type { RefusalText } from "../kernel/refusal.ts";

export const ROLL_CALL_REFUSALS: Readonly<Record<string, RefusalText>> = {
  NO_SUCH_TARGET: {
    what: {
      zh: "点名对象不存在或已停用",
      en: "Somebody or something called does not exist or is out of use",
    },
    fix: { zh: "请重新选择点名对象", en: "Choose again whom to call" },
  },
  ROLL_OWN_CENTRE: {
    what: { zh: "不能对本院指挥中心点名", en: "A centre does not call itself" },
    fix: { zh: "请选择下级法院或终端", en: "Choose courts below or terminals" },
  },
  NOT_CALLED: {
    what: { zh: "该对象不在此次点名中", en: "This one was not called" },
    fix: { zh: "请核对点名名单", en: "Check who was called" },
  },
  ANSWER_IN_PERSON: {
    what: { zh: "点名须由本人或其值班席应答", en: "A call is answered by whoever was called" },
    fix: { zh: "请由被点名者应答", en: "Whoever was called must answer" },
  },
  ANSWERED_ALREADY: {
    what: { zh: "该对象已应答，不能记为故障", en: "It has answered: no fault to note" },
    fix: { zh: "如画面声音不良，请记录质量", en: "Note the quality of picture and voice instead" },
  },
  NOT_ANSWERED_YET: {
    what: {
      zh: "该对象未应答，不能记录画面声音质量",
      en: "It has not answered: no quality to note",
    },
    fix: { zh: "请等候应答，或记为故障", en: "Wait for the answer, or note a fault" },
  },
};
