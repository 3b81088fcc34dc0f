import type { PoliceRequestType } from "../police/state.ts";
import type { PoliceAnswerStep, PoliceSpec } from "./service.ts";

const HUBEI_6 = {
  zh: "湖北省人大常委会决定（2016）第六条",
  en: "Hubei decision (2016) art. 6",
};

/** Somebody goes there; what or whom they find is handed over to the court. */
const ON_THE_SPOT: readonly PoliceAnswerStep[] = ["ACKED", "DISPATCHED", "ARRIVED", "HANDED_OVER"];
/** Answered from the desk. */
/** Somebody is brought; the receipt says that the house has him. */
const AT_THE_HOUSE: readonly PoliceAnswerStep[] = ["ACKED", "TOOK_IN"];
const FROM_THE_DESK: readonly PoliceAnswerStep[] = ["ACKED", "CLOSED"];

/**
 * What the police are asked for (requirements rows 12–19, model 4.5). Help on the spot needs no
 * paper; whatever touches a right without an officer of the court beside it does.
 */
export const POLICE_CATALOGUE: Readonly<Record<PoliceRequestType, PoliceSpec>> = {
  LOCATE_PERSON: {
    name: { zh: "查找下落", en: "locate a person" },
    answers: FROM_THE_DESK,
    needs: [],
    shows: ["caseNo", "subject", "detail"],
    basis: HUBEI_6,
  },
  SEIZE_VEHICLE: {
    name: { zh: "查扣车辆", en: "seize a vehicle" },
    answers: ON_THE_SPOT,
    needs: ["subject", "plate", "orderNo"],
    shows: ["caseNo", "subject", "plate", "orderNo", "detail", "place"],
    basis: {
      zh: "湖北省人大常委会决定（2016）第六条、武汉市人大常委会决议（2018）第十条",
      en: "Hubei decision (2016) art. 6; Wuhan resolution (2018) art. 10",
    },
  },
  EXIT_BAN: {
    name: { zh: "限制出境", en: "exit ban" },
    answers: FROM_THE_DESK,
    needs: ["decisionNo"],
    shows: ["caseNo", "subject", "decisionNo", "detail"],
    basis: {
      zh: "民事诉讼法第266条、执行程序解释第23条",
      en: "CPL art. 266; Enforcement Procedure Interpretation art. 23",
    },
  },
  TEMP_CONTROL: {
    name: { zh: "临时控制", en: "temporary control" },
    answers: ON_THE_SPOT,
    needs: [],
    shows: ["caseNo", "subject", "condition", "detail", "place", "sceneCommander"],
    basis: HUBEI_6,
  },
  ONLINE_PURSUIT: {
    name: { zh: "网上追逃", en: "online pursuit" },
    answers: FROM_THE_DESK,
    needs: ["filingNo"],
    shows: ["caseNo", "subject", "filingNo", "detail"],
    basis: HUBEI_6,
  },
  CUSTODY_INTAKE: {
    name: { zh: "收押", en: "custody intake" },
    answers: AT_THE_HOUSE,
    needs: [],
    shows: ["subject", "condition", "decisionNo", "detail", "place", "sceneCommander"],
    basis: HUBEI_6,
  },
  SCENE_SUPPORT: {
    name: { zh: "现场增援", en: "scene support" },
    answers: ON_THE_SPOT,
    needs: [],
    shows: ["detail", "place", "sceneCommander"],
    basis: HUBEI_6,
  },
  VIOLENCE_RESPONSE: {
    name: { zh: "处置暴力抗拒", en: "response to violence" },
    answers: ON_THE_SPOT,
    needs: [],
    shows: ["detail", "place", "sceneCommander"],
    basis: HUBEI_6,
  },
};
