import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../../../store/dto.ts";
import { Failure, Outcome } from "../../../ui/Refusal.tsx";
import type { NearestCourt } from "../desk/console-api.ts";
import { useNames } from "../desk/names.tsx";
import { useNearest } from "./use-nearest.ts";
import { useSendHelp } from "./use-send-help.ts";

/** Courts that could move first, with distance, readiness and why; one press asks or orders. */
export function NearestHelp({ record }: { record: StoredRecord<"incident"> }) {
  const { t } = useTranslation("orders");
  const nearest = useNearest(record.id);
  const help = useSendHelp(record);
  return (
    <div className="nearest">
      <h4>{t("assist.nearest")}</h4>
      {nearest.kind === "loading" ? (
        <p className="second" role="status">
          {t("assist.loading")}
        </p>
      ) : null}
      {nearest.kind === "failed" ? (
        <>
          <Failure failure={nearest.failure} />
          <button type="button" className="link-button" onClick={nearest.retry}>
            {t("common:action.retry")}
          </button>
        </>
      ) : null}
      {nearest.kind === "shown" && nearest.courts.length === 0 ? (
        <p className="second">{t("assist.empty")}</p>
      ) : null}
      <ol className="candidates">
        {nearest.kind === "shown"
          ? nearest.courts.map((court) => (
              <li key={court.courtId} className="candidate">
                <Who court={court} />
                <Button
                  size="small"
                  loading={help.pending}
                  data-action="incident.assist"
                  data-court={court.courtId}
                  onClick={() => void help.send(court)}
                >
                  {t(wordOf(court, record))}
                </Button>
              </li>
            ))
          : null}
      </ol>
      <Outcome delivery={help.delivery} />
    </div>
  );
}

const wordOf = ({ courtId, asked }: NearestCourt, { dto }: StoredRecord<"incident">): string => {
  if (courtId === dto.courtId) return "assist.own";
  return asked === "ORDERED" ? "assist.order" : "assist.send";
};

function Who({ court }: { court: NearestCourt }) {
  const { t } = useTranslation("orders");
  const names = useNames();
  return (
    <div className="candidate-who">
      <b>{names.court(court.courtId)}</b>
      <span>{t("assist.km", { n: (court.distanceM / 1_000).toFixed(1) })}</span>
      <span>{t("assist.ready", { n: court.ready })}</span>
      {court.enough ? null : (
        <span className="chip" data-tone="soon">
          {t("assist.tooFew")}
        </span>
      )}
      {court.from === "SEAT" ? <span className="second">{t("assist.fromSeat")}</span> : null}
    </div>
  );
}
