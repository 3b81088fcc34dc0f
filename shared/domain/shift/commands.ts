import { CENTER_ROLES } from "../authority/roles.ts";
import { belongsTo } from "../court/belongs.ts";
import {
  type CommandSpec,
  type CommandSpecs,
  command,
  type DecideInput,
} from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { TextRef } from "../kernel/record.ts";
import { refKey } from "../kernel/ref.ts";
import { accept, type Decision, type Refusal, refuse } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { rolesOf } from "../officer/roles-of.ts";
import { deskClock, LONGEST_SHIFT_MS, shiftOn } from "./desk.ts";
import { shiftEvent } from "./events.ts";
import { isOn, mayCancel, mayMark, mayOffer, mayReturn, maySign } from "./guards.ts";
import { openMatters } from "./matters.ts";
import type { Shift } from "./state.ts";

type Input<P> = DecideInput<Shift, P>;
type Empty = Record<string, never>;

interface ScheduleShift {
  readonly officerId: string;
  readonly from: number;
  readonly to: number;
  readonly mode: Shift["mode"];
}

/** Somebody of the court who may sit in its centre, and whose account is open. */
function maySitAtDesk(state: StateReader, officerId: string, courtId: string): boolean {
  const officer = state.get("officer", officerId);
  if (!officer || officer.disabled || officer.courtId !== courtId) return false;
  return rolesOf(officer).some((role) => CENTER_ROLES.includes(role));
}

function schedule({ id, actor, payload, state, now }: Input<ScheduleShift>): Decision<DomainEvent> {
  if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
  const { officerId, from, to } = payload;
  if (to <= from || to <= now) return refuse("SHIFT_TIMES_WRONG", { ruleId: "SHF-2" });
  if (!maySitAtDesk(state, officerId, actor.courtId)) {
    return refuse("NOT_A_DESK_OFFICER", { ruleId: "SHF-2" });
  }
  if (to - from > LONGEST_SHIFT_MS) return refuse("SHIFT_TOO_LONG", { ruleId: "SHF-2" });
  return accept(
    shiftEvent(id, "ShiftScheduled", {
      ...payload,
      belongs: belongsTo(state, actor.courtId),
      scheduledBy: actor.officerId,
      clocks: [deskClock(now, from)],
    }),
  );
}

const prepare = ({ id, entity, state }: Input<Empty>): Decision<DomainEvent> =>
  entity
    ? accept(shiftEvent(id, "HandoverPrepared", { matters: openMatters(state, entity.courtId) }))
    : refuse("NO_SUCH_RECORD");

interface MarkItems {
  readonly keys: readonly string[];
  readonly done: boolean;
  readonly note?: TextRef;
}

function mark({ id, entity, payload }: Input<MarkItems>): Decision<DomainEvent> {
  const listed = new Set(entity?.list?.items.map((item) => refKey(item.ref)));
  return payload.keys.every((key) => listed.has(key))
    ? accept(shiftEvent(id, "HandoverMarked", payload))
    : refuse("NOT_ON_THE_LIST", { ruleId: "SHF-6" });
}

interface OfferList {
  readonly toShiftId?: string;
  readonly remark?: TextRef;
  /** What is not marked yet is undone: said by whoever offers, in the same act. */
  readonly restUndone?: true;
}

/** The shift that may take the desk from `outgoing`, or why there is none. */
function takerOf(outgoing: Shift, toShiftId: string | undefined, state: StateReader) {
  const taker = state.get("shift", toShiftId ?? "");
  if (!taker || taker.courtId !== outgoing.courtId || taker.state !== "SCHEDULED") return undefined;
  const other = taker.officerId !== outgoing.officerId;
  return other && maySitAtDesk(state, taker.officerId, taker.courtId) ? taker : undefined;
}

function offer({ id, entity, payload, state }: Input<OfferList>): Decision<DomainEvent> {
  const taker = entity && takerOf(entity, payload.toShiftId, state);
  if (!taker) return refuse("NO_TAKER", { ruleId: "SHF-7" });
  const open = entity.list?.items.filter((item) => !item.mark).map(({ ref }) => refKey(ref)) ?? [];
  if (open.length > 0 && !payload.restUndone) {
    return refuse("NOT_ALL_MARKED", { ruleId: "SHF-6", params: { count: open.length } });
  }
  const { officerId } = taker;
  const { remark } = payload;
  return accept(
    ...(open.length > 0 ? [shiftEvent(id, "HandoverMarked", { keys: open, done: false })] : []),
    shiftEvent(id, "HandoverOffered", {
      toShiftId: taker.id,
      officerId,
      ...(remark ? { remark } : {}),
    }),
  );
}

/** Signing for the desk and letting the one before go are one decision: never two, never nobody. */
function sign({ id, entity, state, now }: Input<Empty>): Decision<DomainEvent> {
  if (!entity) return refuse("NO_SUCH_RECORD");
  if (!maySitAtDesk(state, entity.officerId, entity.courtId)) {
    return refuse("NOT_A_DESK_OFFICER", { ruleId: "SHF-2" });
  }
  // Signed long before it begins it does not hold the desk longer than any shift may.
  const clocks = [deskClock(now, Math.min(entity.to, now + LONGEST_SHIFT_MS))];
  const outgoing = shiftOn(state, entity.courtId);
  if (!outgoing) return accept(shiftEvent(id, "ShiftSigned", { clocks }));
  const listed = new Set(outgoing.list?.items.map((item) => refKey(item.ref)));
  const added = openMatters(state, entity.courtId).filter(({ ref }) => !listed.has(refKey(ref)));
  return accept(
    shiftEvent(outgoing.id, "ShiftHandedOver", { nextId: id, added }),
    shiftEvent(id, "ShiftSigned", { previousId: outgoing.id, clocks }),
  );
}

const request = <P>(
  guard: (shift: Shift, state: StateReader) => Refusal | undefined,
  decide: (input: Input<P>) => Decision<DomainEvent>,
): CommandSpec<Shift, never> =>
  command<Shift, P>({ nature: "REQUEST", target: "EXISTING", guard, decide });

export const SHIFT_COMMANDS: CommandSpecs<Shift> = {
  "shift.schedule": command<Shift, ScheduleShift>({
    nature: "REQUEST",
    target: "NEW",
    decide: schedule,
  }),
  "shift.cancel": request<Empty>(mayCancel, ({ id }) =>
    accept(shiftEvent(id, "ShiftCancelled", {})),
  ),
  "shift.prepare": request<Empty>(isOn, prepare),
  "shift.mark": request<MarkItems>(mayMark, mark),
  "shift.offer": request<OfferList>(mayOffer, offer),
  "shift.returnList": request<{ readonly reason: TextRef }>(mayReturn, ({ id, payload }) =>
    accept(shiftEvent(id, "HandoverReturned", { reason: payload.reason })),
  ),
  "shift.sign": request<Empty>(maySign, sign),
};
