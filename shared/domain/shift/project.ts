import {
  type Audience,
  type AudienceEntry,
  fieldViews,
  seatOf,
  standingOf,
  tierViews,
  uniqueViews,
} from "../authority/audience.ts";
import type { Role } from "../authority/roles.ts";
import { present } from "../detention/present.ts";
import { clockDtos } from "../kernel/clock.ts";
import { refKey } from "../kernel/ref.ts";
import type { StateReader } from "../kernel/state.ts";
import { shortNameOf } from "../officer/short-name.ts";
import { countsOf } from "./matters.ts";
import type { HandoverItem, HandoverList, Shift } from "./state.ts";

/** Own line of courts, and the phones of whoever sits there and of whoever is to take over. */
export function shiftAudiences(shift: Shift, state: StateReader): readonly AudienceEntry[] {
  const taker = shift.list?.offered?.officerId;
  return uniqueViews([
    ...tierViews(state, shift.courtId),
    ...fieldViews([shift.officerId, ...(taker ? [taker] : [])]),
  ]);
}

/**
 * Courts above see who sits where and how much is open. What is open, and what was said of it, is
 * the own desk's: an item may name a record that they do not see.
 */
export function projectShift(shift: Shift, state: StateReader, audience: Audience) {
  const own = standingOf(audience) === "own" && seatOf(audience) !== "wall";
  const officer = shortNameOf(state, shift.officerId);
  return {
    courtId: shift.courtId,
    officerId: shift.officerId,
    ...(officer ? { officer } : {}),
    ...present(shift, ["from", "to", "mode", "state", "signedAt", "handedOverAt"]),
    ...present(shift, ["previousId", "nextId"]),
    clocks: clockDtos(shift.clocks),
    ...(shift.unsignedSince === undefined ? {} : { unsigned: unsigned(shift) }),
    ...(shift.list ? { list: own ? listInFull(shift.list) : listOutline(shift.list) } : {}),
  };
}

interface ToldDesk {
  readonly courtId: string;
  readonly roles: readonly Role[];
}

/** Who was told that nobody signed for the desk: own centre chief, and the desk above. */
function unsigned({ unsignedSince, courtId, tierPath }: Shift) {
  const parent = tierPath.at(-2);
  const told: ToldDesk[] = [
    { courtId, roles: ["CENTER_CHIEF"] },
    ...(parent ? [{ courtId: parent, roles: ["DUTY_OFFICER"] as const }] : []),
  ];
  return { since: unsignedSince, told };
}

const listOutline = ({ preparedAt, items, offered }: HandoverList) => ({
  preparedAt,
  counts: countsOf(items),
  ...(offered ? { offered: { toShiftId: offered.toShiftId, at: offered.at } } : {}),
});

const listInFull = (list: HandoverList) => ({
  ...listOutline(list),
  items: list.items.map(itemInFull),
  ...present(list, ["offered", "returned"]),
});

const itemInFull = ({ kind, ref, overdue, mark, late }: HandoverItem) => ({
  key: refKey(ref),
  kind,
  overdue,
  ...(mark ? { mark } : {}),
  ...(late ? { late } : {}),
});
