import {
  goingOf,
  type MusterCheck,
  musterOf,
  NO_FACTS,
  notBack,
  showedOf,
  teamOf,
} from "../../shared/domain/operation/facts.ts";
import { evicts, searches } from "../../shared/domain/operation/plan.ts";
import type { Operation, OperationState } from "../../shared/domain/operation/state.ts";
import type { DtoOf } from "../store/dto.ts";

export type OperationDto = DtoOf<"operation">;

/** The band of a planned operation, in order; 备案 only where it is asked for. */
export const STAGES = [
  "DRAFT",
  "SUBMITTED",
  "APPROVED",
  "FILED",
  "MUSTERING",
  "EN_ROUTE",
  "ON_SCENE",
  "EXECUTING",
  "CLOSED",
] as const;
export type StageName = (typeof STAGES)[number];

/** `none`: not asked for. `waiting`: reached, and somebody has still to answer. `stopped`: sent back or broken off here. */
export type StageLook = "done" | "now" | "todo" | "none" | "waiting" | "stopped";

export interface StageView {
  readonly name: StageName;
  readonly look: StageLook;
  readonly at?: number;
}

const STAGE_OF: Readonly<Record<OperationState, StageName>> = {
  DRAFT: "DRAFT",
  REJECTED: "SUBMITTED",
  SUBMITTED: "SUBMITTED",
  APPROVED: "APPROVED",
  MUSTERING: "MUSTERING",
  EN_ROUTE: "EN_ROUTE",
  ON_SCENE: "ON_SCENE",
  EXECUTING: "EXECUTING",
  PAUSED: "EXECUTING",
  CLOSING: "CLOSED",
  CLOSED: "CLOSED",
  ABORTED: "CLOSED",
};

/** How far a planned operation has come, stage by stage, with the time each was reached. */
export function stagesOf(dto: OperationDto): StageView[] {
  const here = STAGES.indexOf(reached(dto));
  return STAGES.map((name, index) => {
    const at = timeOf(name, dto);
    const look = name === "FILED" ? filedLook(dto) : lookOf(dto, index, here);
    return { name, look, ...(at === undefined ? {} : { at }) };
  });
}

/** The last stage that was reached; of what was broken off, the one in which that happened. */
function reached({ state = "DRAFT", pausedFrom, milestones = {} }: OperationDto): StageName {
  if (state !== "ABORTED") return STAGE_OF[pausedFrom ?? state];
  const done = STAGES.filter((name) => name !== "FILED" && milestones[name] !== undefined);
  return done.at(-1) ?? "DRAFT";
}

function lookOf({ state }: OperationDto, index: number, here: number): StageLook {
  if (index > here) return "todo";
  if (index < here || state === "CLOSED") return "done";
  return state === "REJECTED" || state === "ABORTED" ? "stopped" : "now";
}

function filedLook({ plan, courtId, filing, milestones = {} }: OperationDto): StageLook {
  if (filing) return filing.acknowledgedAt === undefined ? "waiting" : "done";
  const elsewhere = plan?.placeCourtId !== undefined && plan.placeCourtId !== courtId;
  const asked = milestones.APPROVED === undefined && (plan?.risk === "HIGH" || elsewhere);
  return asked ? "todo" : "none";
}

function timeOf(name: StageName, { milestones = {}, filing }: OperationDto): number | undefined {
  return name === "FILED" ? filing?.acknowledgedAt : milestones[name];
}

/** What a projection holds of a record, as far as the domain's own counting asks for it. */
const recordOf = (dto: OperationDto): Operation =>
  ({
    ...dto,
    memberIds: dto.memberIds ?? [],
    milestones: dto.milestones ?? {},
    facts: { ...NO_FACTS, ...dto.facts },
  }) as unknown as Operation;

export const TICKS = ["certificate", "uniform", "bodyCam", "deviceTest"] as const;
export type Tick = (typeof TICKS)[number];

/** One officer at muster: what was ticked, by whom and when; nothing ticked yet without `check`. */
export interface CheckRow {
  readonly officerId: string;
  readonly check?: MusterCheck;
  /** Present with everything, or excused. */
  readonly settled: boolean;
}

const isReady = (check: MusterCheck): boolean => TICKS.every((tick) => check[tick]);

export function checkRows(dto: OperationDto): CheckRow[] {
  const operation = recordOf(dto);
  const checks = musterOf(operation);
  return teamOf(operation).map((officerId) => {
    const check = checks.find((each) => each.officerId === officerId);
    const settled = check !== undefined && (check.presence === "EXCUSED" || isReady(check));
    return { officerId, ...(check ? { check } : {}), settled };
  });
}

/** Who goes out, and which of them has shown the certificate, and is back safely. */
export const goingIds = (dto: OperationDto): readonly string[] => goingOf(recordOf(dto));
export const hasShown = (dto: OperationDto, officerId: string): boolean =>
  showedOf(recordOf(dto)).includes(officerId);
export const isBack = (dto: OperationDto, officerId: string): boolean =>
  goingIds(dto).includes(officerId) && !notBack(recordOf(dto)).includes(officerId);

/** Q6: a search, an eviction and a seizure begin with an attendee on record. */
export function needsAttendee(dto: OperationDto): boolean {
  const operation = recordOf(dto);
  return searches(operation) || evicts(operation) || operation.kind === "SEIZURE";
}
export const searchesPlace = (dto: OperationDto): boolean => searches(recordOf(dto));

type SceneKind = Operation["facts"]["scene"][number]["kind"];

/** What of the scene has still to be on record before it is closed (Q8, Z7, 民诉法261条). */
export function sceneStillOwed(dto: OperationDto): readonly SceneKind[] {
  const operation = recordOf(dto);
  const has = (...kinds: readonly SceneKind[]) =>
    operation.facts.scene.some(({ kind }) => kinds.includes(kind));
  const signs = searches(operation) || evicts(operation) || operation.kind === "SEIZURE";
  return [
    ...(signs && !has("RECORD_SIGNED") ? (["RECORD_SIGNED"] as const) : []),
    ...(operation.kind === "SEIZURE" && !has("LIST_HANDED") ? (["LIST_HANDED"] as const) : []),
    ...(evicts(operation) && !has("GOODS_DELIVERED", "NO_GOODS")
      ? (["GOODS_DELIVERED"] as const)
      : []),
  ];
}

export const ATTENDEE_ROLES = [
  "WITNESS",
  "NOTARY",
  "LAWYER",
  "DEPUTY",
  "GRASSROOTS",
  "FAMILY",
  "AUDITOR",
] as const;

/** Private persons are recorded by reference, everybody else by the office. */
export const PRIVATE_ROLES: readonly string[] = ["WITNESS", "FAMILY"];

export const SCENE_KINDS = [
  "ANNOUNCED",
  "CORDON",
  "OPENING_ORDERED",
  "FORCED_OPENING",
  "INVENTORY",
  "LIST_HANDED",
  "GOODS_DELIVERED",
  "NO_GOODS",
  "RECORD_SIGNED",
  "SIGNING_REFUSED",
] as const;
