import { useTranslation } from "react-i18next";
import { isKnownType } from "../../../store/entity-types.ts";
import { useLines, useLoaded } from "../../../store/use-records.ts";
import { useUi } from "../../../store/use-session.ts";
import { formatSeconds } from "../../../ui/format-time.ts";
import { useBilingual } from "../../../ui/use-language.ts";
import { useNames } from "../desk/names.tsx";

/** What just happened in the view, newest first. Decoration: alarms never depend on it. */
export function EventStream() {
  const { t } = useTranslation("console");
  const lines = useLines();
  const loaded = useLoaded();
  const names = useNames();
  const say = useBilingual();
  const select = useUi((s) => s.select);
  if (lines.length === 0) {
    return <p className="stream-empty">{t(loaded ? "stream.empty" : "common:list.loading")}</p>;
  }
  return (
    <ol className="stream" aria-label={t("stream.title")}>
      {lines.map((line) => (
        <li key={`${line.seq} ${line.type} ${line.id} ${line.zh}`}>
          <button
            type="button"
            onClick={() => {
              if (isKnownType(line.type)) select({ type: line.type, id: line.id });
            }}
          >
            <time>{formatSeconds(line.at)}</time>
            <span className="second">{names.court(line.courtId)}</span>
            <span>{say(line)}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
