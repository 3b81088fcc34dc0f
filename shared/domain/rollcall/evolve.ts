import { type ClockRaised, endClocks, foldClockRaised, withClocks } from "../kernel/clock.ts";
import type { DomainEvent, EventMeta } from "../kernel/event.ts";
import { newRecord } from "../kernel/new-record.ts";
import { refKey } from "../kernel/ref.ts";
import type { RollCallEvent } from "./events.ts";
import type { RollCall, RollTarget } from "./state.ts";

/** Waits for answers; when it passes, who has not answered is absent. */
export const ANSWER_CLOCK = "answer";
/** Until when the call stays on the screens. */
export const OVER_CLOCK = "over";

export function evolveRollCall(
  rollcall: RollCall | undefined,
  raw: DomainEvent,
  meta: EventMeta,
): RollCall {
  const event = raw as RollCallEvent | ClockRaised;
  if (event.type === "RollCalled") return called(event, meta);
  if (!rollcall) throw new Error(`${event.type} before RollCalled`);
  if (event.type === "ClockRaised") return raised(rollcall, event);
  const targets = rollcall.targets.map((target) =>
    refKey(target.ref) === event.data.target ? changed(target, event, rollcall, meta) : target,
  );
  const waiting = targets.some(({ state }) => state === "CALLED");
  const clocks = waiting ? rollcall.clocks : endClocks(rollcall.clocks, [ANSWER_CLOCK], meta.at);
  return { ...rollcall, targets, clocks };
}

function called(
  { ref, data }: Extract<RollCallEvent, { type: "RollCalled" }>,
  meta: EventMeta,
): RollCall {
  const { belongs, clocks, targets, ...content } = data;
  return {
    ...newRecord("rollcall", ref.id, belongs, meta),
    ...content,
    calledAt: meta.at,
    targets: targets.map((target) => ({ ...target, state: "CALLED" })),
    clocks: withClocks({}, clocks, meta),
  };
}

function changed(
  target: RollTarget,
  event: Exclude<RollCallEvent, { type: "RollCalled" }>,
  { clocks }: RollCall,
  meta: EventMeta,
): RollTarget {
  switch (event.type) {
    case "RollAnswered": {
      const dueAt = clocks[ANSWER_CLOCK]?.dueAt ?? meta.at;
      const late = target.state === "ABSENT" || meta.at >= dueAt;
      return {
        ...target,
        state: late ? "LATE" : "PRESENT",
        answeredAt: meta.at,
        answeredBy: meta.by,
      };
    }
    case "RollFaultNoted":
      return { ...target, state: "FAULT" };
    case "RollQualityNoted": {
      const { picture, voice } = event.data;
      return { ...target, picture, voice };
    }
  }
}

/** A flag, not a verdict: whoever answers after it is late. */
function raised(rollcall: RollCall, event: ClockRaised): RollCall {
  const clocks = foldClockRaised(rollcall.clocks, event);
  if (event.data.clock !== ANSWER_CLOCK) return { ...rollcall, clocks };
  const targets = rollcall.targets.map(
    (target): RollTarget => (target.state === "CALLED" ? { ...target, state: "ABSENT" } : target),
  );
  return { ...rollcall, targets, clocks };
}
