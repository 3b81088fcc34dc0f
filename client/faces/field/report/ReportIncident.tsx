import { useState } from "react";
import { useTranslation } from "react-i18next";
import { REPORTED_KINDS } from "../../../../shared/domain/incident/state.ts";
import { useOutbox } from "../../../link/outbox-context.tsx";
import { useField, usePosition } from "../field-services.tsx";
import { Choice } from "../parts/Choice.tsx";
import { Screen } from "../parts/Screen.tsx";
import { TextField } from "../parts/TextField.tsx";
import { replaceWith } from "../route.ts";
import { useMyOperations } from "../use-field-records.ts";
import { type IncidentEntry, incidentPayload, LEVELS } from "./report-payload.ts";

/** What happened beside a call for help: to the own centre, with the place, from a dead zone too. */
export function ReportIncident() {
  const { t } = useTranslation(["field", "domain"]);
  const [entry, setEntry] = useState<IncidentEntry>({
    kind: undefined,
    level: "GENERAL",
    detail: "",
  });
  const set = (part: Partial<IncidentEntry>) => setEntry((before) => ({ ...before, ...part }));
  const send = useSend();
  const fix = usePosition((s) => s.fix);
  return (
    <Screen title={t("incident.title")}>
      <p className="f-note">{t("incident.notSos")}</p>
      <div className="f-form">
        <Choice
          legend={t("incident.kind")}
          options={REPORTED_KINDS.map((value) => ({
            value,
            label: t(`domain:incident.kind.${value}`),
          }))}
          value={entry.kind}
          onChange={(kind) => set({ kind })}
        />
        <Choice
          legend={t("incident.level")}
          columns={4}
          options={LEVELS.map((value) => ({ value, label: t(`domain:incident.level.${value}`) }))}
          value={entry.level}
          onChange={(level) => set({ level })}
        />
        <p className={fix ? "f-note" : "f-warning"}>
          {fix ? t("police.place", { n: Math.round(fix.accuracyM ?? 0) }) : t("incident.noFix")}
        </p>
        <TextField
          label={t("incident.detail")}
          value={entry.detail}
          rows={3}
          maxLength={2_000}
          onChange={(detail) => set({ detail })}
        />
      </div>
      <div className="f-go">
        <button
          type="button"
          className="f-button"
          data-look="next"
          disabled={entry.kind === undefined}
          onClick={() => send(entry)}
        >
          {t(entry.kind ? "incident.send" : "incident.chooseKind")}
        </button>
      </div>
    </Screen>
  );
}

function useSend() {
  const outbox = useOutbox();
  const { platform } = useField();
  const fix = usePosition((s) => s.fix);
  const mine = useMyOperations()[0];
  const operation = mine ? { id: mine.id, caseNo: mine.dto.caseNo } : undefined;
  return (entry: IncidentEntry) => {
    void outbox.submit({
      kind: "incident.report",
      ref: { type: "incident", id: platform.newId() },
      payload: incidentPayload(entry, { operation, fix }),
    });
    replaceWith({ screen: "outbox" });
  };
}
