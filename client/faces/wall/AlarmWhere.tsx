import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../../store/dto.ts";
import { useStores } from "../../store/stores-context.tsx";
import { useRecord, useRecordMap } from "../../store/use-records.ts";
import { ageWords } from "../../ui/format-time.ts";
import { useNow } from "../../ui/use-now.tsx";
import { alarmPlace } from "./alarm-place.ts";
import { Fact } from "./Fact.tsx";
import { useCourtName } from "./use-courts.ts";
import { type Whereabouts, whereabouts } from "./where-is.ts";

/** How far from which court, of which operation, and how old that knowledge is. */
export function AlarmWhere({ record }: { record: StoredRecord<"incident"> }) {
  const { t } = useTranslation("wall");
  const { positions } = useStores();
  const courts = useRecordMap("court");
  const reporter = useRecord("officer", record.dto.reporterId);
  const operation = useRecord("operation", record.dto.operationId);
  const now = useNow();
  const place = alarmPlace(record, reporter, operation, positions.arrays);
  const where = place ? whereabouts(place.at, courts.values()) : undefined;
  const { code, kind } = operation?.dto ?? {};
  const words = useWhereWords();
  const age = place?.fixAt === undefined ? undefined : ageWords(now - place.fixAt);
  return (
    <Fact name={t("alarm.where")}>
      {where ? words(where) : t("alarm.noFix")}
      {kind ? (
        <small>
          {t("alarm.operation", { kind: t(`domain:operation.kind.${kind}`), code: code ?? "" })}
        </small>
      ) : null}
      {age ? (
        <small>{t("alarm.fixAge", { age: t(`common:age.${age.unit}`, { n: age.n }) })}</small>
      ) : null}
    </Fact>
  );
}

/** Nearer than this a direction says nothing. */
const AT_COURT_KM = 0.2;

function useWhereWords(): (where: Whereabouts) => string {
  const { t } = useTranslation("wall");
  const courtName = useCourtName();
  return ({ courtId, km, direction }) => {
    const court = courtName(courtId);
    if (km < AT_COURT_KM) return t("whereAt", { court });
    return t("where", { court, direction: t(`direction.${direction}`), km: km.toFixed(1) });
  };
}
