import { useTranslation } from "react-i18next";
import { formatDuration, formatSeconds } from "../../ui/format-time.ts";
import { Icon } from "../../ui/icons.tsx";
import { JournalMark } from "../../ui/JournalMark.tsx";
import { UnverifiedMark } from "../../ui/UnverifiedMark.tsx";
import { useLanguage } from "../../ui/use-language.ts";
import { useNow } from "../../ui/use-now.tsx";
import { AlarmTold } from "./AlarmTold.tsx";
import { AlarmWhere } from "./AlarmWhere.tsx";
import type { Alarm } from "./alarms.ts";
import { Fact } from "./Fact.tsx";
import { useCourtName } from "./use-courts.ts";
import { useOfficerName } from "./use-officer-name.ts";

interface AlarmTakeoverProps {
  readonly alarm: Alarm;
  /** How many others take the screen too. */
  readonly others: number;
}

/** The card of the alarm that takes the screen: who, where, since when, who holds it, who was told. */
export function AlarmTakeover({ alarm, others }: AlarmTakeoverProps) {
  const { t } = useTranslation("wall");
  const language = useLanguage();
  const now = useNow();
  const { dto } = alarm.record;
  return (
    <section className="wall-alarm" role="alert">
      <header className="wall-alarm-head">
        <Icon name="sos" />
        <h2>{t(`domain:incident.kind.${dto.kind ?? "SOS"}`)}</h2>
        <span className="wall-alarm-level">{t(`domain:incident.level.${alarm.level}`)}</span>
        <JournalMark record={alarm.record} />
      </header>
      <p className="wall-alarm-clock">
        <b>{formatDuration(now - alarm.reportedAt, language)}</b>
        <em>{t("alarm.waiting")}</em>
      </p>
      <dl className="wall-alarm-facts">
        <Who alarm={alarm} />
        <AlarmWhere record={alarm.record} />
        <Fact name={t("alarm.since")}>
          {formatSeconds(alarm.reportedAt)}
          {dto.repeats ? <small>{t("alarm.repeats", { n: dto.repeats })}</small> : null}
        </Fact>
        <AlarmTold record={alarm.record} />
      </dl>
      {others > 0 ? <p className="wall-alarm-others">{t("alarm.more", { n: others })}</p> : null}
    </section>
  );
}

function Who({ alarm }: { alarm: Alarm }) {
  const { t } = useTranslation("wall");
  const courtName = useCourtName();
  const nameOf = useOfficerName();
  const { dto } = alarm.record;
  const said = (dto as { readonly reporter?: string }).reporter;
  const name = nameOf(dto.reporterId, { name: said }) || t("alarm.unknown");
  const { dead = 0, injured = 0 } = dto.casualties ?? {};
  return (
    <Fact name={t(alarm.sos ? "alarm.who" : "alarm.reporter")}>
      <b>{t("alarm.person", { name, court: courtName(dto.courtId) })}</b>
      <UnverifiedMark record={alarm.record} />
      {dead > 0 ? <small>{t("alarm.dead", { n: dead })}</small> : null}
      {injured > 0 ? <small>{t("alarm.injured", { n: injured })}</small> : null}
    </Fact>
  );
}
