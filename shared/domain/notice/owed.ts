import type { Role } from "../authority/roles.ts";
import type { Notice } from "./state.ts";

/** The court has still to acknowledge it. */
export const owesAck = (notice: Notice, courtId: string): boolean =>
  notice.state === "PUBLISHED" &&
  notice.needsAck &&
  notice.toCourtIds.includes(courtId) &&
  !notice.acks.some((ack) => ack.courtId === courtId);

/** The officer was named and has still to acknowledge it himself. */
export const owesInPerson = (notice: Notice, officerId: string): boolean =>
  notice.state === "PUBLISHED" &&
  notice.needsAck &&
  (notice.toOfficerIds ?? []).includes(officerId) &&
  !notice.personAcks?.some((ack) => ack.officerId === officerId);

/** m: the courts and officers addressed, where an acknowledgement is asked for. */
export const askedCount = ({ needsAck, toCourtIds, toOfficerIds }: Notice): number =>
  needsAck ? toCourtIds.length + (toOfficerIds?.length ?? 0) : 0;

/** n: those who have. */
export const ackCount = ({ acks, personAcks }: Notice): number =>
  acks.length + (personAcks?.length ?? 0);

/** How many are silent. */
export const openCount = (notice: Notice): number => askedCount(notice) - ackCount(notice);

/** Somebody of these roles is meant. */
export const isMeantFor = ({ forRoles }: Notice, roles: readonly Role[]): boolean =>
  forRoles.length === 0 || forRoles.some((role) => roles.includes(role));

export interface NoticeReader {
  readonly courtId: string;
  readonly roles: readonly Role[];
}

/**
 * What somebody who signs in has missed: what his court has still to acknowledge, and what was
 * published since `since` (server ms of his last sign-out). Newest first.
 */
export function missedNotices(notices: Iterable<Notice>, reader: NoticeReader, since: number) {
  const mine = [...notices]
    .filter((notice) => notice.toCourtIds.includes(reader.courtId))
    .filter((notice) => isMeantFor(notice, reader.roles))
    .sort((a, b) => b.publishedAt - a.publishedAt);
  return {
    owed: mine.filter((notice) => owesAck(notice, reader.courtId)),
    since: mine.filter((notice) => notice.publishedAt >= since),
  };
}
