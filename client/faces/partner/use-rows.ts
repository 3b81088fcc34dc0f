import { useMemo } from "react";
import { useRecords } from "../../store/use-records.ts";
import { useNow } from "../../ui/use-now.tsx";
import { type Row, rowsOf } from "./requests.ts";

/** Everything that waits for this unit, the most urgent first. */
export function useRows(): readonly Row[] {
  const police = useRecords("police");
  const liaison = useRecords("liaison");
  const now = useNow(1_000);
  return useMemo(() => rowsOf([...police, ...liaison], now), [police, liaison, now]);
}
