import { startClock } from "../kernel/clock.ts";
import {
  type CommandSpec,
  type CommandSpecs,
  command,
  type DecideInput,
} from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { TextRef } from "../kernel/record.ts";
import { accept, type Decision, type Refusal, refuse } from "../kernel/refusal.ts";
import { isOfCourt } from "../officer/of-court.ts";
import { itemClock, OWING, owes } from "./duty.ts";
import { supervisionEvent } from "./events.ts";
import {
  inState,
  mayClose,
  mayFind,
  mayInterview,
  mayMeasure,
  mayReport,
  mayShowEvidence,
  mayUrge,
  notClosed,
} from "./guards.ts";
import { mayReassignTo, type OpenSupervision, open } from "./open.ts";
import type { Supervision, SupervisionMeasure } from "./state.ts";

type Empty = Record<string, never>;
type Said = { readonly text: TextRef };
type Term = { readonly dueAt: number };
type OfItem = { readonly itemId: string };
type Input<P> = DecideInput<Supervision, P> & { readonly entity: Supervision };
type Decided = Decision<DomainEvent>;

const request = <P>(
  guard: (supervision: Supervision) => Refusal | undefined,
  decide: (input: Input<P>) => Decided,
): CommandSpec<Supervision, never> =>
  command<Supervision, P>({
    nature: "REQUEST",
    target: "EXISTING",
    guard,
    decide: ({ entity, ...input }) =>
      entity ? decide({ ...input, entity }) : refuse("NO_SUCH_RECORD"),
  });

/** Like `request`, with a term that lies ahead. */
const termed = <P extends Term>(
  guard: (supervision: Supervision) => Refusal | undefined,
  decide: (input: Input<P>) => Decided,
): CommandSpec<Supervision, never> =>
  request<P>(guard, (input) =>
    input.payload.dueAt > input.now
      ? decide(input)
      : refuse("DUE_IN_THE_PAST", { ruleId: "SUP-6" }),
  );

const due = (now: number, dueAt: number) => [startClock("due", "SUP-DUE", now, dueAt - now)];
const itemDue = (itemId: string, now: number, dueAt: number) => [
  startClock(itemClock(itemId), "SUP-ITEM", now, dueAt - now),
];

type Letter = Term & { readonly letterNo: string; readonly demand: TextRef };

/**
 * A report sent back or urged is waited for no longer than the court above waits. A term from above
 * that is over, or that nobody waits for any more, limits nothing: the court below is pressed on.
 */
const withinAbove = <P extends Term>(decide: (input: Input<P>) => Decided) => {
  return (input: Input<P>): Decided => {
    const above = input.state.get("supervision", input.entity.forwardOf ?? "");
    const limit = above && owes(above) ? above.dueAt : undefined;
    return limit !== undefined && limit > input.now && input.payload.dueAt > limit
      ? refuse("LATER_THAN_ABOVE", { ruleId: "SUP-11" })
      : decide(input);
  };
};

/** What an upper court's supervision demands is answered within its term, forwarded or not. */
function sendLetter({ id, entity, payload, state, now }: Input<Letter>): Decided {
  const above = state.get("supervision", entity.forwardOf ?? "");
  if (above?.dueAt !== undefined && payload.dueAt > above.dueAt) {
    return refuse("LATER_THAN_ABOVE", { ruleId: "SUP-11" });
  }
  const clocks = due(now, payload.dueAt);
  return accept(supervisionEvent(id, "SupervisionLetterSent", { ...payload, clocks }));
}

type Assign = { readonly assigneeId: string };

const assign = ({ id, entity, payload, state }: Input<Assign>): Decided =>
  isOfCourt(state, payload.assigneeId, entity.targetCourtId)
    ? accept(supervisionEvent(id, "SupervisionAssigned", payload))
    : refuse("NOT_OF_TARGET_COURT", { ruleId: "SUP-5" });

type Measure = Said & { readonly measure: SupervisionMeasure; readonly toCourtId?: string };

function measure({ id, entity, payload, state }: Input<Measure>): Decided {
  const { measure: kind, toCourtId } = payload;
  const named = kind === "REASSIGNED" ? mayReassignTo(entity, toCourtId, state) : !toCourtId;
  if (!named) return refuse("REASSIGN_WITHIN_DISTRICT", { ruleId: "I3" });
  return accept(supervisionEvent(id, "SupervisionMeasureTaken", payload));
}

type Item = OfItem & Term & { readonly ownerId: string; readonly what: TextRef };

function addItem({ id, entity, payload, state, now }: Input<Item>): Decided {
  const { itemId, ownerId, dueAt } = payload;
  if (entity.items.some((item) => item.itemId === itemId)) return refuse("ALREADY_EXISTS");
  if (!isOfCourt(state, ownerId, entity.targetCourtId)) {
    return refuse("NOT_OF_TARGET_COURT", { ruleId: "SUP-8" });
  }
  const clocks = itemDue(itemId, now, dueAt);
  return accept(supervisionEvent(id, "SupervisionItemAdded", { ...payload, clocks }));
}

/** Of an item on the list; `shown` says whether its evidence must be there, or must not be. */
function wrongItem(entity: Supervision, itemId: string, shown?: boolean): string | undefined {
  const item = entity.items.find((each) => each.itemId === itemId);
  if (!item) return "NO_SUCH_ITEM";
  if (item.closed) return "ITEM_CLOSED";
  return shown && !item.evidence ? "EVIDENCE_FIRST" : undefined;
}

const itemRequest = <P extends OfItem>(
  decide: (input: Input<P>) => Decided,
  shown?: boolean,
): ((input: Input<P>) => Decided) => {
  return (input) => {
    const wrong = wrongItem(input.entity, input.payload.itemId, shown);
    return wrong ? refuse(wrong, { ruleId: "SUP-9" }) : decide(input);
  };
};

type ShowEvidence = OfItem & { readonly evidence: TextRef };
type CloseItem = OfItem & { readonly evidenceNo?: number };
/** Pieces that wait to be judged at one time; a return makes room (CFG). */
const MOST_EVIDENCE = 20;

const waiting = (entity: Supervision, itemId: string) =>
  (entity.items.find((item) => item.itemId === itemId)?.shown ?? []).filter(
    ({ returnedAt }) => returnedAt === undefined,
  );

const showEvidence = ({ id, entity, payload }: Input<ShowEvidence>): Decided =>
  waiting(entity, payload.itemId).length < MOST_EVIDENCE
    ? accept(supervisionEvent(id, "SupervisionItemEvidenced", payload))
    : refuse("EVIDENCE_FULL", { ruleId: "SUP-9", params: { most: MOST_EVIDENCE } });

/** On one piece of evidence that waits: the newest unless another one is named. */
function closeItem({ id, entity, payload: { itemId, evidenceNo } }: Input<CloseItem>): Decided {
  const pieces = waiting(entity, itemId);
  const piece =
    evidenceNo === undefined ? pieces.at(-1) : pieces.find(({ no }) => no === evidenceNo);
  return piece
    ? accept(supervisionEvent(id, "SupervisionItemClosed", { itemId, evidenceNo: piece.no }))
    : refuse("NO_SUCH_EVIDENCE", { ruleId: "SUP-9" });
}

type Interview = NonNullable<Supervision["interview"]>;

export const SUPERVISION_COMMANDS: CommandSpecs<Supervision> = {
  "supervision.open": command<Supervision, OpenSupervision>({
    nature: "REQUEST",
    target: "NEW",
    courtOf: (payload) => payload.targetCourtId,
    decide: open,
  }),
  "supervision.sendLetter": termed<Letter>(inState("OPENED"), sendLetter),
  "supervision.assign": request<Assign>(inState(...OWING), assign),
  "supervision.start": request<Empty>(inState("ASSIGNED"), ({ id }) =>
    accept(supervisionEvent(id, "SupervisionStarted", {})),
  ),
  "supervision.report": request<Said>(mayReport, ({ id, payload }) =>
    accept(supervisionEvent(id, "SupervisionReported", payload)),
  ),
  "supervision.return": termed<Said & Term>(
    inState("REPORTED"),
    withinAbove(({ id, payload, now }) => {
      const clocks = due(now, payload.dueAt);
      return accept(supervisionEvent(id, "SupervisionReturned", { ...payload, clocks }));
    }),
  ),
  "supervision.urge": termed<Said & Term>(
    mayUrge,
    withinAbove(({ id, payload, now }) => {
      const clocks = due(now, payload.dueAt);
      return accept(supervisionEvent(id, "SupervisionUrged", { ...payload, clocks }));
    }),
  ),
  "supervision.measure": request<Measure>(mayMeasure, measure),
  "supervision.interview": request<Interview>(mayInterview, ({ id, payload, now }) =>
    payload.heldAt > now
      ? refuse("HELD_IN_THE_FUTURE", { ruleId: "SUP-10" })
      : accept(supervisionEvent(id, "SupervisionInterviewed", payload)),
  ),
  "supervision.find": request<Said & { readonly check: "CASE" | "CONDUCT" }>(
    mayFind,
    ({ id, payload }) => accept(supervisionEvent(id, "SupervisionFound", payload)),
  ),
  "supervision.addItem": termed<Item>(notClosed, addItem),
  "supervision.showEvidence": request<ShowEvidence>(mayShowEvidence, itemRequest(showEvidence)),
  "supervision.returnItem": termed<OfItem & Said & Term>(
    notClosed,
    itemRequest(({ id, payload, now }) => {
      const clocks = itemDue(payload.itemId, now, payload.dueAt);
      return accept(supervisionEvent(id, "SupervisionItemReturned", { ...payload, clocks }));
    }, true),
  ),
  "supervision.closeItem": request<CloseItem>(notClosed, itemRequest(closeItem, true)),
  "supervision.close": request<Said>(mayClose, ({ id, payload }) =>
    accept(supervisionEvent(id, "SupervisionClosed", payload)),
  ),
};
