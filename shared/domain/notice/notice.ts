import {
  type Audience,
  type AudienceEntry,
  courtViews,
  seatOf,
  standingOf,
  uniqueViews,
} from "../authority/audience.ts";
import { clockDeadlines, clockDtos } from "../kernel/clock.ts";
import type { EntityModule } from "../kernel/module.ts";
import type { Bilingual } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { shortNameOf } from "../officer/short-name.ts";
import { NOTICE_COMMANDS } from "./commands.ts";
import { NOTICE_EVENT_TYPES, type NoticeEvent } from "./events.ts";
import { evolveNotice } from "./evolve.ts";
import { owesAck } from "./owed.ts";
import { NOTICE_REFUSALS } from "./refusals.ts";
import type { Notice } from "./state.ts";

/**
 * Who has still to acknowledge is a recipient, who has nothing to do with it (any more) has a copy:
 * so each court sees of the acknowledgements its own and their number, and of no sibling's.
 */
const audiences = (notice: Notice): readonly AudienceEntry[] =>
  uniqueViews([
    ...courtViews(notice.courtId, "issuer"),
    ...notice.toCourtIds.flatMap((courtId) =>
      courtViews(courtId, owesAck(notice, courtId) ? "recipient" : "copied"),
    ),
  ]);

function projectNotice(notice: Notice, state: StateReader, audience: Audience) {
  const standing = standingOf(audience);
  const console = seatOf(audience) === "console";
  const publisher = shortNameOf(state, notice.publishedBy);
  return {
    courtId: notice.courtId,
    kind: notice.kind,
    state: notice.state,
    publishedAt: notice.publishedAt,
    expiresAt: notice.expiresAt,
    toCourtIds: notice.toCourtIds,
    forRoles: notice.forRoles,
    needsAck: notice.needsAck,
    acked: { n: notice.acks.length, of: notice.needsAck ? notice.toCourtIds.length : 0 },
    owed: standing === "issuer" ? owesAck(notice, notice.courtId) : standing === "recipient",
    ...(notice.rollCall ? { rollCall: notice.rollCall } : {}),
    clocks: clockDtos(notice.clocks),
    ...(console ? { body: notice.body, publishedBy: notice.publishedBy } : {}),
    ...(console && publisher ? { publisher } : {}),
    ...(standing === "issuer" ? { acks: acksOf(notice, state, console) } : {}),
  };
}

const acksOf = ({ acks }: Notice, state: StateReader, console: boolean) =>
  acks.map(({ courtId, by, at }) => {
    const name = shortNameOf(state, by);
    return { courtId, at, ...(console ? { by } : {}), ...(console && name ? { name } : {}) };
  });

const LINES: Readonly<Record<NoticeEvent["type"] | "ClockRaised", Bilingual>> = {
  NoticePublished: { zh: "发布通知", en: "Notice published" },
  NoticeAcknowledged: { zh: "通知确认", en: "Notice acknowledged" },
  ClockRaised: { zh: "通知到期", en: "Notice expired" },
};

export const noticeModule: EntityModule<"notice"> = {
  type: "notice",
  eventTypes: NOTICE_EVENT_TYPES,
  commands: NOTICE_COMMANDS,
  refusals: NOTICE_REFUSALS,
  evolve: evolveNotice,
  /** Others' acknowledgements change nothing for whoever is about to give his. */
  standing: ({ state }) => state,
  parts: (notice) => ({
    issuer: [notice.publishedBy],
    issuerCourt: [notice.courtId],
    recipientCourt: notice.toCourtIds,
  }),
  links: () => [],
  live: ({ state }) => state === "PUBLISHED",
  dependents: () => [],
  deadlines: ({ id, clocks }) => clockDeadlines({ type: "notice", id }, clocks),
  audiences,
  project: projectNotice,
  /** Who acknowledged when is the publisher's to see. */
  line: (event, _notice, audience) =>
    event.type === "NoticeAcknowledged" && standingOf(audience) !== "issuer"
      ? undefined
      : LINES[event.type as NoticeEvent["type"]],
};
