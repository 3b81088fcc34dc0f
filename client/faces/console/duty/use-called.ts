import { useMemo } from "react";
import { CENTER_ROLES, type Role } from "../../../../shared/domain/authority/roles.ts";
import { isMeantFor } from "../../../../shared/domain/notice/owed.ts";
import type { Notice } from "../../../../shared/domain/notice/state.ts";
import type { Hello } from "../../../../shared/wire/live.ts";
import { type SeenNotice, seenAll } from "../../../store/duty-dto.ts";
import { type Called, type OpenCall, openCalls, owedNotices } from "../../../store/open-calls.ts";
import { useRecordMap } from "../../../store/use-records.ts";
import { useHello } from "../../../store/use-session.ts";

export const rolesOfHello = (hello: Hello | undefined): readonly Role[] =>
  (hello?.roles ?? []) as readonly Role[];

export const calledAs = (hello: Hello | undefined): Called => ({
  officerId: hello?.officerId,
  courtId: hello?.courtId,
  atDesk: rolesOfHello(hello).some((role) => CENTER_ROLES.includes(role)),
});

/** What this desk has to answer now. */
export function useOpenCalls(): readonly OpenCall[] {
  const calls = useRecordMap("rollcall");
  const hello = useHello();
  return useMemo(() => openCalls(seenAll(calls), calledAs(hello)), [calls, hello]);
}

/** Notices that this desk owes and whose roles are this person's. */
export function useOwedNotices(): readonly SeenNotice[] {
  const notices = useRecordMap("notice");
  const hello = useHello();
  return useMemo(() => owedNotices(seenAll(notices)).filter(isMine(hello)), [notices, hello]);
}

export const isMine =
  (hello: Hello | undefined) =>
  ({ forRoles }: SeenNotice): boolean =>
    calledAs(hello).atDesk && isMeantFor({ forRoles } as Notice, rolesOfHello(hello));
