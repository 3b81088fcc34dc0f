import { seatOf } from "../authority/audience.ts";
import {
  type ClockRaised,
  clockDeadlines,
  type RunningClock,
  startClock,
} from "../kernel/clock.ts";
import type { EntityModule } from "../kernel/module.ts";
import type { Ref } from "../kernel/ref.ts";
import type { Bilingual } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { SHIFT_COMMANDS } from "./commands.ts";
import { deskLink, isLive, liveShifts, shiftOn } from "./desk.ts";
import { SHIFT_EVENT_TYPES, type ShiftEvent, shiftEvent } from "./events.ts";
import { evolveShift } from "./evolve.ts";
import { projectShift, shiftAudiences } from "./project.ts";
import { SHIFT_REFUSALS } from "./refusals.ts";
import type { Shift } from "./state.ts";

/** State, and what stands on the list and to whom it was offered. */
const standing = ({ state, list }: Shift): string =>
  list
    ? `${state}|${list.preparedAt}|${list.items.filter((i) => i.mark).length}|${list.offered?.toShiftId}`
    : state;

/** Who may sign, and what may be cancelled, hangs on the other shifts of the desk. */
function dependents(before: Shift | undefined, after: Shift, state: StateReader): readonly Ref[] {
  if (before && standing(before) === standing(after)) return [];
  return liveShifts(state, after.courtId)
    .filter(({ id }) => id !== after.id)
    .map(({ id }) => ({ type: "shift", id }));
}

const DAY_MS = 86_400_000;

/** The desk check comes every day until somebody signs; there is no summer time. */
const askedAgain = (shift: Shift, { name, ruleId, dueAt }: RunningClock) => [
  shiftEvent(shift.id, "DeskUnsigned", {
    dueAt,
    clocks: [startClock(name, ruleId, dueAt, DAY_MS)],
  }),
];

const LINES: Readonly<Partial<Record<(ShiftEvent | ClockRaised)["type"], Bilingual>>> = {
  ShiftScheduled: { zh: "排班", en: "Shift planned" },
  ShiftCancelled: { zh: "班次取消", en: "Shift cancelled" },
  HandoverPrepared: { zh: "生成交接清单", en: "Hand-over list made" },
  HandoverOffered: { zh: "提请接班", en: "Hand-over offered" },
  HandoverReturned: { zh: "交接清单退回", en: "Hand-over list returned" },
  ShiftHandedOver: { zh: "交班", en: "Shift handed over" },
  ShiftSigned: { zh: "接班签收", en: "Shift signed for" },
  DeskUnsigned: { zh: "值班席无人签班", en: "Desk without a signed shift" },
};

export const shiftModule: EntityModule<"shift"> = {
  type: "shift",
  eventTypes: SHIFT_EVENT_TYPES,
  commands: SHIFT_COMMANDS,
  refusals: SHIFT_REFUSALS,
  evolve: evolveShift,
  standing,
  parts: ({ officerId, list }) => ({
    self: [officerId],
    ...(list?.offered ? { recipient: [list.offered.officerId] } : {}),
  }),
  links: (shift) => (isLive(shift) ? [deskLink(shift.courtId)] : []),
  live: isLive,
  dependents,
  /** While somebody holds the desk, his shift's clock asks for the next, not each planned one's. */
  deadlines: (shift, state) =>
    shift.state === "SCHEDULED" && shiftOn(state, shift.courtId)
      ? []
      : clockDeadlines({ type: "shift", id: shift.id }, shift.clocks),
  raised: askedAgain,
  audiences: shiftAudiences,
  project: projectShift,
  line: (event, _shift, audience) =>
    seatOf(audience) === "field" ? undefined : LINES[event.type as ShiftEvent["type"]],
};
