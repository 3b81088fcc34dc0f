import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useOutbox } from "../../../link/outbox-context.tsx";
import { useHello } from "../../../store/use-session.ts";
import { useField } from "../field-services.tsx";
import { TextField } from "../parts/TextField.tsx";
import { useMyOperations } from "../use-field-records.ts";

/** To the own court's centre; offline it waits in the outbox like everything else. */
export function Compose() {
  const { t } = useTranslation("field");
  const outbox = useOutbox();
  const { platform } = useField();
  const courtId = useHello()?.courtId;
  const operationId = useMyOperations()[0]?.id;
  const [text, setText] = useState("");
  const send = () => {
    const words = text.trim();
    if (words === "" || courtId === undefined) return;
    void outbox.submit({
      kind: "message.send",
      ref: { type: "message", id: platform.newId() },
      payload: { toCourtId: courtId, text: words, ...(operationId ? { operationId } : {}) },
    });
    setText("");
  };
  return (
    <form
      className="f-compose"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <TextField
        label={t("messages.toCentre")}
        value={text}
        onChange={setText}
        rows={2}
        maxLength={500}
      />
      <button type="submit" className="f-button" disabled={text.trim() === ""}>
        {t("common:action.send")}
      </button>
    </form>
  );
}
