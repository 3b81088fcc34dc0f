import type { StoredRecord } from "../../../store/dto.ts";
import { isCalled, orderAwaits } from "./awaits.ts";
import { holdsPerson } from "./holds-person.ts";
import type { QueueType, Viewer } from "./queue-item.ts";

/**
 * How urgent each kind of record is by itself, before any clock is looked at. Smaller is more
 * urgent; gaps leave room. Clocks only move a record up (`queue-items.ts`).
 */
export const RANK = {
  ALARM: 0,
  LIBERTY_OVER: 10,
  OVERDUE: 20,
  GRAVE: 30,
  SOON: 40,
  WAITS_FOR_US: 50,
  HELD: 60,
  OPEN: 70,
  RUNNING: 80,
  WAITING: 90,
} as const;

type RankOf<K extends QueueType> = (dto: StoredRecord<K>["dto"], viewer: Viewer) => number;

const incident: RankOf<"incident"> = ({ sos, acknowledged, level }) => {
  if (sos && !acknowledged) return RANK.ALARM;
  if (sos || level === "MAJOR" || level === "ESPECIALLY_MAJOR") return RANK.GRAVE;
  return acknowledged ? RANK.OPEN : RANK.WAITS_FOR_US;
};

const police: RankOf<"police"> = (dto) => {
  const { urgency } = dto;
  if (holdsPerson(dto)) return RANK.WAITS_FOR_US;
  if (urgency === "P1") return RANK.GRAVE;
  return urgency === "P2" ? RANK.WAITS_FOR_US : RANK.OPEN;
};

const HELD_STATES: ReadonlySet<string> = new Set([
  "CONTROLLED",
  "ARRIVED",
  "INQUIRY",
  "IN_TRANSIT",
  "HANDOVER_PENDING",
  "INTAKE_REFUSED",
]);

const detention: RankOf<"detention"> = ({ overtime, state, approvedBy, times }) => {
  if (overtime) return RANK.LIBERTY_OVER;
  if (state !== undefined && HELD_STATES.has(state)) return RANK.HELD;
  const waitsForApproval = state === "PROPOSED" && !approvedBy && !times?.approvedAt;
  return waitsForApproval ? RANK.WAITS_FOR_US : RANK.WAITING;
};

const order: RankOf<"order"> = (dto, viewer) =>
  orderAwaits(dto, viewer.courtId) === "others" ? RANK.RUNNING : RANK.WAITS_FOR_US;

const WAITING: ReadonlySet<string> = new Set(["DRAFT", "REJECTED", "APPROVED", "MUSTERING"]);

const operation: RankOf<"operation"> = ({ state, pauseOrder, pauseOrdered }) => {
  if (pauseOrdered && !pauseOrder?.confirmed) return RANK.WAITS_FOR_US;
  if (state === "SUBMITTED") return RANK.WAITS_FOR_US;
  return state !== undefined && WAITING.has(state) ? RANK.WAITING : RANK.RUNNING;
};

const RANKS: { readonly [K in QueueType]: RankOf<K> } = {
  incident,
  police,
  detention,
  order,
  operation,
  message: () => RANK.OPEN,
  checkin: () => RANK.OVERDUE,
  rollcall: () => RANK.WAITS_FOR_US,
  notice: ({ kind }) => (kind === "ALERT" ? RANK.GRAVE : RANK.WAITS_FOR_US),
};

export function rankOf(record: StoredRecord<QueueType>, viewer: Viewer): number {
  const rank = (RANKS[record.type] as RankOf<QueueType>)(record.dto, viewer);
  return rank === RANK.WAITS_FOR_US && !isOurs(record, viewer) ? RANK.OPEN : rank;
}

/** What waits for a lower court's hand does not wait for ours, unless it has climbed to our desk. */
function isOurs({ type, dto }: StoredRecord<QueueType>, { courtId }: Viewer): boolean {
  const of = (dto as { readonly courtId?: string }).courtId;
  return type === "order" || isCalled(type) || of === courtId || dto.holder?.courtId === courtId;
}
