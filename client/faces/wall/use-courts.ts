import { useMemo } from "react";
import { courtShortNames } from "../../map/court-name.ts";
import { useRecordMap } from "../../store/use-records.ts";

/** 江岸法院 for an id; the id itself for a court this wall does not know. */
export function useCourtName(): (courtId: string | undefined) => string {
  const courts = useRecordMap("court");
  const names = useMemo(() => courtShortNames(courts), [courts]);
  return (courtId) => (courtId === undefined ? "" : (names.get(courtId) ?? courtId));
}
