import type { Chance } from "./chance.ts";
import type { Crew, Desk } from "./crews.ts";
import { custodySteps, DETAIN_BASIS } from "./custody-steps.ts";
import { CONVERT_SHARE } from "./figures.ts";
import type { Papers } from "./papers.ts";
import type { Step } from "./story.ts";

const MINUTE_S = 60;
const COMPEL_BASIS = ["民诉法解释第482条"];

interface Compelled {
  readonly crew: Crew;
  readonly desk: Desk;
  readonly caseNo: string;
  readonly approveS: number;
  readonly controlS: number;
  readonly arriveS: number;
  readonly operationId?: string;
  readonly hostCourtId?: string;
}

/** 拘传 from the president's warrant to the release, or to the detention it turns into. */
export function compelSteps(
  { crew, desk, caseNo, approveS, controlS, arriveS, operationId, hostCourtId }: Compelled,
  papers: Papers,
  chance: Chance,
): { readonly steps: readonly Step[]; readonly endS: number } {
  const ref = { type: "detention", id: papers.id("compel") } as const;
  const subject = papers.subject();
  const { lead, police } = crew;
  const startS = arriveS + chance.between(3, 10) * MINUTE_S;
  const askedS = startS + chance.between(30, 150) * MINUTE_S;
  const freeS = askedS + chance.between(4, 15) * MINUTE_S;
  const fact = (atS: number, by: string, kind: string): Step => ({
    atS,
    by,
    kind,
    ref,
    payload: {},
  });
  const steps: Step[] = [
    {
      atS: approveS,
      by: desk.president,
      kind: "detention.approveCompel",
      ref,
      subject,
      opens: true,
      payload: {
        caseNo,
        ...(operationId ? { operationId } : {}),
        ...(hostCourtId ? { hostCourtId } : {}),
        subject: subject.ref,
        escortIds: [lead, police],
        basisArticles: COMPEL_BASIS,
        warrantNo: papers.paper("拘传票"),
      },
    },
    fact(controlS, police, "detention.control"),
    fact(arriveS, police, "detention.arrive"),
    fact(startS, lead, "detention.startInquiry"),
    fact(askedS, lead, "detention.endInquiry"),
  ];
  if (!operationId && crew.judge && chance.happens(CONVERT_SHARE)) {
    const converted = convertSteps(ref, freeS, crew, desk, papers, chance);
    return { steps: [...steps, ...converted], endS: converted.at(-1)?.atS ?? freeS };
  }
  return { steps: [...steps, fact(freeS, police, "detention.release")], endS: freeS };
}

/** 拘传 turned into 拘留: another paper for the same person. */
function convertSteps(
  ref: Step["ref"],
  atS: number,
  { lead, police }: Crew,
  desk: Desk,
  papers: Papers,
  chance: Chance,
): Step[] {
  const detain = { type: "detention", id: papers.id("detain") } as const;
  const days = chance.whole(5, 15);
  const approveS = atS + chance.between(5, 20) * MINUTE_S;
  return [
    {
      atS,
      by: lead,
      kind: "detention.convert",
      ref,
      payload: { newId: detain.id, actId: papers.id("act"), basisArticles: DETAIN_BASIS, days },
    },
    {
      atS: approveS,
      by: desk.president,
      kind: "detention.approve",
      ref: detain,
      payload: { decisionNo: papers.paper("拘留决定书") },
    },
    ...custodySteps(detain, approveS + chance.between(5, 15) * MINUTE_S, police, papers, chance),
  ];
}
