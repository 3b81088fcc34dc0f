import { useTranslation } from "react-i18next";
import { useRecordMap } from "../../store/use-records.ts";
import { Icon } from "../../ui/icons.tsx";
import { useNow } from "../../ui/use-now.tsx";
import { Countdown, DueLine } from "./Countdown.tsx";
import { FitList } from "./FitList.tsx";
import { Panel } from "./Panel.tsx";
import { type PoliceRow, policeRows } from "./police-waiting.ts";
import { useCourtName } from "./use-courts.ts";

/** 公安协助: what was asked of the police, and how long they still have. */
export function PolicePanel() {
  const { t } = useTranslation("wall");
  const requests = useRecordMap("police");
  const rows = policeRows(requests.values(), useNow());
  return (
    <Panel title={t("police.title")} count={rows.length} rows={rows.length}>
      <FitList
        items={rows}
        keyOf={(row) => row.request.id}
        row={(row) => <Row row={row} />}
        empty={t("police.empty")}
      />
    </Panel>
  );
}

function Row({ row }: { row: PoliceRow }) {
  const { t } = useTranslation("wall");
  const nameOf = useCourtName();
  const { dto } = row.request;
  const court = nameOf(dto.courtId);
  return (
    <div className="wall-item">
      {row.clock ? (
        <Countdown clock={row.clock} />
      ) : (
        <span className="wall-countdown" data-look="none">
          <Icon name="shield" size="0.8em" /> <em>{t("police.done")}</em>
        </span>
      )}
      <p className="wall-item-main">
        {dto.urgency ? <b>{t(`domain:police.urgency.${dto.urgency}`)} </b> : null}
        {dto.kind ? t(`domain:police.kind.${dto.kind}`) : ""}
        {dto.state ? `·${t(`domain:police.state.${dto.state}`)}` : ""}
      </p>
      {row.clock ? (
        <DueLine clock={row.clock} place={court} />
      ) : (
        <p className="wall-item-more">{court}</p>
      )}
    </div>
  );
}
