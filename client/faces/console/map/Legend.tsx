import { useTranslation } from "react-i18next";
import { burstMark, courtMark, flagMark, heldMark, shieldMark } from "../../../map/marks.ts";

/** The map's own pictures, so that legend and map cannot drift apart. */
const MARKS: readonly (readonly [name: string, html: string])[] = [
  ["court", courtMark("INTERMEDIATE", false, false, "")],
  ["ownCourt", courtMark("INTERMEDIATE", true, false, "")],
  ["operation", flagMark("腾", "active")],
  ["waiting", flagMark("腾", "waiting")],
  ["paused", flagMark("腾", "paused")],
  ["held", heldMark(false)],
  ["police", shieldMark(0.6, "running", "警")],
  ["incident", burstMark(true)],
];

export function Legend() {
  const { t } = useTranslation("console");
  return (
    <ul className="map-panel map-legend">
      {MARKS.map(([name, html]) => (
        <li key={name}>
          {/* biome-ignore lint/security/noDangerouslySetInnerHtml: constant markup of our own */}
          <span className="map-mark" dangerouslySetInnerHTML={{ __html: html }} />
          <span>{t(`map.mark.${name}`)}</span>
        </li>
      ))}
      <li className="second">{t("map.mark.officers")}</li>
    </ul>
  );
}
