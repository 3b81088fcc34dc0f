import { Popconfirm } from "antd";
import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../../../../store/dto.ts";
import { useRecord } from "../../../../store/use-records.ts";
import { useHello } from "../../../../store/use-session.ts";
import { Outcome, Refusal } from "../../../../ui/Refusal.tsx";
import { useAct } from "../../../../ui/use-act.ts";
import { useSend } from "../../actions/use-send.ts";
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
            acts={
              <>
                <SetContact
                  court={court}
                  initial={{ contactId: id, roles }}
                  label={t("contact.change")}
                />
                <RemoveContact court={court} payload={{ contactId: id, roles }} />
              </>
            }
          >
            <span>{roles.map((role) => t(`domain:role.${role}`)).join("、")}</span>
            <span>{phone}</span>
          </BoardRow>
        )}
      </BoardSection>
      <div className="duty-tools">
        <SetContact court={court} initial={{ roles: ["DUTY_OFFICER"] }} />
      </div>
    </>
  );
}

/** For whoever runs the centre (REG-14); others see why not. A masked number is typed anew. */
function SetContact({
  court,
  initial,
  label,
}: {
  court: StoredRecord<"court">;
  initial: FormValues;
  label?: string;
}) {
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
        {label ?? t("action:court.setDutyContact")}
      </button>
      {act.kind === "refused" && label === undefined ? <Refusal refusal={act.refusal} /> : null}
    </>
  );
}

/** A second look first: whom nobody calls any more, nobody wakes. */
function RemoveContact({
  court,
  payload,
}: {
  court: StoredRecord<"court">;
  payload: Readonly<Record<string, unknown>>;
}) {
  const { t } = useTranslation("duty");
  const act = useAct(court, "court.setDutyContact");
  const ref = { type: "court", id: court.id } as const;
  const { pending, delivery, send } = useSend("court.setDutyContact", ref, court);
  if (act.kind === "absent") return null;
  const refused = act.kind === "refused";
  return (
    <>
      <Popconfirm
        title={t("contact.removeAsk")}
        onConfirm={() => void send(payload)}
        disabled={refused}
      >
        <button
          type="button"
          className="duty-button"
          data-remove={String(payload.contactId)}
          disabled={refused || pending}
          aria-busy={pending}
        >
          {t("contact.remove")}
        </button>
      </Popconfirm>
      <Outcome delivery={delivery} />
    </>
  );
}
