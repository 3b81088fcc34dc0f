import { useEffect, useRef } from "react";
import { useLoaded } from "../../../store/use-records.ts";
import { useAlarmSound, useSounds } from "../../../ui/sound-context.tsx";
import type { QueueItem } from "../queue/queue-item.ts";
import { RANK } from "../queue/urgency.ts";
import { useUnanswered } from "./alarms.ts";
import { useQueueItems } from "./use-queue-items.ts";

/** What is heard at this desk: alarm until acknowledged, new requests once, overdue once a level. */
export function Sounds() {
  const alarms = useUnanswered();
  useAlarmSound(alarms.length > 0, "sos");
  useQueueSounds();
  return null;
}

const overdueKey = ({ key, clock }: QueueItem): string =>
  `${key} ${clock?.name ?? ""} ${clock?.level ?? 0}`;

const callsUs = ({ rank, record }: QueueItem): boolean =>
  rank <= RANK.WAITS_FOR_US || record.type === "message";

function useQueueSounds(): void {
  const desk = useSounds();
  const items = useQueueItems();
  const loaded = useLoaded();
  const known = useRef<ReadonlySet<string> | undefined>(undefined);
  useEffect(() => {
    if (!loaded) return;
    const before = known.current;
    const overdue = items.filter((item) => item.overdue).map(overdueKey);
    const calls = items.filter(callsUs).map((item) => item.key);
    known.current = new Set([...overdue, ...calls]);
    // What was there when the page opened is not new; several at once are one sound.
    if (!before) return;
    const newOverdue = overdue.find((key) => !before.has(key));
    const newCall = calls.find((key) => !before.has(key));
    if (newOverdue) desk.once("overdue", newOverdue);
    if (newCall) desk.once("request", newCall);
  }, [items, loaded, desk]);
}
