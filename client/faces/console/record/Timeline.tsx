import { Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../../../store/dto.ts";
import { Failure } from "../../../ui/Refusal.tsx";
import { useBilingual } from "../../../ui/use-language.ts";
import type { TimelineEntry } from "../desk/console-api.ts";
import { TimeText } from "./FactList.tsx";
import { useTimeline } from "./use-timeline.ts";

const FIRST = 12;

/** Newest first. The record's own words, projected under the rights of this seat. */
export function Timeline({ record }: { record: StoredRecord }) {
  const { t } = useTranslation("console");
  const timeline = useTimeline(record);
  return (
    <section className="drawer-part" aria-label={t("timeline.title")}>
      <h3>{t("timeline.title")}</h3>
      {timeline.kind === "loading" ? (
        <Skeleton active={false} title={false} paragraph={{ rows: 4 }} />
      ) : (
        <Entries entries={timeline.entries} />
      )}
      {timeline.kind === "failed" ? (
        <div className="timeline-failed">
          <Failure failure={timeline.failure} />
          <button type="button" className="plain-button" onClick={timeline.retry}>
            {t("common:action.retry")}
          </button>
        </div>
      ) : null}
    </section>
  );
}

function Entries({ entries }: { entries: readonly TimelineEntry[] }) {
  const { t } = useTranslation("console");
  const [all, setAll] = useState(false);
  if (entries.length === 0) return <p className="second">{t("timeline.empty")}</p>;
  const newest = [...entries].reverse();
  const shown = all ? newest : newest.slice(0, FIRST);
  const rest = newest.length - shown.length;
  return (
    <ol className="timeline">
      {shown.map((entry) => (
        <Entry key={`${entry.seq} ${entry.zh}`} entry={entry} />
      ))}
      {rest > 0 ? (
        <li>
          <button type="button" className="plain-button" onClick={() => setAll(true)}>
            {t("common:list.more", { n: rest })}
          </button>
        </li>
      ) : null}
    </ol>
  );
}

function Entry({ entry }: { entry: TimelineEntry }) {
  const { t } = useTranslation("console");
  const say = useBilingual();
  return (
    <li>
      <TimeText at={entry.occurredAt ?? entry.at} />
      <span>
        {say(entry)}
        {entry.late ? <b className="late"> {t("domain:detention.late")}</b> : null}
        {entry.by ? <span className="second"> · {entry.by}</span> : null}
      </span>
    </li>
  );
}
