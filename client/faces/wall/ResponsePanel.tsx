import { useTranslation } from "react-i18next";
import { formatDuration } from "../../ui/format-time.ts";
import { useLanguage } from "../../ui/use-language.ts";
import { useNow } from "../../ui/use-now.tsx";
import { Panel } from "./Panel.tsx";
import { incidentResponse, policeResponse, type Response } from "./response.ts";
import { useWithClosed } from "./use-with-closed.ts";

/** How fast calls were answered today, as far as this wall has seen them. */
export function ResponsePanel() {
  const { t } = useTranslation("wall");
  const incidents = useWithClosed("incident");
  const requests = useWithClosed("police");
  const now = useNow(60_000);
  return (
    <Panel title={t("response.title")}>
      <Line label={t("response.incident")} response={incidentResponse(incidents, now)} />
      <Line label={t("response.police")} response={policeResponse(requests, now)} />
    </Panel>
  );
}

function Line({ label, response }: { label: string; response: Response }) {
  const { t } = useTranslation("wall");
  const language = useLanguage();
  const { p50Ms, slowestMs, count } = response;
  return (
    <div className="wall-response">
      <span className="wall-response-name">{label}</span>
      {p50Ms === undefined || slowestMs === undefined ? (
        <span className="wall-response-none">{t("response.none")}</span>
      ) : (
        <>
          <span className="wall-response-p50">
            <small>{t("response.p50")}</small>
            <b>{formatDuration(p50Ms, language)}</b>
          </span>
          <span className="wall-response-more">
            {t("response.slowest")} {formatDuration(slowestMs, language)} ·{" "}
            {t("response.count", { n: count })}
          </span>
        </>
      )}
    </div>
  );
}
