import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useOutbox } from "../../../link/outbox-context.tsx";
import { useStores } from "../../../store/stores-context.tsx";
import { chinaInput } from "../../../ui/china-time.ts";
import { useField } from "../field-services.tsx";
import { Choice } from "../parts/Choice.tsx";
import { Screen } from "../parts/Screen.tsx";
import { TextField } from "../parts/TextField.tsx";
import { replaceWith } from "../route.ts";
import { useMyOperations } from "../use-field-records.ts";
import {
  APPROACHERS,
  type ApproachEntry,
  approachPayload,
  missingInApproach,
  WAYS,
} from "./report-payload.ts";

/** 过问记录: whoever handles cases writes it down himself, on whatever he holds. */
export function RecordApproach() {
  const { t } = useTranslation("field");
  const { clock } = useStores();
  const operation = useMyOperations()[0];
  const [missing, setMissing] = useState<keyof ApproachEntry>();
  const [entry, setEntry] = useState<ApproachEntry>(() => ({
    ...{ approacher: undefined, approachedBy: undefined, who: "", asked: "", answered: "" },
    caseNo: operation?.dto.caseNo ?? "",
    when: chinaInput(clock.serverNow()),
  }));
  const set = (part: Partial<ApproachEntry>) => setEntry((before) => ({ ...before, ...part }));
  const send = useSend(setMissing);
  const line = (name: "caseNo" | "who" | "when" | "asked" | "answered", more: object = {}) => (
    <TextField
      label={t(`approach.${name}`)}
      value={entry[name]}
      onChange={(value) => set({ [name]: value })}
      note={missing === name ? t("approach.missing") : undefined}
      {...more}
    />
  );
  return (
    <Screen title={t("approach.title")}>
      <p className="f-note">{t("approach.duty")}</p>
      <div className="f-form">
        {line("caseNo", { maxLength: 40 })}
        <Choice
          legend={t("approach.approacher")}
          options={APPROACHERS.map((value) => ({ value, label: t(`approach.as.${value}`) }))}
          value={entry.approacher}
          onChange={(approacher) => set({ approacher })}
        />
        {line("who", { maxLength: 300 })}
        <Choice
          legend={t("approach.by")}
          columns={3}
          options={WAYS.map((value) => ({ value, label: t(`approach.way.${value}`) }))}
          value={entry.approachedBy}
          onChange={(approachedBy) => set({ approachedBy })}
        />
        {line("when", { type: "datetime-local" })}
        {line("asked", { rows: 3, maxLength: 2_000 })}
        {line("answered", { rows: 2, maxLength: 2_000 })}
        {missing === undefined ? null : (
          <p className="f-warning" role="alert">
            {t("approach.incomplete")}
          </p>
        )}
      </div>
      <div className="f-go">
        <button type="button" className="f-button" data-look="next" onClick={() => send(entry)}>
          {t("approach.send")}
        </button>
      </div>
    </Screen>
  );
}

function useSend(setMissing: (gap: keyof ApproachEntry | undefined) => void) {
  const outbox = useOutbox();
  const { platform } = useField();
  return (entry: ApproachEntry) => {
    const gap = missingInApproach(entry);
    setMissing(gap);
    if (gap !== undefined) return;
    void outbox.submit({
      kind: "interference.record",
      ref: { type: "interference", id: platform.newId() },
      payload: approachPayload(entry),
    });
    replaceWith({ screen: "outbox" });
  };
}
