import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ClockBadge } from "../../ui/ClockBadge.tsx";
import { formatTime } from "../../ui/format-time.ts";
import { Icon } from "../../ui/icons.tsx";
import { useLanguage } from "../../ui/use-language.ts";
import { useNow } from "../../ui/use-now.tsx";
import { useNames } from "./names.ts";
import { cameAt, keyOf, type Row } from "./requests.ts";
import type { Selection } from "./use-selection.ts";
import { newerThan } from "./use-signals.ts";

/** An old machine draws this many without effort; the rest is counted. */
const MOST_SHOWN = 60;

export function RequestList({ rows, selection }: { rows: readonly Row[]; selection: Selection }) {
  const { t } = useTranslation("partner");
  const shownKey = selection.record && keyOf(selection.record);
  return (
    <nav className="p-list" aria-label={t("list")}>
      <h2>
        {t("list")} <small>{t("keys")}</small>
      </h2>
      <Arrived rows={rows} selection={selection} shownKey={shownKey} />
      <ul>
        {rows.slice(0, MOST_SHOWN).map((row) => (
          <li key={row.key}>
            <RowButton
              row={row}
              current={row.key === shownKey}
              onPick={() => selection.choose(row)}
            />
          </li>
        ))}
      </ul>
      {rows.length > MOST_SHOWN ? <p>{t("more", { n: rows.length - MOST_SHOWN })}</p> : null}
    </nav>
  );
}

interface ArrivedProps {
  readonly rows: readonly Row[];
  readonly selection: Selection;
  readonly shownKey: string | undefined;
}

/** What came while another request lies on the desk. */
function Arrived({ rows, selection, shownKey }: ArrivedProps) {
  const { t } = useTranslation("partner");
  const names = useNames();
  const now = useNow(1_000);
  const [openedAt, setOpenedAt] = useState({ key: shownKey, at: now });
  if (openedAt.key !== shownKey) setOpenedAt({ key: shownKey, at: now });
  const fresh = newerThan(rows, openedAt.at, shownKey);
  const [first] = fresh;
  return (
    <div role="status" aria-live="assertive">
      {first ? (
        <button
          type="button"
          className="p-arrived"
          data-pressing={fresh.some(({ pressing }) => pressing) ? "" : undefined}
          onClick={() => selection.choose(first)}
        >
          <Icon name="overdue" />
          {t("arrived", { n: fresh.length, what: names.title(first.record) })}
        </button>
      ) : null}
    </div>
  );
}

interface RowProps {
  readonly row: Row;
  readonly current: boolean;
  onPick(): void;
}

function RowButton({ row: { record, unsigned, pressing, clock }, current, onPick }: RowProps) {
  const { t } = useTranslation("partner");
  const names = useNames();
  const language = useLanguage();
  const now = useNow(10_000);
  return (
    <button
      type="button"
      className="p-row"
      aria-current={current ? "true" : undefined}
      data-unsigned={unsigned ? "" : undefined}
      data-pressing={pressing ? "" : undefined}
      onClick={onPick}
    >
      <span className="p-row-head">
        <Icon name={unsigned || pressing ? "overdue" : "running"} />
        <b>{names.title(record)}</b>
        {record.type === "police" ? (
          <span className="p-chip">{t(`domain:police.urgency.${record.dto.urgency}`)}</span>
        ) : null}
        <span className="p-state">{names.state(record)}</span>
      </span>
      <span className="p-row-more">
        {record.dto.courtName} · {formatTime(cameAt(record), now, language)}
      </span>
      {clock ? <ClockBadge clock={clock} short /> : null}
    </button>
  );
}
