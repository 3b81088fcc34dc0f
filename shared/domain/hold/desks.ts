import { liveAssist } from "../incident/assist.ts";
import { climbedDesk } from "../incident/climb.ts";
import type { Incident } from "../incident/state.ts";
import { ANY_DESK } from "../kernel/open-at.ts";
import { hasClimbed } from "../police/holder.ts";
import type { PoliceRequest } from "../police/state.ts";
import { heldDesk } from "./holder.ts";

/** Every desk on which it may be now: those that it is held at, by hand, clock or deadline, or helped from. */
export function desksOf(record: Incident | PoliceRequest): readonly (string | undefined)[] {
  const desk = heldDesk(record)?.courtId ?? deskOfRecord(record);
  const assist = record.type === "incident" ? liveAssist(record)?.courtId : undefined;
  return [record.courtId, desk, record.deadline?.byCourtId, assist];
}

const deskOfRecord = (record: Incident | PoliceRequest): string => {
  // Where the police keep silent the tree of courts says whose it is.
  if (record.type === "police") return hasClimbed(record) ? ANY_DESK : record.courtId;
  return record.acknowledged?.courtId ?? climbedDesk(record);
};
