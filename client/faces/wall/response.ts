import type { StoredRecord } from "../../store/dto.ts";
import { dayStart } from "./day.ts";

/** How fast somebody answered today. */
export interface Response {
  readonly count: number;
  /** Median time to the acknowledgement; nothing while nobody answered anything. */
  readonly p50Ms: number | undefined;
  readonly slowestMs: number | undefined;
}

/** Police requests sent today, and when the police acknowledged them. */
export const policeResponse = (requests: Iterable<StoredRecord<"police">>, now: number): Response =>
  responseOf(
    [...requests].map(({ dto }) => ({ from: dto.sentAt, to: dto.times?.ACKED })),
    now,
  );

/** Incidents reported today, and when a named person acknowledged them. */
export const incidentResponse = (
  incidents: Iterable<StoredRecord<"incident">>,
  now: number,
): Response =>
  responseOf(
    [...incidents].map(({ dto }) => ({ from: dto.reportedAt, to: dto.acknowledged?.at })),
    now,
  );

interface Span {
  readonly from: number | undefined;
  readonly to: number | undefined;
}

function responseOf(spans: readonly Span[], now: number): Response {
  const since = dayStart(now);
  const took = spans
    .flatMap(({ from, to }) =>
      from === undefined || to === undefined || from < since ? [] : [Math.max(0, to - from)],
    )
    .sort((a, b) => a - b);
  return { count: took.length, p50Ms: medianOf(took), slowestMs: took.at(-1) };
}

/** The lower of the two middle ones: a time that really happened. */
const medianOf = (sorted: readonly number[]): number | undefined =>
  sorted[Math.floor((sorted.length - 1) / 2)];
