import { useTranslation } from "react-i18next";
import { useOutbox } from "../../../link/outbox-context.tsx";
import type { StoredRecord } from "../../../store/dto.ts";
import { SendButton } from "../parts/SendButton.tsx";

/** 上岗 / 下岗: a fact, so it is said and not asked; off duty there is no tracking. */
export function DutyButton({
  officer,
  look,
}: {
  officer: StoredRecord<"officer">;
  look: "next" | "plain";
}) {
  const { t } = useTranslation("field");
  const outbox = useOutbox();
  const off = officer.dto.duty === "OFF_DUTY";
  const about = { type: "officer", id: officer.id } as const;
  const payload = { duty: off ? "ON_DUTY" : "OFF_DUTY" };
  return (
    <SendButton
      kind="officer.setDuty"
      about={about}
      look={look}
      label={t(off ? "duty.goOn" : "duty.goOff")}
      onPress={() => void outbox.submit({ kind: "officer.setDuty", ref: about, payload })}
    />
  );
}
