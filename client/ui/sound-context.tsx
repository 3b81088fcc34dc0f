import { createContext, type ReactNode, useContext, useEffect } from "react";
import { useConnection } from "../store/use-session.ts";
import type { SoundDesk } from "./sound-desk.ts";

const SoundContext = createContext<SoundDesk | undefined>(undefined);

export function SoundProvider({ desk, children }: { desk: SoundDesk; children: ReactNode }) {
  return (
    <SoundContext value={desk}>
      <TroubleTone desk={desk} />
      {children}
    </SoundContext>
  );
}

export function useSounds(): SoundDesk {
  const desk = useContext(SoundContext);
  if (!desk) throw new Error("useSounds outside SoundProvider");
  return desk;
}

/** The alarm sounds while `on` is true. */
export function useAlarmSound(on: boolean, reason: string): void {
  const desk = useSounds();
  useEffect(() => (on ? desk.holdAlarm(reason) : undefined), [desk, on, reason]);
}

/** A stale glass and a sentinel's alarm are heard, once per outage, and never sound like an SOS. */
function TroubleTone({ desk }: { desk: SoundDesk }) {
  const staleSince = useConnection((s) => (s.freshness === "stale" ? s.heardAt : undefined));
  useEffect(() => {
    if (staleSince !== undefined) desk.once("trouble", String(staleSince));
  }, [desk, staleSince]);
  const lateSince = useConnection((s) =>
    s.sentinel.kind === "late" ? s.sentinel.sinceMs : undefined,
  );
  useEffect(() => {
    if (lateSince !== undefined) desk.once("trouble", `sentinel ${lateSince}`);
  }, [desk, lateSince]);
  return null;
}
