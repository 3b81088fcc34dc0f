import { type KeyboardEvent, type ReactNode, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../../ui/icons.tsx";
import { useField } from "../field-services.tsx";

/**
 * Always there, within thumb's reach: hold for a second. The filling is CSS on the state, so that it
 * runs even when the page is busy; that the second is over is decided by the hold alone.
 */
export function SosBar({ again, note }: { again: boolean; note?: ReactNode }) {
  const { t } = useTranslation("field");
  const { hold } = useField();
  const state = useSyncExternalStore(hold.subscribe, hold.state);
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    if (event.type === "keydown") hold.press();
    else hold.release();
  };
  return (
    <footer className="f-sos">
      {note}
      <button
        type="button"
        className="f-sos-bar"
        data-hold={state}
        aria-label={t("sos.hold")}
        aria-describedby="f-sos-hint"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          hold.press();
        }}
        onPointerUp={hold.release}
        onPointerCancel={hold.release}
        onKeyDown={onKey}
        onKeyUp={onKey}
        onBlur={hold.release}
        onContextMenu={(event) => event.preventDefault()}
      >
        <svg className="f-ring" viewBox="0 0 48 48" width="48" height="48" aria-hidden="true">
          <circle cx="24" cy="24" r="20" />
          <circle className="f-ring-fill" cx="24" cy="24" r="20" pathLength="1" />
        </svg>
        <Icon name="sos" size="22" />
        <span aria-live="assertive" id="f-sos-hint">
          {t(again && state === "idle" ? "sos.again" : `sos.${state}`)}
        </span>
      </button>
    </footer>
  );
}
