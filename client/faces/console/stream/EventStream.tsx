import { useTranslation } from "react-i18next";
import { isKnownType } from "../../../store/entity-types.ts";
import { useLines, useLoaded } from "../../../store/use-records.ts";
import { useUi } from "../../../store/use-session.ts";
import { formatSeconds } from "../../../ui/format-time.ts";
import { useBilingual } from "../../../ui/use-language.ts";
import { useNames } from "../desk/names.tsx";
import { recordTitle } from "../desk/record-title.ts";
import { useSelected } from "../record/use-selected.ts";

/** What just happened in the view, newest first. Decoration: alarms never depend on it. */
export function EventStream() {
  const { t } = useTranslation("console");
  const lines = useLines();
  const loaded = useLoaded();
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
            <span className="second">
              <About line={line} />
            </span>
            <span>{say(line)}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}

/** What goes between courts happens at either: which order it was says more than whose record it is. */
const BETWEEN: ReadonlySet<string> = new Set(["order", "report", "delegation", "supervision"]);

interface Told {
  readonly type: string;
  readonly id: string;
  readonly courtId: string;
}

function About({ line: { type, id, courtId } }: { line: Told }) {
  const { t } = useTranslation("console");
  const names = useNames();
  const selected = useSelected({ type: isKnownType(type) ? type : "court", id });
  return selected.kind !== "gone" && BETWEEN.has(type)
    ? recordTitle(selected.record, t, names).title
    : names.court(courtId);
}
