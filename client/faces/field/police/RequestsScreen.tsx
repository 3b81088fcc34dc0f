import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../../../store/dto.ts";
import { useRecords } from "../../../store/use-records.ts";
import { ClockBadge } from "../../../ui/ClockBadge.tsx";
import { mostPressing } from "../../../ui/clock-look.ts";
import { useNow } from "../../../ui/use-now.tsx";
import { Screen } from "../parts/Screen.tsx";
import { StageOfItem } from "../parts/SendButton.tsx";
import { hrefOf } from "../route.ts";
import { useUnknownRequests } from "./use-unknown-requests.ts";

/** What was asked of the police, the newest first, and the way to ask. */
export function RequestsScreen() {
  const { t } = useTranslation(["field", "domain"]);
  const records = useRecords("police");
  const newest = useMemo(
    () => [...records].sort((a, b) => (b.dto.sentAt ?? 0) - (a.dto.sentAt ?? 0)),
    [records],
  );
  const unknown = useUnknownRequests();
  return (
    <Screen title={t("police.title")}>
      <a className="f-button" data-look="next" href={hrefOf({ screen: "newRequest" })}>
        {t("police.new")}
      </a>
      {unknown.map((item) => (
        <div key={item.id} className="f-row">
          <b>{t(`domain:police.kind.${String(item.envelope.payload["kind"])}`)}</b>
          <StageOfItem item={item} />
        </div>
      ))}
      {newest.map((record) => (
        <RequestRow key={record.id} record={record} />
      ))}
      {newest.length === 0 && unknown.length === 0 ? (
        <p className="f-empty">{t("police.none")}</p>
      ) : null}
    </Screen>
  );
}

function RequestRow({ record }: { record: StoredRecord<"police"> }) {
  const { t } = useTranslation("domain");
  const { kind, urgency, state, clocks } = record.dto;
  const clock = mostPressing(clocks, useNow());
  return (
    <a className="f-row f-row-tall" href={hrefOf({ screen: "request", id: record.id })}>
      <span>
        <b>
          {kind ? t(`police.kind.${kind}`) : ""} {urgency ? t(`police.urgency.${urgency}`) : ""}
        </b>
        {clock ? <ClockBadge clock={clock} short /> : null}
      </span>
      <span className="f-second">{state ? t(`police.state.${state}`) : ""}</span>
      <span aria-hidden="true">▸</span>
    </a>
  );
}
