import { useMemo } from "react";
import { deskStatus } from "../../../../shared/domain/shift/desk-status.ts";
import { type SeenShift, seenAll } from "../../../store/duty-dto.ts";
import { useRecordMap } from "../../../store/use-records.ts";
import { useHello } from "../../../store/use-session.ts";

/** The own desk: how it stands, its shifts by time, and whether it waits for my signature. */
export function useOwnDesk() {
  const records = useRecordMap("shift");
  const hello = useHello();
  return useMemo(() => {
    const courtId = hello?.courtId ?? "";
    const shifts = seenAll(records)
      .filter((shift) => shift.courtId === courtId)
      .sort((a, b) => a.from - b.from);
    return {
      shifts,
      on: shifts.find(({ state }) => state === "ON"),
      status: deskStatus(shifts, courtId),
      offeredToMe: shifts.find((shift) => isOfferedTo(shift, shifts, hello?.officerId)),
    };
  }, [records, hello]);
}

/** The running shift offered its list to this one, which is mine. */
function isOfferedTo(shift: SeenShift, all: readonly SeenShift[], me: string | undefined): boolean {
  const offered = all.find(({ state }) => state === "ON")?.list?.offered;
  return offered?.toShiftId === shift.id && shift.officerId === me && shift.state === "SCHEDULED";
}
