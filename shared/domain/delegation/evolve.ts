import {
  type ClockRaised,
  type ClockStart,
  endClocks,
  foldClockRaised,
  withClocks,
} from "../kernel/clock.ts";
import type { DomainEvent, EventMeta } from "../kernel/event.ts";
import { newRecord } from "../kernel/new-record.ts";
import { AFTER_ACCEPTING, AFTER_STARTING, ALL_CLOCKS, TERM } from "./clocks.ts";
import type { DelegationEvent } from "./events.ts";
import type { Delegation, DelegationReport, DelegationState } from "./state.ts";
import { turn } from "./turn.ts";

type Later = Exclude<DelegationEvent, { type: "DelegationDrafted" }>;
type Of<T extends Later["type"]> = Extract<Later, { type: T }>;

/** The state that each event leads to; the others change none. */
const LEADS_TO: Readonly<Partial<Record<Later["type"], DelegationState>>> = {
  DelegationRevised: "DRAFT",
  DelegationSubmitted: "CENTER_REVIEW",
  DelegationSentBack: "DRAFT",
  DelegationSent: "SENT",
  DelegationAccepted: "ACCEPTED",
  DelegationReturned: "RETURNED",
  DelegationAssigned: "ASSIGNED",
  DelegationStarted: "DOING",
  DelegationFedBack: "FEEDBACK",
  DelegationConfirmed: "CONFIRMED",
  DelegationRedoAsked: "REDO",
  DelegationWithdrawn: "WITHDRAWN",
};

/** The clocks that each event ends, before its own begin. */
const ENDS: Readonly<Partial<Record<Later["type"], readonly string[]>>> = {
  DelegationAccepted: [...AFTER_ACCEPTING, "papers"],
  DelegationPapersAsked: ALL_CLOCKS,
  DelegationPapersCompleted: ALL_CLOCKS,
  DelegationReturned: ALL_CLOCKS,
  DelegationStarted: AFTER_STARTING,
  DelegationFedBack: ALL_CLOCKS,
  DelegationConfirmed: ALL_CLOCKS,
  DelegationWithdrawn: ALL_CLOCKS,
};

export function evolveDelegation(
  delegation: Delegation | undefined,
  raw: DomainEvent,
  meta: EventMeta,
): Delegation {
  const event = raw as DelegationEvent | ClockRaised;
  if (event.type === "DelegationDrafted") return drafted(event, meta);
  if (!delegation) throw new Error(`${event.type} before DelegationDrafted`);
  if (event.type === "ClockRaised") {
    return { ...delegation, clocks: foldClockRaised(delegation.clocks, event) };
  }
  const clocked = withTimes(withState(delegation, event, meta), event, meta);
  const next =
    event.type === "DelegationRevised"
      ? revised(clocked, event)
      : { ...clocked, ...said(delegation, event, meta) };
  // A term of the common superior binds whoever's turn it was.
  return turn(delegation) === turn(next) || event.type === "DelegationDirected" || goesOn(event)
    ? next
    : { ...next, clocks: endClocks(next.clocks, [TERM], meta.at) };
}

/** With the papers the turn comes back, and the term that stood still meanwhile. */
const goesOn = (event: Later): boolean =>
  event.type === "DelegationPapersCompleted" && event.data.clocks.some(({ name }) => name === TERM);

function drafted(
  { ref, data }: Extract<DelegationEvent, { type: "DelegationDrafted" }>,
  meta: EventMeta,
): Delegation {
  const { belongs, ...content } = data;
  return {
    ...newRecord("delegation", ref.id, belongs, meta),
    ...content,
    state: "DRAFT",
    proposedBy: meta.by,
    returnOverruled: false,
    reports: [],
    directions: [],
    overdue: [],
    steps: [{ state: "DRAFT", at: meta.at, by: meta.by }],
    clocks: {},
  };
}

function withState(delegation: Delegation, event: Later, meta: EventMeta): Delegation {
  const overruled =
    event.type === "DelegationDirected" && event.data.directive === "OVERRULE_RETURN";
  const state = overruled ? "SENT" : LEADS_TO[event.type];
  if (state === undefined) return delegation;
  return {
    ...delegation,
    state,
    steps: [...delegation.steps, { state, at: meta.at, by: meta.by }],
  };
}

function withTimes(delegation: Delegation, event: Later, meta: EventMeta): Delegation {
  const { clocks = [] } = event.data as { readonly clocks?: readonly ClockStart[] };
  const ended = endClocks(delegation.clocks, ENDS[event.type] ?? [], meta.at);
  return { ...delegation, clocks: withClocks(ended, clocks, meta) };
}

/** What the event brings besides state and clocks. */
function said(delegation: Delegation, event: Later, meta: EventMeta): Partial<Delegation> {
  switch (event.type) {
    case "DelegationSent":
      return { sentAt: delegation.sentAt ?? meta.at, sentBy: meta.by };
    case "DelegationSentBack":
      return { reviewRemark: event.data.text };
    case "DelegationPapersAsked":
      return papersAsked(delegation, event, meta);
    case "DelegationPapersCompleted":
      return papersCompleted(delegation, event, meta);
    case "DelegationReturned": {
      const { code, text } = event.data;
      return { returned: { code, text, at: meta.at, by: meta.by } };
    }
    case "DelegationAssigned":
      return { assigneeId: event.data.assigneeId };
    case "DelegationWithdrawn":
      return { withdrawReason: event.data.reason };
    case "DelegationDirected":
      return directed(delegation, event, meta);
    case "DelegationOverdue":
      return { overdue: [...delegation.overdue, { ...event.data, at: meta.at }] };
    default:
      return reported(delegation, event, meta);
  }
}

const REPORTS: Readonly<Partial<Record<Later["type"], DelegationReport["kind"]>>> = {
  DelegationProgressed: "PROGRESS",
  DelegationFedBack: "RESULT",
  DelegationRedoAsked: "REDO",
};

function reported(delegation: Delegation, event: Later, meta: EventMeta): Partial<Delegation> {
  const kind = REPORTS[event.type];
  if (!kind) return {};
  const { text } = event.data as Of<"DelegationFedBack">["data"];
  return { reports: [...delegation.reports, { kind, text, at: meta.at, by: meta.by }] };
}

const papersAsked = (
  { papers }: Delegation,
  { data: { text } }: Of<"DelegationPapersAsked">,
  { at }: EventMeta,
): Partial<Delegation> => ({ papers: { text, askedAt: at, times: (papers?.times ?? 0) + 1 } });

function papersCompleted(
  { papers, docs }: Delegation,
  { data }: Of<"DelegationPapersCompleted">,
  meta: EventMeta,
): Partial<Delegation> {
  if (!papers) return {};
  return { papers: { ...papers, completedAt: meta.at }, docs: [...docs, ...data.docs] };
}

function directed(
  delegation: Delegation,
  { data }: Of<"DelegationDirected">,
  meta: EventMeta,
): Partial<Delegation> {
  const { clocks: _clocks, ...direction } = data;
  return {
    directions: [...delegation.directions, { ...direction, at: meta.at, by: meta.by }],
    ...(data.directive === "OVERRULE_RETURN" ? { returnOverruled: true } : {}),
  };
}

/** The content is written anew, so a revision can also take a field away. */
function revised(delegation: Delegation, { data }: Of<"DelegationRevised">): Delegation {
  const {
    subject: _subject,
    decisionNo: _decisionNo,
    address: _address,
    phonedAt: _phonedAt,
    phonedTo: _phonedTo,
    dueAt: _dueAt,
    papers: _papers,
    ...kept
  } = delegation;
  return { ...kept, ...data };
}
