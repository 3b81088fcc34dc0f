import { type Refusal, refusal } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { liveShifts, shiftOn } from "./desk.ts";
import type { Shift, ShiftState } from "./state.ts";

type Guard = (shift: Shift, state: StateReader) => Refusal | undefined;

const inState = ({ state }: Shift, needed: ShiftState): Refusal | undefined =>
  state === needed
    ? undefined
    : refusal("SHIFT_NOT_READY", { ruleId: "SHF-3", params: { state, needed } });

export const isOn = (shift: Shift): Refusal | undefined => inState(shift, "ON");

/** Marks belong to a list that nobody has been asked to sign yet. */
export const mayMark: Guard = (shift) =>
  isOn(shift) ??
  (shift.list ? undefined : refusal("NO_HANDOVER_LIST", { ruleId: "SHF-6" })) ??
  (shift.list?.offered ? refusal("HANDOVER_OFFERED", { ruleId: "SHF-6" }) : undefined);

export const mayOffer: Guard = (shift) => {
  const wrong = isOn(shift);
  if (wrong) return wrong;
  return shift.list ? undefined : refusal("NO_HANDOVER_LIST", { ruleId: "SHF-6" });
};

export const mayReturn: Guard = (shift) =>
  isOn(shift) ??
  (shift.list?.offered ? undefined : refusal("NOTHING_OFFERED", { ruleId: "SHF-8" }));

/** The desk passes only by a list that was offered to this very shift; an empty desk is just taken. */
export const maySign: Guard = (shift, state) => {
  const wrong = inState(shift, "SCHEDULED");
  if (wrong) return wrong;
  const outgoing = shiftOn(state, shift.courtId);
  if (!outgoing || outgoing.list?.offered?.toShiftId === shift.id) return undefined;
  return refusal("NOTHING_OFFERED", { ruleId: "SHF-8" });
};

/** Neither the shift that is to sign nor the last one on the roster: a desk is never left without. */
export const mayCancel: Guard = (shift, state) => {
  const wrong = inState(shift, "SCHEDULED");
  if (wrong) return wrong;
  const others = liveShifts(state, shift.courtId).filter((other) => other.id !== shift.id);
  if (others.length === 0) return refusal("LAST_SHIFT", { ruleId: "SHF-10" });
  return others.some((other) => other.list?.offered?.toShiftId === shift.id)
    ? refusal("SHIFT_IS_TAKER", { ruleId: "SHF-10" })
    : undefined;
};
