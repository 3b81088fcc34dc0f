import { useTranslation } from "react-i18next";
import type { StoredRecord, TextView } from "../../../store/dto.ts";
import { wordsOf } from "../../../ui/words-of.ts";
import { useSend } from "../actions/use-send.ts";
import { useNames } from "../desk/names.tsx";
import { TimeText } from "../record/FactList.tsx";
import { ReportButton, useMay } from "./ReportButton.tsx";

type Row = StoredRecord<"operation">;
type Facts = NonNullable<Row["dto"]["facts"]>;
type Attendee = Facts["attendees"][number];

/** 见证人 公证员 律师 …: by role; private persons by their mark only. */
export function Attendees({ record }: { record: Row }) {
  const { t } = useTranslation("operation");
  const attendees = record.dto.facts?.attendees ?? [];
  return (
    <section className="drawer-part" aria-label={t("attendees.title")}>
      <h3>
        {t("attendees.title")} <span className="second">{attendees.length}</span>
      </h3>
      {attendees.length === 0 ? <p className="second">{t("attendees.none")}</p> : null}
      <ul className="plain-list">
        {attendees.map((attendee) => (
          <AttendeeRow key={attendee.id} attendee={attendee} record={record} />
        ))}
      </ul>
      <ReportButton
        kind="operation.recordAttendee"
        record={record}
        initial={{ role: "WITNESS", refused: false }}
      />
    </section>
  );
}

function AttendeeRow({ attendee, record }: { attendee: Attendee; record: Row }) {
  const { t } = useTranslation("operation");
  const { role, subject, office, refused, reason, from, to } = attendee;
  return (
    <li data-attendee={attendee.id}>
      <b>{t(`attendee.${role}`)}</b> <span>{office ?? subject?.label}</span>{" "}
      {refused ? <b className="late">{t("attendees.refused")}</b> : null}
      {reason === undefined ? null : <q>{wordsOf(reason as TextView, t)}</q>}
      <span className="second">
        {from === undefined ? null : <TimeText at={from} />}
        {to === undefined ? null : (
          <>
            {" – "}
            <TimeText at={to} />
          </>
        )}
      </span>{" "}
      {refused || to !== undefined ? null : <Left attendee={attendee} record={record} />}
    </li>
  );
}

function Left({ attendee, record }: { attendee: Attendee; record: Row }) {
  const { t } = useTranslation("operation");
  const { pending, send } = useSend(
    "operation.attendeeLeft",
    { type: "operation", id: record.id },
    record,
  );
  if (!useMay("operation.attendeeLeft", record)) return null;
  return (
    <button
      type="button"
      className="plain-button"
      disabled={pending}
      onClick={() => void send({ attendeeId: attendee.id })}
    >
      {t("attendees.left")}
    </button>
  );
}

/** 警戒 开启 清点 签名 …, each with its time and hand. */
export function SceneFacts({ record }: { record: Row }) {
  const { t } = useTranslation("operation");
  const names = useNames();
  const scene = record.dto.facts?.scene ?? [];
  return (
    <section className="drawer-part" aria-label={t("facts.title")}>
      <h3>
        {t("facts.title")} <span className="second">{scene.length}</span>
      </h3>
      {scene.length === 0 ? <p className="second">{t("facts.none")}</p> : null}
      <ol className="timeline">
        {scene.map((fact) => (
          <li key={`${fact.kind} ${fact.at}`}>
            <TimeText at={fact.at} />
            <span>
              {t(`scene.${fact.kind}`)}
              <span className="second"> · {names.officer(fact.by)}</span>
              {fact.text === undefined ? null : <q>{wordsOf(fact.text as TextView, t)}</q>}
            </span>
          </li>
        ))}
      </ol>
      <ReportButton kind="operation.recordScene" record={record} />
    </section>
  );
}
