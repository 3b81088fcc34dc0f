import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useOutbox } from "../../../link/outbox-context.tsx";
import { SendButton } from "../parts/SendButton.tsx";
import { TextField } from "../parts/TextField.tsx";
import type { SosStory } from "../sos-story.ts";

/** Asks to cancel: needs a reason, keeps the record, and the desk decides. Only once it is stored. */
export function CancelSos({ story }: { story: SosStory }) {
  const { t } = useTranslation("field");
  const [open, setOpen] = useState(false);
  const { incident } = story;
  if (story.ended || story.over) return null;
  if (!incident) return <p className="f-note">{t("sos.cancelLater")}</p>;
  if (story.cancelAsked) return <p className="f-note">{t("sos.cancelAsked")}</p>;
  if (open) return <CancelForm incidentId={incident.id} />;
  return (
    <button type="button" className="f-link" onClick={() => setOpen(true)}>
      {t("sos.cancel")}
    </button>
  );
}

function CancelForm({ incidentId }: { incidentId: string }) {
  const { t } = useTranslation("field");
  const outbox = useOutbox();
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const about = { type: "incident", id: incidentId } as const;
  const kind = "incident.requestCancel";
  const send = () => {
    const text = reason.trim();
    setMissing(text === "");
    if (text !== "") void outbox.submit({ kind, ref: about, payload: { reason: text } });
  };
  return (
    <div className="f-form">
      <TextField
        label={t("sos.cancelReason")}
        value={reason}
        onChange={setReason}
        rows={2}
        maxLength={500}
        note={missing ? t("sos.cancelNeedsReason") : t("sos.cancelKeeps")}
      />
      <SendButton
        kind={kind}
        about={about}
        look="plain"
        label={t("sos.cancelSend")}
        onPress={send}
      />
    </div>
  );
}
