import { type FixFreshness, fixFreshness } from "./fix-freshness.ts";
import type { Fleet } from "./fleet.ts";

export type OfficerShape = "dot" | "arrow" | "square";

/** How one officer is drawn. */
export interface OfficerLook {
  readonly shape: OfficerShape;
  readonly freshness: FixFreshness;
  readonly own: boolean;
  /** 0 … 23, in steps of 15°; 0 unless an arrow. */
  readonly bin: number;
}

export const HEADING_BINS = 24;
/** Walking pace; below it a GPS heading means nothing. */
const MOVING_FROM_MPS = 1;

/** Square on scene, arrow by heading when moving, else a dot. Old fixes do not move. */
export function officerLook(
  fleet: Pick<Fleet, "positions" | "onScene">,
  index: number,
  own: boolean,
  now: number,
): OfficerLook {
  const { positions, onScene } = fleet;
  const freshness = fixFreshness(positions.at[index]!, now);
  if (onScene.has(index)) return { shape: "square", freshness, own, bin: 0 };
  const heading = positions.heading[index]!;
  const moves = positions.speed[index]! >= MOVING_FROM_MPS && !Number.isNaN(heading);
  if (!moves || freshness === "LOST") return { shape: "dot", freshness, own, bin: 0 };
  const bin = Math.round((heading / 360) * HEADING_BINS) % HEADING_BINS;
  return { shape: "arrow", freshness, own, bin };
}

const SHAPES: readonly OfficerShape[] = ["dot", "arrow", "square"];
const FRESHNESS: readonly FixFreshness[] = ["FRESH", "STALE", "LOST"];

/** One number per picture, so that pictures are made once. */
export const lookKey = ({ shape, freshness, own, bin }: OfficerLook): number =>
  ((SHAPES.indexOf(shape) * 3 + FRESHNESS.indexOf(freshness)) * 2 + (own ? 1 : 0)) * HEADING_BINS +
  bin;
