import { HOLD_LINES } from "../hold/words.ts";
import type { ConflictNote } from "../kernel/conflict.ts";
import type { Bilingual } from "../kernel/refusal.ts";
import type { PoliceEvent } from "./events.ts";
import type { PoliceRequestState } from "./state.ts";

export type PoliceConflictNote = Extract<
  ConflictNote,
  | "AFTER_END"
  | "OTHER_END"
  | "OTHER_TIME"
  | "FORMER_UNIT"
  | "PERSON_HELD"
  | "DECLINED_AFTER_DISPATCH"
  | "DECLINED_ON_SCENE"
>;

export const POLICE_STATE_NAMES: Readonly<Record<PoliceRequestState, Bilingual>> = {
  SENT: { zh: "公安协助请求已发出", en: "Police request sent" },
  ACKED: { zh: "公安已签收", en: "Police acknowledged" },
  DISPATCHED: { zh: "公安已派警", en: "Police dispatched" },
  ARRIVED: { zh: "公安已到场", en: "Police on scene" },
  HELD_BY_POLICE: { zh: "公安已控制", en: "Held by the police" },
  TAKEN_OVER: { zh: "法院已接管", en: "Taken over by the court" },
  CLOSED: { zh: "公安协助办结", en: "Police request closed" },
  DECLINED: { zh: "公安不予协助", en: "Police declined" },
  CANCELLED: { zh: "公安协助请求撤回", en: "Police request withdrawn" },
};

/** Timeline words of the events that are no state. */
export const POLICE_EVENT_NAMES: Readonly<Partial<Record<PoliceEvent["type"], Bilingual>>> = {
  ...HOLD_LINES,
  PoliceRequestSent: POLICE_STATE_NAMES.SENT,
  PoliceHandedOver: { zh: "公安称已移交法院", en: "Police say: handed over to the court" },
  PoliceReleased: { zh: "公安称已放行", en: "Police say: released" },
  PoliceTookIn: { zh: "已收押", en: "Taken into custody" },
  PoliceRequestRerouted: { zh: "改派公安单位", en: "Sent on to another police unit" },
  PoliceRequestTaken: { zh: "上级值班室接手", en: "Taken by a higher duty desk" },
  PoliceTakenOver: POLICE_STATE_NAMES.TAKEN_OVER,
  PoliceRequestClosed: POLICE_STATE_NAMES.CLOSED,
  PoliceRequestCancelled: POLICE_STATE_NAMES.CANCELLED,
};
