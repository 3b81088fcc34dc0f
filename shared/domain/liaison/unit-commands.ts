import { type CommandSpecs, command, type DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { TextRef } from "../kernel/record.ts";
import { accept, type Decision, refuse } from "../kernel/refusal.ts";
import { writerOf } from "../unit/writer.ts";
import { happened, unanswered } from "./guards.ts";
import type { LiaisonAnswerState, LiaisonRequest } from "./state.ts";

type Input<P> = DecideInput<LiaisonRequest, P>;

interface Response {
  readonly state: LiaisonAnswerState;
  readonly note?: TextRef;
  readonly replyNo?: string;
}

interface Reply {
  readonly reply: TextRef;
  readonly replyNo?: string;
}

function responded(input: Input<unknown>, response: Response): Decision<DomainEvent> {
  const writer = writerOf(input);
  if (!writer) return refuse("NOT_FOR_SYSTEM");
  const { saidBy } = writer;
  return happened(input.id, {
    type: "LiaisonAnswered",
    data: { ...response, byPhone: false, saidBy },
  });
}

/** Pressed again: what the desk has said already, no earlier than it said, adds nothing. */
const saidBefore = ({ entity, payload: { state }, occurred }: Input<Response>): boolean =>
  entity?.answers.some(
    (said) => !said.byPhone && said.state === state && said.occurredAt <= occurred.earliest,
  ) ?? false;

/** What the unit does at its own desk: sign, process and reply are reports, a refusal is judged. */
export const LIAISON_UNIT_COMMANDS: CommandSpecs<LiaisonRequest> = {
  "liaison.respond": command<LiaisonRequest, { readonly state: "RECEIVED" | "PROCESSING" }>({
    nature: "FACT",
    target: "EXISTING",
    decide: (input) => (saidBefore(input) ? accept() : responded(input, input.payload)),
  }),
  "liaison.reply": command<LiaisonRequest, Reply>({
    nature: "FACT",
    target: "EXISTING",
    decide: (input) => {
      const { reply, ...rest } = input.payload;
      return responded(input, { state: "REPLIED", note: reply, ...rest });
    },
  }),
  "liaison.refuse": command<LiaisonRequest, { readonly reason: TextRef }>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: unanswered,
    decide: (input) => responded(input, { state: "REFUSED", note: input.payload.reason }),
  }),
};
