import {
  type Audience,
  type AudienceEntry,
  courtOfAudience,
  courtViews,
  narrowedViews,
  seatOf,
  standingOf,
  uniqueViews,
} from "../authority/audience.ts";
import { tierPathOf } from "../authority/relation.ts";
import type { Role } from "../authority/roles.ts";
import { present } from "../detention/present.ts";
import { type ClockRaised, clockDeadlines, clockDtos } from "../kernel/clock.ts";
import type { EntityModule } from "../kernel/module.ts";
import { openLinks } from "../kernel/open-at.ts";
import type { Bilingual } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { shortNameOf } from "../officer/short-name.ts";
import { NOTICE_COMMANDS } from "./commands.ts";
import { NOTICE_EVENT_TYPES, type NoticeEvent } from "./events.ts";
import { ALERT_CLOCK, evolveNotice } from "./evolve.ts";
import { ackCount, askedCount, owesAck, owesInPerson } from "./owed.ts";
import { NOTICE_REFUSALS } from "./refusals.ts";
import type { Notice } from "./state.ts";

/**
 * Who has still to acknowledge is a recipient, who has nothing to do with it (any more) has a copy:
 * so each court and each phone sees of the acknowledgements its own and their number, and of no
 * sibling's.
 */
function audiences(notice: Notice, state: StateReader): readonly AudienceEntry[] {
  const above = new Set(desksAbove(notice, state));
  // The desk above a silent court sees which of those below it are, and no others.
  const views = (courtId: string) => (above.has(courtId) ? narrowedViews : courtViews);
  return uniqueViews([
    ...courtViews(notice.courtId, "issuer"),
    ...notice.toCourtIds.flatMap((courtId) =>
      views(courtId)(courtId, owesAck(notice, courtId) ? "recipient" : "copied"),
    ),
    ...[...above].flatMap((courtId) => narrowedViews(courtId, "copied")),
    ...(notice.toOfficerIds ?? []).map((id) => phoneOf(notice, id)),
  ]);
}

const silentCourts = (notice: Notice): string[] =>
  notice.toCourtIds.filter((courtId) => owesAck(notice, courtId));

const climbedTo = ({ clocks }: Notice): number => {
  const clock = clocks[ALERT_CLOCK];
  return clock?.endedAt === undefined ? (clock?.level ?? 0) : 0;
};

/** Level of an alert's clock at which the desks above the silent courts are told. */
const DESK_ABOVE = 2;

const desksAbove = (notice: Notice, state: StateReader): string[] =>
  climbedTo(notice) < DESK_ABOVE
    ? []
    : silentCourts(notice).flatMap((courtId) => tierPathOf(state, courtId).at(-2) ?? []);

const phoneOf = (notice: Notice, id: string): AudienceEntry => ({
  view: `field:${id}`,
  audience: owesInPerson(notice, id) ? "recipient.field" : "copied.field",
});

function projectNotice(notice: Notice, state: StateReader, audience: Audience) {
  const standing = standingOf(audience);
  const reads = seatOf(audience) !== "wall";
  const publisher = shortNameOf(state, notice.publishedBy);
  return {
    ...present(notice, ["courtId", "kind", "state", "publishedAt", "expiresAt", "toCourtIds"]),
    ...present(notice, ["forRoles", "needsAck", "rollCall"]),
    acked: { n: ackCount(notice), of: askedCount(notice) },
    owed: standing === "issuer" ? owesAck(notice, notice.courtId) : standing === "recipient",
    reminded: reminded(notice),
    clocks: clockDtos(notice.clocks),
    ...climbed(notice, state, audience),
    ...(reads ? { body: notice.body, publishedBy: notice.publishedBy } : {}),
    ...(reads && publisher ? { publisher } : {}),
    ...(standing === "issuer" ? answersOf(notice, state, reads) : {}),
  };
}

const reminded = ({ reminders }: Notice) => ({
  times: reminders?.length ?? 0,
  ...(reminders?.length ? { lastAt: reminders.at(-1)?.at } : {}),
});

/** How far an unacknowledged alert has climbed, whose roles were told, and which courts below are silent. */
function climbed(notice: Notice, state: StateReader, audience: Audience) {
  const level = climbedTo(notice);
  if (level === 0) return {};
  const roles = TOLD.slice(0, level).flat();
  const above = standingOf(audience) === "issuer" ? undefined : courtOfAudience(audience, notice);
  const below = silentCourts(notice).filter(
    (courtId) => above !== undefined && tierPathOf(state, courtId).at(-2) === above,
  );
  return { climbed: { level, roles, ...(below.length > 0 ? { below } : {}) } };
}

/** By level: the desks again, their directors and the desk above, the publisher's centre chief. */
const TOLD: readonly (readonly Role[])[] = [["DUTY_OFFICER"], ["DIRECTOR"], ["CENTER_CHIEF"]];

/** Who has answered and who has not is the publisher's to see. */
function answersOf(notice: Notice, state: StateReader, reads: boolean) {
  const { acks, personAcks, toOfficerIds } = notice;
  const named = (officerId: string) => {
    const name = reads ? shortNameOf(state, officerId) : undefined;
    return name ? { name } : {};
  };
  return {
    acks: acks.map(({ courtId, by, at }) => ({
      courtId,
      at,
      ...(reads ? { by } : {}),
      ...named(by),
    })),
    silent: silentCourts(notice),
    ...(toOfficerIds
      ? {
          toOfficers: toOfficerIds.map((officerId) => {
            const at = personAcks?.find((ack) => ack.officerId === officerId)?.at;
            return { officerId, ...named(officerId), ...(at === undefined ? {} : { at }) };
          }),
        }
      : {}),
  };
}

const LINES: Readonly<Record<NoticeEvent["type"] | "ClockRaised", Bilingual>> = {
  NoticePublished: { zh: "发布通知", en: "Notice published" },
  NoticeAcknowledged: { zh: "通知确认", en: "Notice acknowledged" },
  NoticeAcknowledgedInPerson: { zh: "本人确认", en: "Acknowledged in person" },
  NoticeReminded: { zh: "催办确认", en: "Reminded" },
  ClockRaised: { zh: "通知到期", en: "Notice expired" },
};

const CLIMBED: Bilingual = { zh: "警示未确认，已升级", en: "Alert not acknowledged, climbed" };
const ACKS: ReadonlySet<string> = new Set(["NoticeAcknowledged", "NoticeAcknowledgedInPerson"]);

/** Who acknowledged when is the publisher's to see. */
function line(event: NoticeEvent | ClockRaised, audience: Audience): Bilingual | undefined {
  if (event.type === "ClockRaised" && event.data.clock === ALERT_CLOCK) return CLIMBED;
  const hidden = ACKS.has(event.type) && standingOf(audience) !== "issuer";
  return hidden ? undefined : LINES[event.type];
}

export const noticeModule: EntityModule<"notice"> = {
  type: "notice",
  eventTypes: NOTICE_EVENT_TYPES,
  commands: NOTICE_COMMANDS,
  refusals: NOTICE_REFUSALS,
  evolve: evolveNotice,
  /** Others' acknowledgements change nothing for whoever is about to give his. */
  standing: ({ state }) => state,
  parts: ({ publishedBy, courtId, toCourtIds, toOfficerIds = [] }) => ({
    issuer: [publishedBy],
    issuerCourt: [courtId],
    recipient: toOfficerIds,
    // Where officers are named, their own court is the one in which it is acknowledged.
    recipientCourt: toOfficerIds.length > 0 ? [...new Set([...toCourtIds, courtId])] : toCourtIds,
  }),
  links: (notice) =>
    openLinks(
      true,
      notice.toCourtIds.filter((courtId) => owesAck(notice, courtId)),
    ),
  live: ({ state }) => state === "PUBLISHED",
  dependents: () => [],
  deadlines: ({ id, clocks }) => clockDeadlines({ type: "notice", id }, clocks),
  audiences,
  project: projectNotice,
  line: (event, _notice, audience) => line(event as NoticeEvent | ClockRaised, audience),
};
