import { useTranslation } from "react-i18next";
import { formatDuration, formatSeconds } from "../../ui/format-time.ts";
import { Icon } from "../../ui/icons.tsx";
import { UnverifiedMark } from "../../ui/UnverifiedMark.tsx";
import { useLanguage } from "../../ui/use-language.ts";
import { useNow } from "../../ui/use-now.tsx";
import type { Alarm } from "./alarms.ts";
import { FitList } from "./FitList.tsx";
import { Panel } from "./Panel.tsx";
import { useCourtName } from "./use-courts.ts";
import { useOfficerName } from "./use-officer-name.ts";

/** Alarms that keep their place when there is not enough for all panels. */
const MOST_FIRM = 4;

/** Every incident that is not over: loud until acknowledged, in the list until resolved. */
export function AlarmPanel({ alarms }: { alarms: readonly Alarm[] }) {
  const { t } = useTranslation("wall");
  const loud = alarms.some((alarm) => !alarm.acknowledged);
  return (
    <Panel
      title={t("alarms.title")}
      count={alarms.length}
      tone={loud ? "act" : undefined}
      rows={Math.min(MOST_FIRM, alarms.length)}
      firm
    >
      <FitList
        items={alarms}
        keyOf={(alarm) => alarm.id}
        row={(alarm) => <AlarmRow alarm={alarm} />}
        empty={
          <>
            <Icon name="ended" /> {t("alarms.empty")}
          </>
        }
      />
    </Panel>
  );
}

function AlarmRow({ alarm }: { alarm: Alarm }) {
  const { t } = useTranslation("wall");
  const language = useLanguage();
  const nameOf = useCourtName();
  const now = useNow();
  const { dto } = alarm.record;
  return (
    <div className="wall-item" data-state={alarm.acknowledged ? "open" : "act"}>
      <Icon name="sos" />
      <p className="wall-item-main">
        <b>{t(`domain:incident.kind.${dto.kind ?? "SOS"}`)}</b> {nameOf(dto.courtId)}
      </p>
      <span className="wall-item-time">{formatDuration(now - alarm.reportedAt, language)}</span>
      <p className="wall-item-more">
        <UnverifiedMark record={alarm.record} />
        <span>{t(`domain:incident.level.${alarm.level}`)}</span>
        {alarm.acknowledged ? <Acknowledged alarm={alarm} /> : <em>{t("alarm.waiting")}</em>}
      </p>
    </div>
  );
}

/** 张警官 14:03:22 已签收 */
function Acknowledged({ alarm }: { alarm: Alarm }) {
  const { t } = useTranslation("wall");
  const nameOf = useOfficerName();
  const hand = alarm.record.dto.acknowledged;
  if (!hand) return null;
  const by = nameOf(hand.officerId, hand);
  return <span>{t("common:stage.acknowledged", { by, time: formatSeconds(hand.at) }).trim()}</span>;
}
