import { useEffect, useMemo } from "react";
import { useLink } from "../../link/link-context.tsx";
import { useLoaded, useRecordMap } from "../../store/use-records.ts";
import { useConnection, useUi } from "../../store/use-session.ts";
import { ErrorBoundary } from "../../ui/ErrorBoundary.tsx";
import { LinkBanner } from "../../ui/LinkBanner.tsx";
import { TroubleNote } from "../../ui/TroubleNote.tsx";
import { AlarmPanel } from "./AlarmPanel.tsx";
import { AlarmTakeover } from "./AlarmTakeover.tsx";
import { openAlarms, screenTakers } from "./alarms.ts";
import { EventStrip } from "./EventStrip.tsx";
import { ForcePanel } from "./ForcePanel.tsx";
import { LibertyPanel } from "./LibertyPanel.tsx";
import { OperationsPanel } from "./OperationsPanel.tsx";
import { PolicePanel } from "./PolicePanel.tsx";
import { ResponsePanel } from "./ResponsePanel.tsx";
import { useWallSounds } from "./use-wall-sounds.ts";
import { closedReason, WallClosed, WallCrashed } from "./WallClosed.tsx";
import { WallHeader } from "./WallHeader.tsx";
import { WallMap } from "./WallMap.tsx";
import { PanelSkeleton, WallStarting } from "./WallStarting.tsx";
import "./wall.css";
import "./wall-panels.css";
import "./wall-alarm.css";

/** `/wall`: a screen nobody touches. It must be right, legible at 5 m, and come back by itself. */
export function WallFace() {
  useLanguageOfAddress();
  return (
    <ErrorBoundary fallback={(retry) => <WallCrashed retry={retry} />}>
      <WallOrReason />
    </ErrorBoundary>
  );
}

function WallOrReason() {
  const connection = useConnection((s) => s.connection);
  const { tokens } = useLink();
  const reason = closedReason(connection, tokens.kiosk !== undefined);
  return reason ? <WallClosed reason={reason} /> : <Wall />;
}

function Wall() {
  const loaded = useLoaded();
  const incidents = useRecordMap("incident");
  const alarms = useMemo(() => openAlarms(incidents.values()), [incidents]);
  const takers = useMemo(() => screenTakers(alarms), [alarms]);
  const freshness = useConnection((s) => s.freshness);
  useWallSounds(takers);
  const [first] = takers;
  return (
    <main
      className="wall"
      data-theme="dark"
      data-freshness={freshness}
      {...(first ? { "data-alarm": "" } : {})}
    >
      <WallHeader />
      <LinkBanner />
      <TroubleNote />
      <div className="wall-columns">
        <div className="wall-column">{loaded ? <LeftColumn /> : <Skeletons />}</div>
        <div className="wall-map">
          <WallMap takers={takers} />
          {loaded ? null : <WallStarting />}
          {first ? <AlarmTakeover alarm={first} others={takers.length - 1} /> : null}
        </div>
        <div className="wall-column">
          {loaded ? (
            <>
              <AlarmPanel alarms={alarms} />
              <LibertyPanel />
              <PolicePanel />
            </>
          ) : (
            <Skeletons />
          )}
        </div>
      </div>
      <EventStrip />
    </main>
  );
}

function LeftColumn() {
  return (
    <>
      <ForcePanel />
      <OperationsPanel />
      <ResponsePanel />
    </>
  );
}

function Skeletons() {
  return (
    <>
      <PanelSkeleton rows={5} />
      <PanelSkeleton rows={4} />
      <PanelSkeleton rows={3} />
    </>
  );
}

/** `?lang=en`: a wall has no menu. */
function useLanguageOfAddress(): void {
  const setLanguage = useUi((s) => s.setLanguage);
  useEffect(() => {
    const asked = new URLSearchParams(location.search).get("lang");
    if (asked === "en" || asked === "zh") setLanguage(asked);
  }, [setLanguage]);
}
