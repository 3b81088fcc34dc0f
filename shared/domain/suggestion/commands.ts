import { endOfWorkingDays } from "../calendar.ts";
import { belongsTo } from "../court/belongs.ts";
import { startClock } from "../kernel/clock.ts";
import { type CommandSpecs, command, type DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { TextRef } from "../kernel/record.ts";
import { accept, type Decision, type Refusal, refusal, refuse } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import type { SuggestionEvent } from "./events.ts";
import { WAITING_CLOCK } from "./evolve.ts";
import type { Suggestion, SuggestionState } from "./state.ts";

interface Issue {
  readonly liaisonId: string;
  readonly superior: string;
  readonly letterNo: string;
  readonly body: TextRef;
}

type ProposeFine = Omit<Issue, "letterNo"> & { readonly amount: number };

interface DecideFine {
  readonly approved: boolean;
  readonly decisionNo?: string;
}

interface Reply {
  readonly text: TextRef;
  readonly replyNo?: string;
}

type Input<P> = DecideInput<Suggestion, P>;

/** The reply to a suggestion, and the president's decision on a fine, are waited for so long. CFG. */
const REPLY_WORKING_DAYS = 20;
const DECIDE_WORKING_DAYS = 3;
/** Fine of a unit in CNY (CPL 118 ¶1). */
const LEAST_FINE = 50_000;
const MOST_FINE = 1_000_000;

const happened = (id: string, event: Omit<SuggestionEvent, "ref">): Decision<DomainEvent> =>
  accept<DomainEvent>({ ...event, ref: { type: "suggestion", id } });

/** Judged by the court whose request was refused; an unknown request is nobody's. */
const courtOf = ({ liaisonId }: { readonly liaisonId: string }, state: StateReader) =>
  state.get("liaison", liaisonId)?.courtId;

function made<P extends Pick<Issue, "liaisonId" | "superior" | "body">>(
  { id, payload, actor, state, now }: Input<P>,
  type: "SuggestionIssued" | "FineProposed",
  ruleId: string,
  workingDays: number,
): Decision<DomainEvent> {
  const request = state.get("liaison", payload.liaisonId);
  if (!request) return refuse("NO_SUCH_RECORD");
  if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
  if (request.state !== "REFUSED") return refuse("NOT_REFUSED", { ruleId: "LIA-10" });
  const limitMs = endOfWorkingDays(now, workingDays) - now;
  return happened(id, {
    type,
    data: {
      ...payload,
      belongs: belongsTo(state, request.courtId),
      unitId: request.unitId,
      by: actor.officerId,
      clocks: [startClock(WAITING_CLOCK, ruleId, now, limitMs)],
    },
  });
}

/** One refusal is fined once: of what was proposed, only a rejection leaves room (CPL-I 184). */
const isFined = ({ payload: { liaisonId }, state }: Input<ProposeFine>): boolean =>
  state
    .linked("suggestion", `liaison:${liaisonId}`)
    .some((each) => each.kind === "FINE_PROPOSAL" && each.state !== "REJECTED");

function proposeFine(input: Input<ProposeFine>): Decision<DomainEvent> {
  const { amount } = input.payload;
  if (amount < LEAST_FINE || amount > MOST_FINE) {
    const params = { least: LEAST_FINE, most: MOST_FINE };
    return refuse("FINE_OUT_OF_BOUNDS", { ruleId: "F1", params });
  }
  if (isFined(input)) return refuse("FINED_ALREADY", { ruleId: "F4" });
  return made(input, "FineProposed", "FINE-DECIDE", DECIDE_WORKING_DAYS);
}

function decideFine({ id, payload }: Input<DecideFine>): Decision<DomainEvent> {
  if (payload.approved && !payload.decisionNo)
    return refuse("DECISION_NO_NEEDED", { ruleId: "F2" });
  return happened(id, { type: "FineDecided", data: payload });
}

const inState =
  (needed: SuggestionState) =>
  ({ state }: Suggestion): Refusal | undefined =>
    state === needed
      ? undefined
      : refusal("SUGGESTION_NOT_READY", { ruleId: "LIA-12", params: { state, needed } });

export const SUGGESTION_COMMANDS: CommandSpecs<Suggestion> = {
  "suggestion.issue": command<Suggestion, Issue>({
    nature: "REQUEST",
    target: "NEW",
    courtOf,
    decide: (input) => made(input, "SuggestionIssued", "SUG-REPLY", REPLY_WORKING_DAYS),
  }),
  "suggestion.proposeFine": command<Suggestion, ProposeFine>({
    nature: "REQUEST",
    target: "NEW",
    courtOf,
    decide: proposeFine,
  }),
  "suggestion.decideFine": command<Suggestion, DecideFine>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: inState("PROPOSED"),
    decide: decideFine,
  }),
  "suggestion.registerReply": command<Suggestion, Reply>({
    nature: "FACT",
    target: "EXISTING",
    decide: ({ id, payload }) => happened(id, { type: "SuggestionReplied", data: payload }),
  }),
  "suggestion.close": command<Suggestion, Record<string, never>>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: inState("REPLIED"),
    decide: ({ id }) => happened(id, { type: "SuggestionClosed", data: {} }),
  }),
};
