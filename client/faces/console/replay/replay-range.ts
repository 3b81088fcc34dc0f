import { PAST_ENDS_MS } from "../../../../shared/wire/past-window.ts";

/** Where the slider ends, server ms in whole seconds. */
export interface ReplayRange {
  readonly from: number;
  readonly to: number;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Midnight in China. */
const ZONE_MS = 8 * 3_600_000;
/** Whoever sits here at one in the morning asks about the evening. CFG. */
const AT_LEAST_MS = 6 * 3_600_000;

/** Today, and in its first hours the evening before; up to ten seconds ago. */
export function rangeAt(now: number): ReplayRange {
  const midnight = Math.floor((now + ZONE_MS) / DAY_MS) * DAY_MS - ZONE_MS;
  const from = Math.min(midnight, now - AT_LEAST_MS);
  return {
    from: Math.ceil(from / SECOND_MS) * SECOND_MS,
    to: Math.floor((now - PAST_ENDS_MS) / SECOND_MS) * SECOND_MS,
  };
}

/** A whole second within the range. */
export const within = ({ from, to }: ReplayRange, at: number): number =>
  Math.min(to, Math.max(from, Math.round(at / SECOND_MS) * SECOND_MS));

export const SPEEDS = [1, 10, 60] as const;
export type Speed = (typeof SPEEDS)[number];

/** How playing goes on: each so many real ms by so much. A fix comes every few seconds. */
export const STRIDES: Readonly<Record<Speed, { readonly everyMs: number; readonly byMs: number }>> =
  {
    1: { everyMs: 1_000, byMs: 1_000 },
    10: { everyMs: 500, byMs: 5_000 },
    60: { everyMs: 500, byMs: 30_000 },
  };

/** The part of a keyboard event that decides. */
export interface StepPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

const DIRECTION: Readonly<Record<string, 1 | -1>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
};
const TEN_MINUTES: Readonly<Record<string, 1 | -1>> = { PageDown: -1, PageUp: 1 };

/** Where a key leads from `at`: 10 s, with Shift a minute, by page ten minutes, or to an end. */
export function steppedBy(press: StepPress, at: number, range: ReplayRange): number | undefined {
  const { key, shiftKey, ctrlKey, altKey, metaKey } = press;
  if (ctrlKey || altKey || metaKey) return undefined;
  if (key === "Home") return range.from;
  if (key === "End") return range.to;
  const ten = TEN_MINUTES[key];
  if (ten) return within(range, at + ten * 10 * MINUTE_MS);
  const way = DIRECTION[key];
  return way ? within(range, at + way * (shiftKey ? MINUTE_MS : 10 * SECOND_MS)) : undefined;
}
