import { type ClockStart, startClock } from "../kernel/clock.ts";
import type { ConflictNote } from "../kernel/conflict.ts";
import type { DomainEvent, EventMeta } from "../kernel/event.ts";
import type { StateReader } from "../kernel/state.ts";
import type { NoteEvent } from "./events.ts";
import { evolveDetention } from "./evolve.ts";
import { heldSince } from "./milestones.ts";
import type { Detention } from "./state.ts";
import { breachesFound } from "./verdicts.ts";

interface Reported {
  readonly type: string;
  readonly note: ConflictNote | undefined;
  readonly clocks: readonly ClockStart[];
}

/**
 * A 拘传 that became a 拘留 is over, but a late report about it may show that the person was held
 * earlier, or contradict the conversion. The living record must learn of both.
 */
export function formerRecordEvents(
  former: Detention,
  reported: Reported,
  state: StateReader,
  meta: EventMeta,
): DomainEvent[] {
  const heir = former.convertedTo ? state.get("detention", former.convertedTo) : undefined;
  if (!heir) return [];
  const clocks = earlierStarts(former, reported.clocks);
  if (clocks.length === 0 && reported.note === undefined) return [];
  const event: DomainEvent = {
    type: "FormerRecordReported",
    ref: { type: "detention", id: heir.id },
    data: {
      event: reported.type,
      ...(reported.note ? { note: reported.note } : {}),
      clocks,
    },
  } satisfies NoteEvent;
  return [event, ...breachesFound(evolveDetention(heir, event, meta))];
}

/** The heir's clocks that this report moves: inquiry from arrival, the others from control. */
function earlierStarts(former: Detention, started: readonly ClockStart[]): ClockStart[] {
  const heldAt = started.find((clock) => clock.name === "sinceControl")?.startAt;
  const heldBefore = heldSince(former.times);
  const inquiry = started.filter(
    ({ name, startAt }) =>
      name === "inquiry" && startAt < (former.clocks.inquiry?.startAt ?? Infinity),
  );
  return heldAt !== undefined && heldBefore !== undefined && heldAt < heldBefore
    ? [...inquiry, startClock("handover", "D4", heldAt), startClock("family", "D5", heldAt)]
    : inquiry;
}
