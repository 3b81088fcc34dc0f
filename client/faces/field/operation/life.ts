import { LIFE_CLOCK } from "../../../../shared/domain/checkin/evolve.ts";
import { isOnScene } from "../../../../shared/domain/checkin/on-scene.ts";
import type { Operation } from "../../../../shared/domain/operation/state.ts";
import { clockRule } from "../../../../shared/domain/rules/clock-rules.ts";
import { goingIds, type OperationDto } from "../../../operation/progress.ts";
import type { DtoOf, StoredRecord } from "../../../store/dto.ts";

const LEVELS = clockRule("CHK-LIFE").levels;
/** 45 s: the officer alone is reminded. */
const REMIND_MS = LEVELS.find(({ level }) => level === 1)?.afterMs ?? 0;
/** A third of the way left, it is soon. */
const SOON_MS = REMIND_MS / 3;

/** How the officer's own check-in stands at a moment of server time. */
export interface LifeView {
  /** Until he is to sign; negative: over by. */
  readonly leftMs: number;
  readonly look: "running" | "soon" | "over";
  /** Who has been told of his silence by now, as the record says. */
  readonly told: "nobody" | "centre" | "parent";
}

/**
 * OPS-48. `signedAt`: a sign of this phone that the records do not show yet; it quiets the phone, and
 * not what others have been told.
 */
export function lifeView(
  dto: DtoOf<"checkin">,
  now: number,
  signedAt: number | undefined,
): LifeView | undefined {
  const clock = dto.clocks?.find(({ name, endedAt }) => name === LIFE_CLOCK && !endedAt);
  if (dto.state !== "RUNNING" || !clock) return undefined;
  const leftMs = Math.max(clock.startAt, signedAt ?? 0) + REMIND_MS - now;
  const told = clock.level >= 3 ? "parent" : "centre";
  return { leftMs, look: lookOf(leftMs), told: clock.level >= 2 ? told : "nobody" };
}

function lookOf(leftMs: number): LifeView["look"] {
  if (leftMs <= 0) return "over";
  return leftMs <= SOON_MS ? "soon" : "running";
}

/** His own check-in of an operation, ended ones left out. */
export const myCheckIn = (
  records: readonly StoredRecord<"checkin">[],
  officerId: string | undefined,
): StoredRecord<"checkin"> | undefined =>
  records.find(({ dto }) => dto.officerId === officerId && dto.state !== "ENDED");

/** May this officer ask that check-in begins: on scene, and one of those who went out. */
export const mayBegin = (dto: OperationDto, officerId: string): boolean =>
  isOnScene(dto as Pick<Operation, "state" | "pausedFrom"> as Operation) &&
  goingIds(dto).includes(officerId);
