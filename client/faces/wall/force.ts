import type { CourtTier } from "../../../shared/domain/court/state.ts";
import { LOST_AFTER_MS } from "../../map/fix-freshness.ts";
import type { StoredRecord } from "../../store/dto.ts";

/** How many people there are, and where they stand. */
export interface Force {
  readonly all: number;
  /** Everybody who is not off duty. */
  readonly onDuty: number;
  readonly deployed: number;
  readonly standby: number;
  /** 失联: deployed and no fix for 120 s. Derived, never stored. */
  readonly unreachable: number;
}

export interface ForceByTier {
  readonly total: Force;
  readonly tiers: readonly { readonly tier: CourtTier; readonly force: Force }[];
}

const TIERS: readonly CourtTier[] = ["HIGH", "INTERMEDIATE", "BASIC"];

interface Known {
  readonly officers: Iterable<StoredRecord<"officer">>;
  readonly courts: ReadonlyMap<string, StoredRecord<"court">>;
  /** Server ms of the last fix by track index; 0 or missing = none. */
  readonly fixAt: ArrayLike<number>;
}

export function forceOf({ officers, courts, fixAt }: Known, now: number): ForceByTier {
  const total = nobody();
  const byTier = new Map<CourtTier, Count>();
  for (const { dto } of officers) {
    const tier = courts.get(dto.courtId ?? "")?.dto.tier ?? "BASIC";
    const count = byTier.get(tier) ?? nobody();
    byTier.set(tier, count);
    const lost = isUnreachable(dto, fixAt, now);
    add(total, dto, lost);
    add(count, dto, lost);
  }
  const tiers = TIERS.flatMap((tier) => {
    const force = byTier.get(tier);
    return force ? [{ tier, force }] : [];
  });
  return { total, tiers };
}

type Count = { -readonly [K in keyof Force]: Force[K] };

const nobody = (): Count => ({ all: 0, onDuty: 0, deployed: 0, standby: 0, unreachable: 0 });

function add(count: Count, { duty }: StoredRecord<"officer">["dto"], unreachable: boolean): void {
  count.all += 1;
  if (duty !== undefined && duty !== "OFF_DUTY") count.onDuty += 1;
  if (duty === "DEPLOYED") count.deployed += 1;
  if (duty === "STANDBY") count.standby += 1;
  if (unreachable) count.unreachable += 1;
}

function isUnreachable(
  { duty, trackIndex }: StoredRecord<"officer">["dto"],
  fixAt: ArrayLike<number>,
  now: number,
): boolean {
  if (duty !== "DEPLOYED" || trackIndex === undefined) return false;
  return now - (fixAt[trackIndex] ?? 0) > LOST_AFTER_MS;
}
