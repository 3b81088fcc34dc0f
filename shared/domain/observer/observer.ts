import { consolesUpward } from "../court/consoles.ts";
import {
  type ClockRaised,
  clockDeadlines,
  clockDtos,
  endClocks,
  foldClockRaised,
  withClocks,
} from "../kernel/clock.ts";
import type { DomainEvent, EventMeta } from "../kernel/event.ts";
import type { EntityModule } from "../kernel/module.ts";
import { newRecord } from "../kernel/new-record.ts";
import type { Bilingual, RefusalText } from "../kernel/refusal.ts";
import { END_CLOCK, OBSERVER_COMMANDS } from "./commands.ts";
import { OBSERVER_EVENT_TYPES, type ObserverEvent, observerEvent } from "./events.ts";
import type { Observer } from "./state.ts";

const OBSERVER_REFUSALS: Readonly<Record<string, RefusalText>> = {
  SEAT_TOO_LONG: {
    what: { zh: "观摩席最长30日", en: "A seat is given for at most 30 days" },
    fix: { zh: "请改早结束时间", en: "Let it end earlier" },
  },
  ONE_OPERATION_ONLY: {
    what: { zh: "该席位只观摩一次行动", en: "This seat looks at one operation" },
    fix: { zh: "请选定一次行动", en: "Name the one operation" },
  },
  NOT_OF_THIS_COURT: {
    what: {
      zh: "该行动不属本院及下级法院",
      en: "The operation is not of your court or one below it",
    },
    fix: { zh: "请选本辖区的行动", en: "Choose one of your own line" },
  },
  OPERATION_OVER: {
    what: { zh: "行动已结束", en: "The operation is over" },
    fix: { zh: "请选未结束的行动", en: "Choose one that is not over" },
  },
  SEAT_ENDED: {
    what: { zh: "观摩席已结束", en: "The seat has ended" },
    fix: { zh: "再次观摩请另开席位", en: "Open another for another visit" },
  },
  NOT_RELEASED: {
    what: { zh: "该行动未开放观摩", en: "The operation was not released to this seat" },
    fix: { zh: "无需收回", en: "Nothing to take back" },
  },
};

function evolve(before: Observer | undefined, raw: DomainEvent, meta: EventMeta): Observer {
  const event = raw as ObserverEvent | ClockRaised;
  if (event.type === "ObserverOpened") {
    const { belongs, clocks, ...content } = event.data;
    return {
      ...newRecord("observer", event.ref.id, belongs, meta),
      ...content,
      state: "OPEN",
      openedBy: meta.by,
      openedAt: meta.at,
      clocks: withClocks({}, clocks, meta),
    };
  }
  if (!before) throw new Error(`${event.type} before ObserverOpened`);
  return evolveOpen(before, event, meta);
}

function evolveOpen(
  before: Observer,
  event: Exclude<ObserverEvent, { type: "ObserverOpened" }> | ClockRaised,
  meta: EventMeta,
): Observer {
  switch (event.type) {
    case "ObserverReleased":
      return { ...before, released: [...before.released, event.data.operationId] };
    case "ObserverWithheld":
      return {
        ...before,
        released: before.released.filter((each) => each !== event.data.operationId),
      };
    case "ObserverEnded":
      return {
        ...before,
        state: "ENDED",
        ended: { at: meta.at, by: meta.by },
        clocks: endClocks(before.clocks, [END_CLOCK], meta.at),
      };
    case "ClockRaised":
      return { ...before, clocks: foldClockRaised(before.clocks, event) };
  }
}

const LINES: Readonly<Record<ObserverEvent["type"], Bilingual>> = {
  ObserverOpened: { zh: "开设观摩席", en: "Observer's seat opened" },
  ObserverReleased: { zh: "开放一次行动观摩", en: "An operation released to it" },
  ObserverWithheld: { zh: "收回一次行动观摩", en: "An operation taken back from it" },
  ObserverEnded: { zh: "观摩席结束", en: "Observer's seat ended" },
};

/** The court's own record of whom it let look; those above read it. The observer gets no record at all. */
export const observerModule: EntityModule<"observer"> = {
  type: "observer",
  eventTypes: OBSERVER_EVENT_TYPES,
  commands: OBSERVER_COMMANDS,
  refusals: OBSERVER_REFUSALS,
  evolve,
  standing: ({ state, released }) => [state, ...released].join("|"),
  parts: ({ openedBy }) => ({ issuer: [openedBy] }),
  links: () => [],
  live: ({ state }) => state === "OPEN",
  dependents: () => [],
  deadlines: ({ id, clocks }) => clockDeadlines({ type: "observer", id }, clocks),
  raised: ({ id }) => [observerEvent(id, "ObserverEnded", {})],
  audiences: ({ courtId }, state) => consolesUpward(state, courtId),
  project: (observer) => ({
    courtId: observer.courtId,
    body: observer.body,
    organisation: observer.organisation,
    visitor: observer.visitor,
    scope: observer.scope,
    released: observer.released,
    state: observer.state,
    endsAt: observer.endsAt,
    openedBy: observer.openedBy,
    openedAt: observer.openedAt,
    ...(observer.ended ? { ended: observer.ended } : {}),
    clocks: clockDtos(observer.clocks),
  }),
  line: (event) => LINES[event.type as ObserverEvent["type"]],
};
