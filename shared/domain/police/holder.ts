import { tierPathOf } from "../authority/relation.ts";
import type { Role } from "../authority/roles.ts";
import type { StateReader } from "../kernel/state.ts";
import type { PoliceRequest } from "./state.ts";

/** A desk that is told. */
interface Telling {
  readonly courtId: string;
  readonly roles: readonly Role[];
}

type Tier = "own" | "parent" | "high";

interface Step {
  readonly level: number;
  readonly tell: readonly { readonly tier: Tier; readonly roles: readonly Role[] }[];
  /** Tier whose desk holds the request from this level on. */
  readonly desk: Tier;
}

const DESK: readonly Role[] = ["DUTY_OFFICER"];

/** Who is told at which level of which clock (model 4.5). */
const STEPS: Readonly<Record<string, readonly Step[]>> = {
  "P1-ACK": [
    {
      level: 1,
      tell: [
        { tier: "own", roles: ["DIRECTOR"] },
        { tier: "parent", roles: DESK },
      ],
      desk: "parent",
    },
    { level: 2, tell: [{ tier: "high", roles: DESK }], desk: "high" },
  ],
  "P2-ACK": [
    { level: 1, tell: [{ tier: "parent", roles: DESK }], desk: "parent" },
    { level: 2, tell: [{ tier: "high", roles: DESK }], desk: "high" },
  ],
  "P3-ACK": [
    { level: 1, tell: [{ tier: "own", roles: ["CENTER_CHIEF"] }], desk: "own" },
    { level: 2, tell: [{ tier: "parent", roles: DESK }], desk: "parent" },
  ],
  "P4-ACK": [{ level: 1, tell: [{ tier: "own", roles: ["CENTER_CHIEF"] }], desk: "own" }],
  "P4-ANSWER": [{ level: 1, tell: [{ tier: "parent", roles: DESK }], desk: "parent" }],
};

/**
 * The desk that has it while the police keep silent. Escalation is an overlay derived from the
 * levels of the clocks that still wait, never a state: it falls back to the own desk as soon as the
 * police answer.
 */
export function silentDesk(request: PoliceRequest, state: StateReader): string {
  const courtAt = courtsOf(request, state);
  const desks = waitingSteps(request).map((step) => courtAt(step.desk));
  return desks.sort(byHeight(request, state))[0] ?? request.courtId;
}

/** Whether a desk above its own has it, or had while the police kept silent. */
export const hasClimbed = (request: PoliceRequest): boolean =>
  waitingSteps(request).some(({ desk }) => desk !== "own");

/** Who has been told because the police keep silent. */
export const toldOf = (request: PoliceRequest, state: StateReader): readonly Telling[] =>
  waitingSteps(request).flatMap((step) => telling(step, request, state));

/** Whom one level of one clock tells, in the order of the table. */
export function toldAtLevel(
  request: PoliceRequest,
  ruleId: string,
  level: number,
  state: StateReader,
): readonly Telling[] {
  const steps = (STEPS[ruleId] ?? []).filter((step) => step.level === level);
  return steps.flatMap((step) => telling(step, request, state));
}

function telling(step: Step, request: PoliceRequest, state: StateReader): Telling[] {
  const courtAt = courtsOf(request, state);
  return step.tell.map(({ tier, roles }) => ({ courtId: courtAt(tier), roles }));
}

function waitingSteps(request: PoliceRequest): Step[] {
  return Object.values(request.clocks)
    .filter((clock) => clock.endedAt === undefined)
    .flatMap((clock) => (STEPS[clock.ruleId] ?? []).filter((step) => step.level <= clock.level));
}

const pathOf = (request: PoliceRequest, state: StateReader): readonly string[] => {
  const path = tierPathOf(state, request.courtId);
  return path.length > 0 ? path : request.tierPath;
};

/** The top of the tree stands in for tiers that do not exist above the own court. */
function courtsOf(request: PoliceRequest, state: StateReader): (tier: Tier) => string {
  const path = pathOf(request, state);
  const top = path[0] ?? request.courtId;
  return (tier) => {
    if (tier === "own") return request.courtId;
    return tier === "parent" ? (path.at(-2) ?? top) : top;
  };
}

function byHeight(request: PoliceRequest, state: StateReader): (a: string, b: string) => number {
  const path = pathOf(request, state);
  return (a, b) => path.indexOf(a) - path.indexOf(b);
}
