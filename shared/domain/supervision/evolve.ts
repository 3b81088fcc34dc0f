import {
  type ClockRaised,
  type ClockStart,
  type Clocks,
  endClocks,
  foldClockRaised,
  withClocks,
} from "../kernel/clock.ts";
import type { DomainEvent, EventMeta } from "../kernel/event.ts";
import { newRecord } from "../kernel/new-record.ts";
import { itemClock } from "./duty.ts";
import type { SupervisionEvent } from "./events.ts";
import { evolveItem } from "./evolve-item.ts";
import type { Supervision, SupervisionState } from "./state.ts";

type Later = Exclude<SupervisionEvent, { type: "SupervisionOpened" }>;

export function evolveSupervision(
  supervision: Supervision | undefined,
  raw: DomainEvent,
  meta: EventMeta,
): Supervision {
  const event = raw as SupervisionEvent | ClockRaised;
  if (event.type === "SupervisionOpened") return opened(event, meta);
  if (!supervision) throw new Error(`${event.type} before SupervisionOpened`);
  if (event.type === "ClockRaised") {
    return { ...supervision, clocks: foldClockRaised(supervision.clocks, event) };
  }
  return {
    ...supervision,
    state: stateAfter(supervision, event),
    clocks: clocksAfter(supervision.clocks, event, meta),
    items: evolveItem(supervision.items, event, meta),
    ...said(supervision, event, meta),
  };
}

function opened(
  { ref, data }: Extract<SupervisionEvent, { type: "SupervisionOpened" }>,
  meta: EventMeta,
): Supervision {
  const { belongs, clocks, ...content } = data;
  return {
    ...newRecord("supervision", ref.id, belongs, meta),
    ...content,
    state: "OPENED",
    openedBy: meta.by,
    reports: [],
    returns: [],
    measures: [],
    findings: [],
    items: [],
    clocks: withClocks({}, clocks, meta),
  };
}

const LEADS_TO: Readonly<Partial<Record<Later["type"], SupervisionState>>> = {
  SupervisionLetterSent: "LETTER_SENT",
  SupervisionStarted: "REPORTING",
  SupervisionReported: "REPORTED",
  SupervisionReturned: "RETURNED",
  SupervisionUrged: "URGED",
  SupervisionClosed: "CLOSED",
};

/** Naming a person answers the letter; it does not take back that the court was urged. */
function stateAfter({ state }: Supervision, event: Later): SupervisionState {
  if (event.type === "SupervisionMeasureTaken") return event.data.measure;
  if (event.type === "SupervisionAssigned") return state === "LETTER_SENT" ? "ASSIGNED" : state;
  return LEADS_TO[event.type] ?? state;
}

function clocksAfter(clocks: Clocks, event: Later, meta: EventMeta): Clocks {
  const { clocks: started = [] } = event.data as { readonly clocks?: readonly ClockStart[] };
  return withClocks(endClocks(clocks, endedBy(clocks, event), meta.at), started, meta);
}

function endedBy(clocks: Clocks, event: Later): readonly string[] {
  switch (event.type) {
    case "SupervisionLetterSent":
      return ["letter"];
    case "SupervisionReported":
      return ["due"];
    case "SupervisionMeasureTaken":
      return ["REASSIGNED", "TAKEN_UP"].includes(event.data.measure) ? ["due"] : [];
    case "SupervisionItemEvidenced":
    case "SupervisionItemClosed":
      return [itemClock(event.data.itemId)];
    case "SupervisionClosed":
      return Object.keys(clocks);
    default:
      return [];
  }
}

/** What the event brings besides state, clocks and the list. */
function said(supervision: Supervision, event: Later, meta: EventMeta): Partial<Supervision> {
  const stamp = { at: meta.at, by: meta.by };
  switch (event.type) {
    case "SupervisionLetterSent": {
      const { clocks: _clocks, ...letter } = event.data;
      return letter;
    }
    case "SupervisionAssigned":
      return { assigneeId: event.data.assigneeId };
    case "SupervisionReported":
      return { reports: [...supervision.reports, { ...event.data, ...stamp }] };
    case "SupervisionReturned": {
      const { text, dueAt } = event.data;
      return { dueAt, returns: [...supervision.returns, { text, ...stamp }] };
    }
    case "SupervisionUrged": {
      const { text, dueAt } = event.data;
      const urged = { measure: "URGED", text, ...stamp } as const;
      return { dueAt, measures: [...supervision.measures, urged] };
    }
    case "SupervisionMeasureTaken":
      return { measures: [...supervision.measures, { ...event.data, ...stamp }] };
    case "SupervisionInterviewed":
      return { interview: event.data };
    case "SupervisionFound":
      return { findings: [...supervision.findings, { ...event.data, ...stamp }] };
    case "SupervisionClosed":
      return { closed: { ...event.data, ...stamp } };
    default:
      return {};
  }
}
