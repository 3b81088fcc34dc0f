import type { DtoOf, StoredRecord } from "../../../store/dto.ts";
import type { RecordMaps } from "../../../store/records.ts";
import { type ClockLook, clockView, mostPressing } from "../../../ui/clock-look.ts";
import { isAddressedTo, isCalled, isMine, mustAcknowledge, mustAnswer } from "./awaits.ts";
import { holdsPerson } from "./holds-person.ts";
import { itemKey, type QueueItem, type QueueType, type Tone, type Viewer } from "./queue-item.ts";
import { isSilent } from "./silence.ts";
import { RANK, rankOf } from "./urgency.ts";

type Row = StoredRecord<QueueType>;

/** Every open record of the view as a row, at server time `now`; in no order yet. */
export function queueItems(maps: RecordMaps, viewer: Viewer, now: number): QueueItem[] {
  const rows: Row[] = [
    ...maps.incident.values(),
    ...maps.police.values(),
    ...maps.detention.values(),
    ...maps.order.values(),
    ...maps.operation.values(),
    ...[...maps.checkin.values()].filter(({ dto }) => isSilent(dto)),
    ...[...maps.message.values()].filter((message) => isAddressedTo(message.dto, viewer)),
    ...[...maps.rollcall.values()].filter((call) => mustAnswer(call, viewer)),
    ...[...maps.notice.values()].filter((notice) => mustAcknowledge(notice, viewer)),
  ];
  return rows.filter(isOpen).map((row) => itemOf(row, viewer, now));
}

/** A put may leave a record in the store a moment longer than it is open. */
const ENDED: Readonly<Partial<Record<QueueType, ReadonlySet<string>>>> = {
  incident: new Set(["RESOLVED", "REVIEWED", "FALSE_ALARM"]),
  police: new Set(["CLOSED", "DECLINED", "CANCELLED"]),
  operation: new Set(["CLOSED", "ABORTED"]),
  message: new Set(["READ"]),
};

const isOpen = ({ type, dto }: Row): boolean => {
  const { state } = dto as { readonly state?: string };
  if (type === "police" && holdsPerson(dto as DtoOf<"police">)) return true;
  return state === undefined || !ENDED[type]?.has(state);
};

export function itemOf(record: Row, viewer: Viewer, now: number): QueueItem {
  const clock = mostPressing(record.dto.clocks, now);
  const look: ClockLook = clock ? clockView(clock, now).look : "ended";
  const liberty = isLiberty(record);
  const rank = Math.min(rankOf(record, viewer), rankByClock(look, liberty));
  return {
    key: itemKey(record),
    record,
    courtId: courtOf(record, viewer),
    tone: toneOf(rank, look, liberty),
    rank,
    dueAt: clock?.dueAt ?? Number.POSITIVE_INFINITY,
    clock,
    liberty,
    overdue: look === "overdue" || rank === RANK.LIBERTY_OVER,
    mine: isMine(record, viewer),
  };
}

/** Under which court it waits: a call of another court under the one that owes the answer. */
function courtOf({ type, dto }: Row, { courtId }: Viewer): string {
  const of = (dto as { readonly courtId?: string }).courtId;
  return isCalled(type) || of === undefined ? courtId : of;
}

const isLiberty = ({ type, dto }: Row): boolean =>
  type === "detention" &&
  (dto.clocks ?? []).some((clock) => clock.liberty && clock.endedAt === undefined);

function rankByClock(look: ClockLook, liberty: boolean): number {
  if (look === "overdue") return liberty ? RANK.LIBERTY_OVER : RANK.OVERDUE;
  return look === "soon" ? RANK.SOON : Number.POSITIVE_INFINITY;
}

function toneOf(rank: number, look: ClockLook, liberty: boolean): Tone {
  if (rank <= RANK.OVERDUE) return "act";
  if (liberty) return "liberty";
  if (look === "soon") return "soon";
  return rank <= RANK.WAITS_FOR_US ? "ours" : "plain";
}
