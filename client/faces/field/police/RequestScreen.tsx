import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useOutbox } from "../../../link/outbox-context.tsx";
import type { StoredRecord } from "../../../store/dto.ts";
import { useRecord } from "../../../store/use-records.ts";
import { ClockBadge } from "../../../ui/ClockBadge.tsx";
import { formatTime } from "../../../ui/format-time.ts";
import { useLanguage } from "../../../ui/use-language.ts";
import { useNow } from "../../../ui/use-now.tsx";
import { wordsOf } from "../../../ui/words-of.ts";
import { mayDo } from "../field-actor.ts";
import { Screen } from "../parts/Screen.tsx";
import { SendButton } from "../parts/SendButton.tsx";
import { TextField } from "../parts/TextField.tsx";
import { usePerson } from "../use-field-records.ts";

type Request = StoredRecord<"police">;

/** State, clocks, every answer with who said it, and the way to take it back. */
export function RequestScreen({ id }: { id: string }) {
  const { t } = useTranslation(["field", "domain"]);
  const record = useRecord("police", id);
  if (!record) {
    return (
      <Screen title={t("police.title")}>
        <p className="f-empty">{t("police.gone")}</p>
      </Screen>
    );
  }
  const { kind, urgency, state, clocks = [], detail, subject } = record.dto;
  return (
    <Screen title={kind ? t(`domain:police.kind.${kind}`) : t("police.title")}>
      <section className="f-card">
        <p className="f-op-head">
          <b>{urgency ? t(`domain:police.urgency.${urgency}`) : ""}</b>
          <span className="f-state">{state ? t(`domain:police.state.${state}`) : ""}</span>
        </p>
        {subject?.label ? <p>{subject.label}</p> : null}
        {detail === undefined ? null : <p>{wordsOf(detail, t)}</p>}
        <div className="f-clocks">
          {clocks.map((clock) => (
            <ClockBadge key={clock.name} clock={clock} />
          ))}
        </div>
      </section>
      <TakeOver record={record} />
      <Answers record={record} />
      <Withdraw record={record} />
    </Screen>
  );
}

function Answers({ record }: { record: Request }) {
  const { t } = useTranslation(["field", "domain"]);
  const now = useNow(60_000);
  const language = useLanguage();
  const answers = record.dto.answers ?? [];
  const declined = record.dto.state === "DECLINED";
  return (
    <>
      <h2 className="f-h2">{t("police.answers")}</h2>
      {answers.length === 0 ? <p className="f-empty">{t("police.noAnswers")}</p> : null}
      <ol className="f-steps">
        {answers.map((answer) => (
          <li key={`${answer.state}:${answer.at}`} data-done="true">
            <i aria-hidden="true" />
            <div>
              <b>{answer.state ? t(`domain:police.state.${answer.state}`) : ""}</b>
              <span className="f-second">
                {answer.saidBy} · {formatTime(answer.occurredAt ?? answer.at ?? now, now, language)}
              </span>
              {answer.note === undefined ? null : <small>{wordsOf(answer.note, t)}</small>}
            </div>
          </li>
        ))}
      </ol>
      {declined ? (
        <p className="f-warning">
          {t("police.declined", { reason: wordsOf(record.dto.declineReason, t) })}
        </p>
      ) : null}
    </>
  );
}

/** POL-21: a person whom the police hold is taken over by whoever stands there; a fact, never refused. */
function TakeOver({ record }: { record: Request }) {
  const outbox = useOutbox();
  const person = usePerson();
  const kind = "police.takeOver";
  if (record.dto.state !== "HELD_BY_POLICE") return null;
  if (!person || mayDo(person, kind, record.dto)) return null;
  const about = { type: "police", id: record.id } as const;
  const send = () => void outbox.submit({ kind, ref: about, payload: {} });
  return <SendButton kind={kind} about={about} look="next" onPress={send} />;
}

/** A request, so the law may say no; it says so beside the button. */
function Withdraw({ record }: { record: Request }) {
  const { t } = useTranslation("field");
  const outbox = useOutbox();
  const person = usePerson();
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  if (!person || mayDo(person, "police.cancel", record.dto)) return null;
  const about = { type: "police", id: record.id } as const;
  const { stateRev, acts } = record.dto;
  const rev = stateRev === undefined ? {} : { rev: stateRev };
  const send = () => {
    const text = reason.trim();
    setMissing(text === "");
    if (text === "") return;
    void outbox.submit({ kind: "police.cancel", ref: about, payload: { reason: text }, ...rev });
  };
  return (
    <details className="f-details">
      <summary>{t("police.cancel")}</summary>
      <div className="f-form">
        <TextField
          label={t("police.cancelReason")}
          value={reason}
          onChange={setReason}
          maxLength={500}
          note={missing ? t("police.cancelNeedsReason") : undefined}
        />
        <SendButton
          kind="police.cancel"
          about={about}
          look="plain"
          refusal={acts?.["police.cancel"] ?? undefined}
          onPress={send}
        />
      </div>
    </details>
  );
}
