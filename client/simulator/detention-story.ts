import type { Chance } from "./chance.ts";
import type { Crew, Desk } from "./crews.ts";
import { CONVERT_SHARE } from "./figures.ts";
import type { Outing } from "./outing.ts";
import type { Papers } from "./papers.ts";
import { type Step, type Story, tell } from "./story.ts";

const MINUTE_S = 60;
const COMPEL_BASIS = ["民诉法解释第482条"];
const DETAIN_BASIS = ["民事诉讼法第114条第1款第6项"];

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

/** From the way to the detention house to the intake and the word to the family. */
function custodySteps(
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

/** What an outing's catch leads to. */
export function outingStory(outing: Outing, papers: Papers, chance: Chance): Story | undefined {
  const { crew, backS } = outing;
  const { desk } = crew;
  const door = outing.visits.at(-1) ?? outing.visits[0];
  if (!desk || outing.catch === "NOBODY") return undefined;
  const caseNo = papers.caseNo(crew.court);
  const controlS = door.fromS + (door.toS - door.fromS) * chance.between(0.3, 0.9);
  if (outing.catch === "COMPEL") {
    const approveS = outing.leaveS - chance.between(5, 25) * MINUTE_S;
    const compelled = { crew, desk, caseNo, approveS, controlS, arriveS: backS };
    return tell(papers.id("story"), compelSteps(compelled, papers, chance).steps);
  }
  const ref = { type: "detention", id: papers.id("detain") } as const;
  const begin =
    outing.catch === "DETAIN"
      ? proposedSteps(ref, outing, desk, caseNo, controlS, papers, chance)
      : emergencySteps(ref, crew, desk, caseNo, controlS, papers, chance);
  const custody = custodySteps(ref, door.toS, crew.police, papers, chance, outing.house);
  return tell(papers.id("story"), [...begin, ...custody]);
}

function proposedSteps(
  ref: Step["ref"],
  { crew, leaveS }: Outing,
  desk: Desk,
  caseNo: string,
  controlS: number,
  papers: Papers,
  chance: Chance,
): Step[] {
  const approveS = leaveS - chance.between(3, 12) * MINUTE_S;
  const proposeS = approveS - chance.between(5, 20) * MINUTE_S;
  return [
    proposal(ref, crew, caseNo, proposeS, papers, chance),
    {
      atS: approveS,
      by: desk.president,
      kind: "detention.approve",
      ref,
      payload: { decisionNo: papers.paper("拘留决定书") },
    },
    { atS: controlS, by: crew.police, kind: "detention.control", ref, payload: {} },
  ];
}

function proposal(
  ref: Step["ref"],
  { lead, police }: Crew,
  caseNo: string,
  atS: number,
  papers: Papers,
  chance: Chance,
): Step {
  const subject = papers.subject();
  return {
    atS,
    by: lead,
    kind: "detention.propose",
    ref,
    subject,
    opens: true,
    payload: {
      caseNo,
      subject: subject.ref,
      escortIds: [lead, police],
      basisArticles: DETAIN_BASIS,
      actId: papers.id("act"),
      days: chance.whole(3, 15),
    },
  };
}

/** Control comes first, as a fact; the president approves afterwards (D2). */
function emergencySteps(
  ref: Step["ref"],
  { lead, police }: Crew,
  desk: Desk,
  caseNo: string,
  controlS: number,
  papers: Papers,
  chance: Chance,
): Step[] {
  const subject = papers.subject();
  return [
    {
      atS: controlS,
      by: police,
      kind: "detention.control",
      ref,
      subject,
      opens: true,
      payload: {
        about: { kind: "DETAIN", caseNo, subject: subject.ref, escortIds: [lead, police] },
      },
    },
    {
      atS: controlS + chance.between(15, 50) * MINUTE_S,
      by: desk.president,
      kind: "detention.approveRetro",
      ref,
      payload: {
        decisionNo: papers.paper("拘留决定书"),
        days: chance.whole(3, 15),
        actId: papers.id("act"),
        basisArticles: DETAIN_BASIS,
      },
    },
  ];
}

/** Where a real president signs: a proposal that waits for him. */
export function waitingProposal(crew: Crew, atS: number, papers: Papers, chance: Chance): Story {
  const ref = { type: "detention", id: papers.id("detain") } as const;
  const caseNo = papers.caseNo(crew.court);
  return tell(papers.id("story"), [proposal(ref, crew, caseNo, atS, papers, chance)]);
}
