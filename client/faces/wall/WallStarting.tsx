import { useTranslation } from "react-i18next";
import { useConnection } from "../../store/use-session.ts";
import { connectionWords } from "../../ui/link-words.ts";

/** Before the first data: the shape of what will stand here, and what is being done about it. */
export function WallStarting() {
  const { t } = useTranslation("wall");
  const connection = useConnection((s) => s.connection);
  const offline = connection.kind === "connecting" && connection.tries > 0;
  return (
    <div className="wall-starting" role="status">
      <h2>{t("starting.what")}</h2>
      <p>{connectionWords(t, connection)}</p>
      {offline ? <p>{t("starting.offline")}</p> : null}
    </div>
  );
}

export function PanelSkeleton({ rows }: { rows: number }) {
  const widths = Array.from({ length: rows }, (_, row) => 90 - ((row * 23) % 45));
  return (
    <section className="wall-panel wall-skeleton" aria-hidden="true">
      {widths.map((width) => (
        <i key={width} style={{ width: `${width}%` }} />
      ))}
    </section>
  );
}
