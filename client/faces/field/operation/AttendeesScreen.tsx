import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useOutbox } from "../../../link/outbox-context.tsx";
import { ATTENDEE_ROLES } from "../../../operation/progress.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import { formatTime } from "../../../ui/format-time.ts";
import { useLanguage } from "../../../ui/use-language.ts";
import { useNow } from "../../../ui/use-now.tsx";
import { useField } from "../field-services.tsx";
import { Choice } from "../parts/Choice.tsx";
import { StageOfItem } from "../parts/SendButton.tsx";
import { TextField } from "../parts/TextField.tsx";
import { attendeeReport, isPrivate, NEW_ATTENDEE } from "./attendee-entry.ts";
import { useReport, useWaiting } from "./use-report.ts";

type Props = { readonly operation: StoredRecord<"operation"> };
type Attendee = NonNullable<Props["operation"]["dto"]["facts"]>["attendees"][number];

/** Who attends, present or called and refused: recorded on the spot, with or without a network. */
export function AttendeesScreen({ operation }: Props) {
  const { t } = useTranslation("operation");
  const attendees = operation.dto.facts?.attendees ?? [];
  const waiting = useWaiting(operation.id).filter(
    ({ envelope }) => envelope.kind === "operation.recordAttendee",
  );
  return (
    <>
      {attendees.length + waiting.length === 0 ? (
        <p className="f-empty">{t("attendees.none")}</p>
      ) : null}
      <ul className="f-list">
        {attendees.map((attendee) => (
          <Recorded key={attendee.id} attendee={attendee} operationId={operation.id} />
        ))}
        {waiting.map((item) => (
          <li key={item.id} className="f-row">
            <span>{t(`attendee.${String(item.envelope.payload.role)}`)}</span>
            <StageOfItem item={item} />
          </li>
        ))}
      </ul>
      <Add operationId={operation.id} />
    </>
  );
}

function Recorded({ attendee, operationId }: { attendee: Attendee; operationId: string }) {
  const { t } = useTranslation("operation");
  const now = useNow(60_000);
  const language = useLanguage();
  const report = useReport(operationId);
  const { id, role, office, subject, refused, from, to } = attendee;
  const times = [from, to].filter((at) => at !== undefined);
  return (
    <li className="f-row f-row-tall">
      <span>
        <b>
          {t(`attendee.${role}`)} {office ?? subject?.label}
        </b>
        <small className="f-second">
          {refused
            ? t("attendees.refused")
            : times.map((at) => formatTime(at, now, language)).join(" – ")}
        </small>
      </span>
      {refused || to !== undefined ? null : (
        <button
          type="button"
          className="f-link"
          onClick={() => report("operation.attendeeLeft", { attendeeId: id })}
        >
          {t("field.left")}
        </button>
      )}
    </li>
  );
}

function Add({ operationId }: { operationId: string }) {
  const { t } = useTranslation("operation");
  const [entry, setEntry] = useState(NEW_ATTENDEE);
  const [missing, setMissing] = useState<"name" | "office">();
  const send = useSendAttendee(operationId);
  const set = (change: Partial<typeof entry>) => setEntry((before) => ({ ...before, ...change }));
  const save = () => {
    const lacks = send(entry);
    setMissing(lacks);
    if (!lacks) setEntry(NEW_ATTENDEE);
  };
  return (
    <section className="f-form" aria-label={t("field.addAttendee")}>
      <Choice
        legend={t("field.role")}
        columns={3}
        options={ATTENDEE_ROLES.map((value) => ({ value, label: t(`attendee.${value}`) }))}
        value={ATTENDEE_ROLES.find((role) => role === entry.role)}
        onChange={(role) => set({ role })}
      />
      {isPrivate(entry.role) ? (
        <TextField
          label={t("field.name")}
          value={entry.name}
          maxLength={40}
          autoComplete="off"
          onChange={(name) => set({ name })}
          note={missing === "name" ? t("field.needsName") : undefined}
        />
      ) : (
        <TextField
          label={t("field.office")}
          value={entry.office}
          maxLength={80}
          autoComplete="off"
          onChange={(office) => set({ office })}
          note={missing === "office" ? t("field.needsOffice") : undefined}
        />
      )}
      <Choice
        legend={t("field.came")}
        options={[
          { value: "yes", label: t("field.came") },
          { value: "no", label: t("field.refused") },
        ]}
        value={entry.refused ? "no" : "yes"}
        onChange={(came) => set({ refused: came === "no" })}
      />
      {entry.refused ? (
        <TextField
          label={t("field.reason")}
          value={entry.reason}
          maxLength={500}
          onChange={(reason) => set({ reason })}
        />
      ) : null}
      <button type="button" className="f-button" data-look="next" onClick={save}>
        {t("field.save")}
      </button>
    </section>
  );
}

/** Returns what is missing; a private person's name rides to the vault before the report. */
function useSendAttendee(operationId: string) {
  const outbox = useOutbox();
  const { platform } = useField();
  return (entry: typeof NEW_ATTENDEE): "name" | "office" | undefined => {
    const made = attendeeReport(entry, { attendee: platform.newId(), subject: platform.newId() });
    if ("missing" in made) return made.missing;
    const { halves, payload } = made;
    const ref = { type: "operation", id: operationId } as const;
    void outbox.submit(
      { kind: "operation.recordAttendee", ref, payload },
      halves ? { subject: { id: halves.ref.id, identity: halves.identity } } : {},
    );
    return undefined;
  };
}
