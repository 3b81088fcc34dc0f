import { useTranslation } from "react-i18next";
import { useRecordMap } from "../../store/use-records.ts";
import { useConnection, useHello, useUi } from "../../store/use-session.ts";
import { DemoMark } from "../../ui/DemoMark.tsx";
import { ageWords, formatExport, formatSeconds } from "../../ui/format-time.ts";
import { Icon } from "../../ui/icons.tsx";
import { connectionWords } from "../../ui/link-words.ts";
import { useNow } from "../../ui/use-now.tsx";

/** Whose wall it is, what time it is, and how old everything on it is. */
export function WallHeader() {
  const hello = useHello();
  const { t } = useTranslation("wall");
  const muted = useUi((s) => s.muted);
  return (
    <header className="wall-header">
      <h1>
        <span>{t("title", { province: useProvince() })}</span>
        {hello ? <strong>{hello.courtName}</strong> : null}
      </h1>
      {muted ? (
        <span className="wall-muted">
          <Icon name="muted" /> {t("common:sound.muted")}
        </span>
      ) : null}
      <DemoMark />
      <DataAge />
      <Clock />
    </header>
  );
}

/** 湖北省, as the name of the High Court says; nothing for a court of another form. */
function useProvince(): string {
  const courts = useRecordMap("court");
  const high = [...courts.values()].find(({ dto }) => dto.tier === "HIGH");
  return /^(.+省)/u.exec(high?.dto.name ?? "")?.[1] ?? "";
}

const FRESH_MS = 5_000;

function DataAge() {
  const { connection, heardAt } = useConnection((s) => s);
  const now = useNow();
  const { t } = useTranslation("wall");
  if (heardAt === undefined) {
    return <span className="wall-age is-old">{connectionWords(t, connection)}</span>;
  }
  const { unit, n } = ageWords(now - heardAt);
  const old = now - heardAt >= FRESH_MS;
  return (
    <span className={old ? "wall-age is-old" : "wall-age"}>
      <Icon name={old ? "trouble" : "live"} size="0.8em" />
      {t("data", { age: t(`common:age.${unit}`, { n }) })}
    </span>
  );
}

function Clock() {
  const now = useNow();
  return (
    <time className="wall-clock">
      <small>{formatExport(now).slice(0, 10)}</small>
      {formatSeconds(now)}
    </time>
  );
}
