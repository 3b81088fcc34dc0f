import type { Chance } from "./chance.ts";
import { compelSteps } from "./compel-steps.ts";
import type { OperationPlan } from "./operation-plan.ts";
import type { Papers } from "./papers.ts";
import { policeSteps } from "./police-story.ts";
import { type Step, type Story, tell } from "./story.ts";

const MINUTE_S = 60;
const TITLES: Readonly<Record<OperationPlan["kind"], string>> = {
  EVICTION: "腾退",
  SEARCH: "搜查",
  SEIZURE: "查扣",
  COMPEL: "拘传",
  DETAIN: "拘留",
  INVESTIGATE: "调查",
  SERVE: "送达",
  RAPID: "快反",
};
/** Operations of these kinds bring a person home, others now and then. */
const ABOUT_PERSONS: ReadonlySet<string> = new Set(["COMPEL", "DETAIN"]);
const CAUGHT_SHARE = 0.2;
const SUPPORT_SHARE = 0.5;

/** What the president alone orders is opened with his signature. */
const PRESIDENTS: ReadonlySet<string> = new Set(["EVICTION", "SEARCH", "DETAIN"]);

/** An operation from the signature to its end, with all that happens in it. */
export function operationStory(plan: OperationPlan, papers: Papers, chance: Chance): Story {
  const { crews, desk, scene, departS } = plan;
  const [first] = crews;
  const ref = { type: "operation", id: papers.id("op") } as const;
  const caseNo = papers.caseNo(first.court);
  const step = (atS: number, by: string, kind: string): Step => ({
    atS,
    by,
    kind,
    ref,
    payload: {},
  });
  const startS = scene.fromS + chance.between(3, 8) * MINUTE_S;
  const taken = takenSteps(plan, ref.id, caseNo, startS, papers, chance);
  const support = supportSteps(plan, ref.id, startS, papers, chance);
  const overS = Math.max(scene.toS, taken.endS) + chance.between(4, 12) * MINUTE_S;
  return tell(papers.id("story"), [
    opening(plan, ref, caseNo, departS - chance.between(20, 50) * MINUTE_S, papers),
    step(departS, first.lead, "operation.depart"),
    step(scene.fromS, first.lead, "operation.arrive"),
    step(startS, chance.happens(0.5) ? desk.director : first.lead, "operation.start"),
    ...support,
    ...taken.steps,
    step(overS, desk.director, "operation.close"),
  ]);
}

function opening(
  { crews, desk, kind, host, scene }: OperationPlan,
  ref: Step["ref"],
  caseNo: string,
  atS: number,
  papers: Papers,
): Step {
  const [first] = crews;
  const { lat, lng } = scene.place;
  return {
    atS,
    by: PRESIDENTS.has(kind) ? desk.president : desk.director,
    kind: "operation.open",
    ref,
    opens: true,
    payload: {
      code: papers.paper("行动"),
      name: `${first.court.short}${TITLES[kind]}行动`,
      kind,
      caseNo,
      approvalNo: papers.paper("审批"),
      place: { lat, lng, address: `${(host ?? first.court).short}模拟地点` },
      ...(host ? { hostCourtId: host.id } : {}),
      chiefCommanderId: desk.director,
      sceneCommanderId: first.lead,
      memberIds: crews.flatMap(({ lead, police }) => [lead, police]),
    },
  };
}

/** The person that some operations are about. */
function takenSteps(
  plan: OperationPlan,
  operationId: string,
  caseNo: string,
  startS: number,
  papers: Papers,
  chance: Chance,
): { readonly steps: readonly Step[]; readonly endS: number } {
  const { crews, desk, kind, host, departS, scene, backS } = plan;
  const taken = ABOUT_PERSONS.has(kind) || chance.happens(CAUGHT_SHARE);
  if (!taken) return { steps: [], endS: 0 };
  const controlS = startS + (scene.toS - startS) * chance.between(0.15, 0.6);
  const compelled = {
    crew: crews[0],
    desk,
    caseNo,
    approveS: departS - chance.between(2, 10) * MINUTE_S,
    controlS,
    arriveS: backS,
    operationId,
    ...(host ? { hostCourtId: host.id } : {}),
  };
  return compelSteps(compelled, papers, chance);
}

/** Police at the scene, asked for beforehand. */
function supportSteps(
  { crews, departS, scene }: OperationPlan,
  operationId: string,
  startS: number,
  papers: Papers,
  chance: Chance,
): readonly Step[] {
  if (!chance.happens(SUPPORT_SHARE)) return [];
  const urgent = chance.happens(0.2);
  return policeSteps(
    {
      crew: crews[0],
      kind: "SCENE_SUPPORT",
      urgency: urgent ? "P2" : "P3",
      atS: urgent ? startS + chance.between(5, 15) * MINUTE_S : departS - 2 * MINUTE_S,
      place: scene.place,
      operationId,
    },
    papers,
    chance,
  );
}
