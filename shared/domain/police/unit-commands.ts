import { intakeEvents } from "../detention/facts.ts";
import { type CommandSpecs, command, type DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { TextRef } from "../kernel/record.ts";
import { accept, type Decision, type Refusal, refusal, refuse } from "../kernel/refusal.ts";
import { writerOf } from "../unit/writer.ts";
import type { RespondedState } from "./events.ts";
import { happened, notEnded, notHeld } from "./guards.ts";
import { holdsPerson } from "./lifecycle.ts";
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
 * adds nothing. That a person is held is nothing new only while the clock of that holding runs.
 */
function saidBefore(input: Input<Response>): boolean {
  const { entity, payload, occurred } = input;
  if (payload.note) return false;
  if (payload.state === "HELD_BY_POLICE" && !(entity && holdsPerson(entity))) return false;
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

function release(input: Input<{ readonly note?: TextRef }>): Decision<DomainEvent> {
  const writer = writerOf(input);
  if (!writer) return refuse("NOT_FOR_SYSTEM");
  const { note } = input.payload;
  return happened(input.id, {
    type: "PoliceReleased",
    data: { ...writer, ...(note ? { note } : {}) },
  });
}

/**
 * 收押: the house has the person. Of the unit that is asked it is the court's intake too (model 4.4:
 * "or police liaison user confirms"); once told it stays as it was told.
 */
function takeIn(input: Input<{ readonly receiptNo: string }>): Decision<DomainEvent> {
  const { id, entity, payload } = input;
  const writer = writerOf(input);
  if (!writer || !entity) return refuse("NOT_FOR_SYSTEM");
  if (entity.kind !== "CUSTODY_INTAKE")
    return refuse("NOT_A_CUSTODY_REQUEST", { ruleId: "POL-25" });
  if (entity.tookIn) return accept();
  const { receiptNo } = payload;
  const said: DomainEvent = {
    type: "PoliceTookIn",
    ref: { type: "police", id },
    data: { ...writer, receiptNo },
  };
  return accept(said, ...(writer.unitId === entity.unitId ? intakeOf(input, writer, entity) : []));
}

/** What it means for the detention that the request is about. */
function intakeOf(
  { actor, commandId, now, occurred, payload, state }: Input<{ readonly receiptNo: string }>,
  { unitId, saidBy }: { readonly unitId: string; readonly saidBy: string },
  { detentionId = "" }: PoliceRequest,
): readonly DomainEvent[] {
  const detention = state.get("detention", detentionId);
  if (!detention) return [];
  const facility = state.get("unit", unitId)?.name;
  const said = {
    receiptNo: payload.receiptNo,
    policeReceiver: saidBy,
    ...(facility ? { facility } : {}),
  };
  const about = { actor, commandId, now, occurred, state, id: detention.id, entity: detention };
  return intakeEvents({ ...about, payload: said });
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
  "police.release": command<PoliceRequest, { readonly note?: TextRef }>({
    nature: "FACT",
    target: "EXISTING",
    decide: release,
  }),
  "police.takeIn": command<PoliceRequest, { readonly receiptNo: string }>({
    nature: "FACT",
    target: "EXISTING",
    decide: takeIn,
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
