import { useEffect } from "react";
import { useRecordMap } from "../../store/use-records.ts";
import { clockView } from "../../ui/clock-look.ts";
import { useAlarmSound, useSounds } from "../../ui/sound-context.tsx";
import { useNow } from "../../ui/use-now.tsx";
import type { Alarm } from "./alarms.ts";
import { libertyRows } from "./liberty.ts";

/** The alarm until somebody acknowledges; a knock, once, when a liberty clock runs over. */
export function useWallSounds(takers: readonly Alarm[]): void {
  useAlarmSound(takers.length > 0, "wall");
  const desk = useSounds();
  const detentions = useRecordMap("detention");
  const now = useNow();
  useEffect(() => {
    for (const { key, clock } of libertyRows(detentions.values())) {
      if (clockView(clock, now).look === "overdue") desk.once("overdue", `${key}:${clock.level}`);
    }
  }, [desk, detentions, now]);
}
