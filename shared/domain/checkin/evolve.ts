import { type ClockRaised, endClocks, foldClockRaised, withClocks } from "../kernel/clock.ts";
import type { DomainEvent, EventMeta } from "../kernel/event.ts";
import { newRecord } from "../kernel/new-record.ts";
import type { CheckInEvent } from "./events.ts";
import type { CheckIn } from "./state.ts";

/** Name of the clock that waits for the next sign of life. */
export const LIFE_CLOCK = "life";
/** Asks now and then whether the operation is still on scene. */
export const SCENE_CLOCK = "scene";
/** From this level on the court above is told. */
export const PARENT_LEVEL = 3;

type Later = Exclude<CheckInEvent, { type: "CheckInBegun" }> | ClockRaised;

export function evolveCheckIn(
  checkin: CheckIn | undefined,
  raw: DomainEvent,
  meta: EventMeta,
): CheckIn {
  const event = raw as CheckInEvent | ClockRaised;
  if (event.type === "CheckInBegun") return begun(event, meta);
  if (!checkin) throw new Error(`${event.type} before CheckInBegun`);
  return changed(checkin, event, meta);
}

function changed(checkin: CheckIn, event: Later, meta: EventMeta): CheckIn {
  switch (event.type) {
    case "ClockRaised":
      return {
        ...checkin,
        climbed: checkin.climbed || event.data.level >= PARENT_LEVEL,
        clocks: foldClockRaised(checkin.clocks, event),
      };
    case "CheckedIn":
      return alive(checkin, event, meta);
    case "CheckInVouched":
      return { ...alive(checkin, event, meta), vouched: vouched(event, meta) };
    case "CheckInStopped":
      return {
        ...checkin,
        state: "STOPPED",
        stopReason: event.data.reason,
        clocks: endClocks(checkin.clocks, [LIFE_CLOCK], meta.at),
      };
    case "CheckInContinued":
      return { ...checkin, clocks: withClocks(checkin.clocks, event.data.clocks, meta) };
    case "CheckInEnded":
      return {
        ...checkin,
        state: "ENDED",
        clocks: endClocks(checkin.clocks, [LIFE_CLOCK, SCENE_CLOCK], meta.at),
      };
  }
}

const vouched = (
  { data: { note } }: Extract<CheckInEvent, { type: "CheckInVouched" }>,
  { at, by }: EventMeta,
) => ({ at, by, ...(note ? { note } : {}) });

function begun(
  { ref, data }: Extract<CheckInEvent, { type: "CheckInBegun" }>,
  meta: EventMeta,
): CheckIn {
  const { belongs, at, clocks, ...content } = data;
  return {
    ...newRecord("checkin", ref.id, belongs, meta),
    ...content,
    state: "RUNNING",
    lastAt: at,
    climbed: false,
    clocks: withClocks({}, clocks, meta),
  };
}

/** A sign of life; the centre's word puts one that was stopped back on the clock. */
function alive(
  checkin: CheckIn,
  { data }: Extract<CheckInEvent, { type: "CheckedIn" | "CheckInVouched" }>,
  meta: EventMeta,
): CheckIn {
  const { stopReason: _over, ...rest } = checkin;
  return {
    ...rest,
    state: "RUNNING",
    lastAt: Math.max(checkin.lastAt, data.at),
    clocks: withClocks(checkin.clocks, data.clocks, meta),
  };
}
