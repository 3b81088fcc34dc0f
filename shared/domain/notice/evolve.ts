import { type ClockRaised, foldClockRaised, withClocks } from "../kernel/clock.ts";
import type { DomainEvent, EventMeta } from "../kernel/event.ts";
import { newRecord } from "../kernel/new-record.ts";
import type { NoticeEvent } from "./events.ts";
import type { Notice } from "./state.ts";

/** Name of the clock at whose end the notice is no longer in force. */
export const EXPIRY_CLOCK = "expiry";

export function evolveNotice(
  notice: Notice | undefined,
  raw: DomainEvent,
  meta: EventMeta,
): Notice {
  const event = raw as NoticeEvent | ClockRaised;
  if (event.type === "NoticePublished") return published(event, meta);
  if (!notice) throw new Error(`${event.type} before NoticePublished`);
  if (event.type === "ClockRaised") {
    return { ...notice, state: "EXPIRED", clocks: foldClockRaised(notice.clocks, event) };
  }
  return withAck(notice, event.data.courtId, meta);
}

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
