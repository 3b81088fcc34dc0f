import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useOutbox } from "../../../link/outbox-context.tsx";
import { useStores } from "../../../store/stores-context.tsx";
import { useHello } from "../../../store/use-session.ts";
import type { DetentionReport } from "../detention-steps.ts";
import { SendButton } from "../parts/SendButton.tsx";
import { TextField } from "../parts/TextField.tsx";
import type { DetentionAtHand } from "./DetentionStepRow.tsx";
import { FIELDS_OF, missingIn, type StepEntry, statedAt, stepPayload } from "./step-payload.ts";

interface Props {
  readonly report: DetentionReport;
  readonly detention: DetentionAtHand;
}

/** A report about a person held: what must be told with it, when it was, and the button. */
export function StepForm({ report, detention }: Props) {
  const { t } = useTranslation("field");
  const { clock } = useStores();
  const outbox = useOutbox();
  const me = useHello()?.officerId;
  const [entry, setEntry] = useState<StepEntry>({});
  const [missing, setMissing] = useState<keyof StepEntry>();
  const about = { type: "detention", id: detention.id } as const;
  const send = () => {
    const gap = missingIn(report, entry);
    setMissing(gap);
    if (gap !== undefined) return;
    const stated = statedAt(entry.time, clock.serverNow());
    const { about: unknown } = detention;
    const payload = stepPayload(report, entry, { about: unknown, me });
    void outbox.submit({
      kind: report,
      ref: about,
      payload,
      ...(stated === undefined ? {} : { statedAt: stated }),
    });
  };
  return (
    <div className="f-form">
      {FIELDS_OF(report).map((name) => (
        <TextField
          key={name}
          label={t(`entry.${name}`)}
          value={entry[name] ?? ""}
          maxLength={name === "reason" || name === "impossibleReason" ? 500 : 60}
          onChange={(value) => setEntry((before) => ({ ...before, [name]: value }))}
          note={missing === name ? t(`entry.missing.${name}`) : undefined}
        />
      ))}
      <SendButton
        kind={report}
        about={about}
        look="next"
        label={t(`report.${detention.kind}.${report}`)}
        onPress={send}
      />
      <details className="f-details">
        <summary>{t("entry.late")}</summary>
        <TextField
          label={t("entry.time")}
          type="time"
          value={entry.time ?? ""}
          onChange={(time) => setEntry((before) => ({ ...before, time }))}
          note={t("entry.timeNote")}
        />
      </details>
    </div>
  );
}
