import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../../../../store/dto.ts";
import { useRecord } from "../../../../store/use-records.ts";
import { useHello } from "../../../../store/use-session.ts";
import { Refusal } from "../../../../ui/Refusal.tsx";
import { useAct } from "../../../../ui/use-act.ts";
import { useDesk } from "../../desk/desk-context.tsx";
import type { FormValues } from "../../forms/form-spec.ts";
import { taskOn } from "../../forms/task.ts";
import { BoardRow } from "../BoardRow.tsx";
import { BoardSection } from "../BoardSection.tsx";

/** Telephones of the own desk: without any, the gateway is given court and role to look up. */
export function Contacts() {
  const { t } = useTranslation("duty");
  const courtId = useHello()?.courtId;
  const court = useRecord("court", courtId);
  if (!court) return null;
  return (
    <>
      <BoardSection
        title={t("contact.title")}
        rows={court.dto.dutyContacts ?? []}
        empty={t("contact.empty")}
      >
        {({ id, roles, phone }) => (
          <BoardRow
            key={id}
            about={{ type: "court", id: court.id }}
            title={id}
            acts={<SetContact court={court} initial={{ contactId: id, roles, phone }} />}
          >
            <span>{roles.map((role) => t(`domain:role.${role}`)).join("、")}</span>
            <span>{phone}</span>
          </BoardRow>
        )}
      </BoardSection>
      <p className="duty-tools">
        <SetContact court={court} initial={{ roles: ["DUTY_OFFICER"] }} />
      </p>
    </>
  );
}

/** The administrator's to do (REG-14); others see why not. */
function SetContact({ court, initial }: { court: StoredRecord<"court">; initial: FormValues }) {
  const { t } = useTranslation("console");
  const { store, newId } = useDesk();
  const act = useAct(court, "court.setDutyContact");
  if (act.kind === "absent") return null;
  const open = () => store.getState().open(taskOn("court.setDutyContact", court, newId, initial));
  return (
    <>
      <button
        type="button"
        className="duty-button"
        data-action="court.setDutyContact"
        disabled={act.kind === "refused"}
        onClick={open}
      >
        {t("action:court.setDutyContact")}
      </button>
      {act.kind === "refused" ? <Refusal refusal={act.refusal} /> : null}
    </>
  );
}
