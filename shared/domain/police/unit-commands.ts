import { type CommandSpecs, command, type DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { TextRef } from "../kernel/record.ts";
import { accept, type Decision, type Refusal, refusal, refuse } from "../kernel/refusal.ts";
import { writerOf } from "../unit/writer.ts";
import type { RespondedState } from "./events.ts";
import { happened, notEnded, notHeld } from "./guards.ts";
import { holdClock } from "./response.ts";
import type { PoliceRequest } from "./state.ts";

type Input<P> = DecideInput<PoliceRequest, P>;

interface Response {
  readonly state: RespondedState | "DECLINED" | "CLOSED";
  readonly note?: TextRef;
}

/** The unit's own word; who said it is whoever sits at its desk. */
function responded(input: Input<unknown>, { state, note }: Response): Decision<DomainEvent> {
  const writer = writerOf(input);
  if (!writer) return refuse("NOT_FOR_SYSTEM");
  return happened(input.id, {
    type: "PoliceResponded",
    data: {
      state,
      ...writer,
      ...(note ? { note } : {}),
      clocks: state === "HELD_BY_POLICE" ? [holdClock(input.occurred.earliest)] : [],
    },
  });
}

/**
 * Pressed again: what the desk has said already, without more words and no earlier than it said,
 * adds nothing. A person held is always taken: its clock may have to begin earlier.
 */
function saidBefore(input: Input<Response>): boolean {
  const { entity, payload, occurred } = input;
  if (payload.note || payload.state === "HELD_BY_POLICE") return false;
  const unitId = writerOf(input)?.unitId;
  const said = entity?.answers.filter((each) => each.unitId === unitId && !each.byPhone) ?? [];
  return said.some(
    (each) =>
      each.state === payload.state &&
      each.at >= (entity?.addressedAt ?? 0) &&
      each.occurredAt <= occurred.earliest,
  );
}

function handOver(input: Input<{ readonly receivedBy: string }>): Decision<DomainEvent> {
  const writer = writerOf(input);
  if (!writer) return refuse("NOT_FOR_SYSTEM");
  const { receivedBy } = input.payload;
  return happened(input.id, { type: "PoliceHandedOver", data: { ...writer, receivedBy } });
}

/** SENT | ACKED → DECLINED (model 4.5); whoever has sent a car says so by telephone. */
const notOnTheWay = (request: PoliceRequest): Refusal | undefined =>
  notEnded(request) ??
  (request.state === "SENT" || request.state === "ACKED"
    ? undefined
    : refusal("DECLINE_TOO_LATE", { ruleId: "POL-20" }));

/**
 * What the unit does at its own desk. One command for the plain reports, as `police.answer` has one:
 * they differ in nothing but the state. Declining and finishing ask for something, so they have
 * guards, and a control that says why not.
 */
export const UNIT_COMMANDS: CommandSpecs<PoliceRequest> = {
  "police.respond": command<PoliceRequest, Response>({
    nature: "FACT",
    target: "EXISTING",
    decide: (input) => (saidBefore(input) ? accept() : responded(input, input.payload)),
  }),
  "police.handOver": command<PoliceRequest, { readonly receivedBy: string }>({
    nature: "FACT",
    target: "EXISTING",
    decide: handOver,
  }),
  "police.decline": command<PoliceRequest, { readonly reason: TextRef }>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: notOnTheWay,
    decide: (input) => responded(input, { state: "DECLINED", note: input.payload.reason }),
  }),
  "police.finish": command<PoliceRequest, { readonly note?: TextRef }>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: notHeld,
    decide: (input) => responded(input, { state: "CLOSED", ...input.payload }),
  }),
};
