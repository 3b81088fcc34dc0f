import type { Chance } from "./chance.ts";
import { compelSteps } from "./compel-steps.ts";
import type { Crew, Desk } from "./crews.ts";
import { custodySteps, DETAIN_BASIS } from "./custody-steps.ts";
import type { Outing } from "./outing.ts";
import type { Papers } from "./papers.ts";
import { type Step, type Story, tell } from "./story.ts";

const MINUTE_S = 60;

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
