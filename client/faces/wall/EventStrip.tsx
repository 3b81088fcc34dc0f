import { useTranslation } from "react-i18next";
import { useLines } from "../../store/use-records.ts";
import { formatTime } from "../../ui/format-time.ts";
import { useBilingual, useLanguage } from "../../ui/use-language.ts";
import { useNow } from "../../ui/use-now.tsx";
import { useCourtName } from "./use-courts.ts";

/** More than any wall has room for in one line. */
const MOST = 16;

/** One line of what happened, newest first; entries without room are left out whole. */
export function EventStrip() {
  const { t } = useTranslation("wall");
  const language = useLanguage();
  const say = useBilingual();
  const nameOf = useCourtName();
  const lines = useLines().slice(0, MOST);
  const now = useNow(60_000);
  return (
    <footer className="wall-events">
      {lines.length === 0 ? <span className="wall-event">{t("events.empty")}</span> : null}
      {lines.map((line) => (
        <span className="wall-event" key={`${line.seq}:${line.type}:${line.id}:${line.zh}`}>
          <time>{formatTime(line.at, now, language)}</time> {nameOf(line.courtId)}{" "}
          <b>{say(line)}</b>
        </span>
      ))}
    </footer>
  );
}
