import type { Chance } from "./chance.ts";
import type { Papers } from "./papers.ts";
import type { Step } from "./story.ts";

const MINUTE_S = 60;
export const DETAIN_BASIS: readonly string[] = ["民事诉讼法第114条第1款第6项"];

/** From the way to the detention house to the intake and the word to the family. */
export function custodySteps(
  ref: Step["ref"],
  leaveS: number,
  police: string,
  papers: Papers,
  chance: Chance,
  house?: { readonly fromS: number; readonly toS: number },
): Step[] {
  const arriveS = house?.fromS ?? leaveS + chance.between(12, 30) * MINUTE_S;
  const intakeS = house?.toS ?? arriveS + chance.between(8, 25) * MINUTE_S;
  const step = (atS: number, kind: string, payload: Step["payload"] = {}): Step => ({
    atS,
    by: police,
    kind,
    ref,
    payload,
  });
  const intake = {
    receiptNo: papers.paper("收押回执"),
    facility: "模拟拘留所",
    policeReceiver: "模拟民警",
  };
  const told = chance.happens(0.8);
  return [
    step(leaveS, "detention.transit"),
    step(arriveS, "detention.arrive"),
    step(intakeS, "detention.intake", intake),
    ...(told ? [step(intakeS + chance.between(10, 90) * MINUTE_S, "detention.notifyFamily")] : []),
  ];
}
