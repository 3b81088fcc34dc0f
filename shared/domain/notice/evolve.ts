import { type ClockRaised, endClocks, foldClockRaised, withClocks } from "../kernel/clock.ts";
import type { DomainEvent, EventMeta } from "../kernel/event.ts";
import { newRecord } from "../kernel/new-record.ts";
import type { NoticeEvent } from "./events.ts";
import { openCount } from "./owed.ts";
import type { Notice } from "./state.ts";

/** Name of the clock at whose end the notice is no longer in force. */
export const EXPIRY_CLOCK = "expiry";
/** Name of the clock by which an alert climbs while somebody addressed is silent. */
export const ALERT_CLOCK = "alert";

type Later = Exclude<NoticeEvent, { type: "NoticePublished" }>;

export function evolveNotice(
  notice: Notice | undefined,
  raw: DomainEvent,
  meta: EventMeta,
): Notice {
  const event = raw as NoticeEvent | ClockRaised;
  if (event.type === "NoticePublished") return published(event, meta);
  if (!notice) throw new Error(`${event.type} before NoticePublished`);
  return event.type === "ClockRaised"
    ? raised(notice, event, meta)
    : quieted(changed(notice, event, meta), meta);
}

function changed(notice: Notice, event: Later, meta: EventMeta): Notice {
  switch (event.type) {
    case "NoticeAcknowledged":
      return withAck(notice, event.data.courtId, meta);
    case "NoticeAcknowledgedInPerson":
      return withPersonAck(notice, event.data.officerId, meta);
    case "NoticeReminded":
      return {
        ...notice,
        reminders: [...(notice.reminders ?? []), { at: meta.at, by: meta.by }],
      };
  }
}

/** An alert that climbed stays in force; only the end of its own time takes that away. */
function raised(notice: Notice, event: ClockRaised, meta: EventMeta): Notice {
  const clocks = foldClockRaised(notice.clocks, event);
  if (event.data.clock !== EXPIRY_CLOCK) return { ...notice, clocks };
  return { ...notice, state: "EXPIRED", clocks: endClocks(clocks, [ALERT_CLOCK], meta.at) };
}

/** Nobody is silent any more: nothing climbs. */
const quieted = (notice: Notice, meta: EventMeta): Notice =>
  openCount(notice) > 0
    ? notice
    : { ...notice, clocks: endClocks(notice.clocks, [ALERT_CLOCK], meta.at) };

function published(
  { ref, data }: Extract<NoticeEvent, { type: "NoticePublished" }>,
  meta: EventMeta,
): Notice {
  const { belongs, clocks, ...content } = data;
  return {
    ...newRecord("notice", ref.id, belongs, meta),
    ...content,
    publishedAt: meta.at,
    state: "PUBLISHED",
    acks: [],
    clocks: withClocks({}, clocks, meta),
  };
}

/** The first acknowledgement of a court counts, and only of a court that was addressed. */
function withAck(notice: Notice, courtId: string, meta: EventMeta): Notice {
  const counts =
    notice.toCourtIds.includes(courtId) && !notice.acks.some((ack) => ack.courtId === courtId);
  if (!counts) return notice;
  return { ...notice, acks: [...notice.acks, { courtId, by: meta.by, at: meta.at }] };
}

function withPersonAck(notice: Notice, officerId: string, meta: EventMeta): Notice {
  const known = notice.personAcks ?? [];
  const counts =
    notice.toOfficerIds?.includes(officerId) && !known.some((ack) => ack.officerId === officerId);
  return counts ? { ...notice, personAcks: [...known, { officerId, at: meta.at }] } : notice;
}
