import type { Chance } from "./chance.ts";
import { DROPOUT, DROPOUT_LASTS_S } from "./figures.ts";

/** Seconds of the day without coverage. */
export interface Dropout {
  readonly fromS: number;
  readonly toS: number;
}

/** Dead zones of one terminal, so that their part of the minutes is that of its region. */
export function planDropouts(
  hills: boolean,
  fromS: number,
  toS: number,
  chance: Chance,
): Dropout[] {
  const part = hills ? DROPOUT.hills : DROPOUT.city;
  const [least, most] = DROPOUT_LASTS_S;
  const meanGapS = (((least + most) / 2) * (1 - part)) / part;
  const dropouts: Dropout[] = [];
  // Gaps are exponential, so that being reached for long says nothing about the next minute.
  const gap = () => -Math.log(1 - chance.next()) * meanGapS;
  for (let t = fromS + gap(); t < toS; ) {
    const end = Math.min(toS, t + chance.between(least, most));
    dropouts.push({ fromS: t, toS: end });
    t = end + gap();
  }
  return dropouts;
}

export const isCovered = (dropouts: readonly Dropout[], atS: number): boolean =>
  !dropouts.some(({ fromS, toS }) => atS >= fromS && atS < toS);
