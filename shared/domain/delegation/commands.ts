import { relationOf, tierPathOf } from "../authority/relation.ts";
import { belongsTo } from "../court/belongs.ts";
import {
  type CommandSpec,
  type CommandSpecs,
  command,
  type DecideInput,
} from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { TextRef } from "../kernel/record.ts";
import { accept, type Decision, type Refusal, refusal, refuse } from "../kernel/refusal.ts";
import { isOfCourt } from "../officer/of-court.ts";
import {
  afterPapers,
  directedClock,
  papersClock,
  progressClock,
  receiptClocks,
  redoClocks,
} from "./clocks.ts";
import { delegationEvent } from "./events.ts";
import {
  answerable,
  inState,
  notEnded,
  papersOpen,
  returnable,
  underWay,
  whole,
} from "./guards.ts";
import type { Delegation, DelegationContent, Directive, ReturnCode } from "./state.ts";
import { papersLapsed } from "./turn.ts";

type Empty = Record<string, never>;
type Said = { readonly text: TextRef };
type Input<P> = DecideInput<Delegation, P>;
type Decided = Decision<DomainEvent>;

const request = <P>(
  guard: (delegation: Delegation) => Refusal | undefined,
  decide: (input: Input<P> & { readonly entity: Delegation }) => Decided,
): CommandSpec<Delegation, never> =>
  command<Delegation, P>({
    nature: "REQUEST",
    target: "EXISTING",
    guard,
    decide: ({ entity, ...input }) =>
      entity ? decide({ ...input, entity }) : refuse("NO_SUCH_RECORD"),
  });

const future = (dueAt: number | undefined, now: number, ruleId: string): Refusal | undefined =>
  dueAt !== undefined && dueAt <= now ? refusal("DUE_IN_THE_PAST", { ruleId }) : undefined;

type Draft = DelegationContent & { readonly toCourtId: string };

/** Peers only: neither court stands above the other, and some court stands above both. */
function draft({ id, payload, actor, state, now }: Input<Draft>): Decided {
  if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
  const { courtId } = actor;
  if (!state.get("court", payload.toCourtId)) return refuse("NO_SUCH_COURT");
  if (relationOf(courtId, { courtId: payload.toCourtId }, state) !== "sibling") {
    return refuse("NOT_A_PEER", { ruleId: "DEL-1" });
  }
  const late = future(payload.dueAt, now, "DEL-9");
  if (late) return { ok: false, refusal: late };
  const theirs = tierPathOf(state, payload.toCourtId);
  const superiorCourtId = tierPathOf(state, courtId).findLast((each) => theirs.includes(each));
  if (superiorCourtId === undefined) return refuse("NOT_A_PEER", { ruleId: "DEL-1" });
  const belongs = belongsTo(state, courtId);
  return accept(delegationEvent(id, "DelegationDrafted", { ...payload, belongs, superiorCourtId }));
}

function send({ id, entity, now }: Input<Empty> & { readonly entity: Delegation }): Decided {
  const late = future(entity.dueAt, now, "DEL-9");
  if (late) return { ok: false, refusal: late };
  return accept(delegationEvent(id, "DelegationSent", { clocks: receiptClocks(now, entity) }));
}

type Return = Said & { readonly code: ReturnCode };

/** "Papers not completed" is said when W6 is over, and then nothing else is. */
function giveBack({ id, entity, payload }: Input<Return> & { entity: Delegation }): Decided {
  const lapsed = papersLapsed(entity);
  if ((payload.code === "PAPERS_NOT_COMPLETED") !== lapsed) {
    return refuse(lapsed ? "PAPERS_LAPSED" : "PAPERS_NOT_LAPSED", { ruleId: "W6" });
  }
  return accept(delegationEvent(id, "DelegationReturned", payload));
}

type Assign = { readonly assigneeId: string };

function assign({ id, entity, payload, state }: Input<Assign> & { entity: Delegation }): Decided {
  return isOfCourt(state, payload.assigneeId, entity.toCourtId)
    ? accept(delegationEvent(id, "DelegationAssigned", payload))
    : refuse("ASSIGNEE_ELSEWHERE", { ruleId: "DEL-8" });
}

type Direct = Said & { readonly directive: Directive; readonly dueAt?: number };

function direct({ id, entity, payload, now }: Input<Direct> & { entity: Delegation }): Decided {
  const late = future(payload.dueAt, now, "DEL-11");
  if (late) return { ok: false, refusal: late };
  const overrules = payload.directive === "OVERRULE_RETURN";
  const wrong = overrules ? inState("RETURNED")(entity) : undefined;
  if (wrong) return { ok: false, refusal: wrong };
  const { dueAt: _old, ...term } = entity;
  const clocks = [
    ...(overrules ? receiptClocks(now, term) : []),
    ...directedClock(now, payload.dueAt),
  ];
  return accept(delegationEvent(id, "DelegationDirected", { ...payload, clocks }));
}

export const DELEGATION_COMMANDS: CommandSpecs<Delegation> = {
  "delegation.draft": command<Delegation, Draft>({
    nature: "REQUEST",
    target: "NEW",
    decide: draft,
  }),
  "delegation.revise": request<DelegationContent>(
    inState("DRAFT", "RETURNED"),
    ({ id, payload, now }) => {
      const late = future(payload.dueAt, now, "DEL-9");
      if (late) return { ok: false, refusal: late };
      return accept(delegationEvent(id, "DelegationRevised", payload));
    },
  ),
  "delegation.submit": request<Empty>(
    (each) => inState("DRAFT")(each) ?? whole(each),
    ({ id }) => accept(delegationEvent(id, "DelegationSubmitted", {})),
  ),
  "delegation.sendBack": request<Said>(inState("CENTER_REVIEW"), ({ id, payload }) =>
    accept(delegationEvent(id, "DelegationSentBack", payload)),
  ),
  "delegation.send": request<Empty>((each) => inState("CENTER_REVIEW")(each) ?? whole(each), send),
  "delegation.accept": request<Empty>(answerable, ({ id }) =>
    accept(delegationEvent(id, "DelegationAccepted", {})),
  ),
  "delegation.askPapers": request<Said>(answerable, ({ id, payload, now }) =>
    accept(delegationEvent(id, "DelegationPapersAsked", { ...payload, clocks: papersClock(now) })),
  ),
  "delegation.completePapers": request<Pick<DelegationContent, "docs">>(
    papersOpen,
    ({ id, entity, payload, now }) =>
      accept(
        delegationEvent(id, "DelegationPapersCompleted", {
          docs: payload.docs,
          clocks: afterPapers(now, entity),
        }),
      ),
  ),
  "delegation.return": request<Return>(returnable, giveBack),
  "delegation.assign": request<Assign>(inState("ACCEPTED", "ASSIGNED", "REDO"), assign),
  "delegation.start": request<Empty>(inState("ASSIGNED", "REDO"), ({ id }) =>
    accept(delegationEvent(id, "DelegationStarted", {})),
  ),
  "delegation.progress": request<Said>(inState("DOING"), ({ id, payload, now }) =>
    accept(delegationEvent(id, "DelegationProgressed", { ...payload, clocks: progressClock(now) })),
  ),
  "delegation.feedback": request<Said>(inState("DOING"), ({ id, payload }) =>
    accept(delegationEvent(id, "DelegationFedBack", payload)),
  ),
  "delegation.confirm": request<Empty>(inState("FEEDBACK"), ({ id }) =>
    accept(delegationEvent(id, "DelegationConfirmed", {})),
  ),
  "delegation.redo": request<Said & { readonly dueAt?: number }>(
    inState("FEEDBACK"),
    ({ id, payload: { text, dueAt }, now }) => {
      const late = future(dueAt, now, "DEL-9");
      if (late) return { ok: false, refusal: late };
      const clocks = redoClocks(now, dueAt);
      return accept(delegationEvent(id, "DelegationRedoAsked", { text, clocks }));
    },
  ),
  "delegation.withdraw": request<{ readonly reason: TextRef }>(notEnded, ({ id, payload }) =>
    accept(delegationEvent(id, "DelegationWithdrawn", payload)),
  ),
  "delegation.direct": request<Direct>(underWay, direct),
};
