import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useStores } from "../../../store/stores-context.tsx";
import { useUi } from "../../../store/use-session.ts";
import { useDesk, useDeskState } from "../desk/desk-context.tsx";
import { SWITCHABLE } from "../desk/desk-store.ts";
import { KeyHint } from "../desk/KeyHint.tsx";
import { toggleReplay } from "../replay/toggle-replay.ts";
import { fitOpen } from "./fit-open.ts";
import { Legend } from "./Legend.tsx";

/** Fit, follow, layers and legend, over the map's upper right corner. */
export function MapTools() {
  const { t } = useTranslation("console");
  const desk = useDesk();
  const stores = useStores();
  const [panel, setPanel] = useState<"layers" | "legend">();
  const toggle = (name: "layers" | "legend") => setPanel(panel === name ? undefined : name);
  const fit = () => {
    if (desk.map.current) fitOpen(desk.map.current, stores);
  };
  return (
    <div className="map-tools">
      <div className="map-tool-row">
        <FollowButton />
        <button type="button" onClick={() => toggleReplay(desk.store, stores.ui)}>
          {t("replay:enter")}
          <KeyHint k="P" />
        </button>
        <button type="button" data-tool="fit" onClick={fit}>
          {t("map.fit")}
        </button>
        <button type="button" onClick={() => desk.map.current?.camera.home()}>
          {t("map.home")}
        </button>
        <button type="button" aria-expanded={panel === "layers"} onClick={() => toggle("layers")}>
          {t("map.layers")}
        </button>
        <button type="button" aria-expanded={panel === "legend"} onClick={() => toggle("legend")}>
          {t("map.legend")}
        </button>
      </div>
      {panel === "layers" ? <Layers /> : null}
      {panel === "legend" ? <Legend /> : null}
    </div>
  );
}

function FollowButton() {
  const { t } = useTranslation("console");
  const selection = useUi((s) => s.selection);
  const follow = useUi((s) => s.follow);
  const setFollow = useUi((s) => s.setFollow);
  return (
    <button
      type="button"
      aria-pressed={follow !== null}
      disabled={!selection && !follow}
      title={selection || follow ? undefined : t("map.followHow")}
      onClick={() => setFollow(follow ? null : selection)}
    >
      {t(follow ? "map.following" : "map.follow")}
      <KeyHint k="F" />
    </button>
  );
}

function Layers() {
  const { t } = useTranslation("console");
  const { store } = useDesk();
  const hidden = useDeskState((s) => s.hidden);
  return (
    <fieldset className="map-panel">
      <legend className="visually-hidden">{t("map.layers")}</legend>
      {SWITCHABLE.map((name) => (
        <label key={name}>
          <input
            type="checkbox"
            checked={!hidden.has(name)}
            onChange={() => store.getState().toggleLayer(name)}
          />
          {t(`map.layer.${name}`)}
        </label>
      ))}
      <p className="second">{t("map.alarmsStay")}</p>
    </fieldset>
  );
}
