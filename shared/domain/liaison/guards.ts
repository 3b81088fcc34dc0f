import type { DomainEvent } from "../kernel/event.ts";
import { accept, type Decision, type Refusal, refusal } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import type { LiaisonEvent } from "./events.ts";
import { DUE_CLOCK, isEnded, isOpen, REMINDER_CLOCK } from "./lifecycle.ts";
import type { LiaisonRequest } from "./state.ts";

export const happened = (id: string, event: Omit<LiaisonEvent, "ref">): Decision<DomainEvent> =>
  accept<DomainEvent>({ ...event, ref: { type: "liaison", id } });

const notEnded = (request: LiaisonRequest): Refusal | undefined =>
  isEnded(request) ? refusal("LIAISON_ENDED", { ruleId: "LIA-9" }) : undefined;

/** Neither replied nor refused: it may still be reminded of, refused, found refused. */
export const unanswered = (request: LiaisonRequest): Refusal | undefined =>
  notEnded(request) ??
  (isOpen(request)
    ? undefined
    : refusal("LIAISON_ANSWERED", { ruleId: "LIA-5", params: { state: request.state } }));

/** 催办 comes after the term, and again after the term of the reminder before; it turns by itself. */
export function mayRemind(request: LiaisonRequest): Refusal | undefined {
  const waiting = request.clocks[REMINDER_CLOCK] ?? request.clocks[DUE_CLOCK];
  const early = waiting && {
    ...refusal("LIAISON_NOT_OVERDUE", { ruleId: "LIA-5" }),
    until: waiting.dueAt,
  };
  return unanswered(request) ?? early;
}

/** 拒不协助 is found only when a reminder too has run out without an answer. */
export function mayFindRefusal(request: LiaisonRequest): Refusal | undefined {
  const wrong = unanswered(request);
  if (wrong) return wrong;
  const reminder = request.clocks[REMINDER_CLOCK];
  if (!reminder) return refusal("REMIND_FIRST", { ruleId: "LIA-7" });
  return { ...refusal("REMINDER_RUNS", { ruleId: "LIA-7" }), until: reminder.dueAt };
}

/** Closed when replied; a refusal is not closed before it has had a consequence (row 37). */
export function mayClose(request: LiaisonRequest, state: StateReader): Refusal | undefined {
  const ended = notEnded(request);
  if (ended || request.state === "REPLIED") return ended;
  if (request.state !== "REFUSED") return refusal("LIAISON_NOT_ANSWERED", { ruleId: "LIA-8" });
  return withoutConsequence(request, state);
}

/** Nor is a refusal made undone by withdrawing the request. */
export const mayWithdraw = (request: LiaisonRequest, state: StateReader): Refusal | undefined =>
  notEnded(request) ??
  (request.state === "REFUSED" ? withoutConsequence(request, state) : undefined);

function withoutConsequence({ id }: LiaisonRequest, state: StateReader): Refusal | undefined {
  const followed = state.linked("suggestion", `liaison:${id}`);
  // A fine that is only proposed may still be rejected: it is no consequence before its decision.
  return followed.some(({ kind, state: is }) => kind === "SUGGESTION" || is === "APPROVED")
    ? undefined
    : refusal("REFUSAL_WITHOUT_CONSEQUENCE", { ruleId: "LIA-8" });
}
