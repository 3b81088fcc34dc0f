import { useTranslation } from "react-i18next";
import { formatTime } from "../../ui/format-time.ts";
import { Icon } from "../../ui/icons.tsx";
import { useLanguage } from "../../ui/use-language.ts";
import { useNow } from "../../ui/use-now.tsx";
import { wordsOf } from "../../ui/words-of.ts";
import type { Asked } from "./requests.ts";

/** What the unit has answered, at this desk or by telephone, and what the court reminded of. */
export function Said({ record }: { record: Asked }) {
  const { t } = useTranslation("partner");
  const language = useLanguage();
  const now = useNow(60_000);
  const time = (at: number) => formatTime(at, now, language);
  const answers = record.dto.answers ?? [];
  const handed = record.type === "police" ? record.dto.handedOver : undefined;
  return (
    <>
      <Reminders record={record} time={time} />
      {answers.length > 0 ? (
        <section className="p-said" aria-label={t("said")}>
          <h3>{t("said")}</h3>
          <ul>
            {answers.map((answer) => (
              <Answer
                key={`${answer.at} ${answer.state}`}
                of={record}
                answer={answer}
                time={time}
              />
            ))}
          </ul>
        </section>
      ) : null}
      {handed ? (
        <p className="p-handed">
          {t("handedOver", { time: time(handed.at), who: handed.receivedBy })}
        </p>
      ) : null}
    </>
  );
}

interface AnswerProps {
  readonly of: Asked;
  readonly answer: NonNullable<Asked["dto"]["answers"]>[number];
  readonly time: (at: number) => string;
}

function Answer({ of, answer, time }: AnswerProps) {
  const { t } = useTranslation("partner");
  const { state, byPhone, saidBy, occurredAt, at } = answer;
  return (
    <li data-phone={byPhone ? "" : undefined}>
      <time>{time(occurredAt ?? at)}</time>
      <b>{t(`domain:${of.type}.state.${state}`)}</b>
      <span>{saidBy}</span>
      <span className="p-how">
        <Icon name={byPhone ? "phone" : "acknowledged"} />
        {t(byPhone ? "byPhone" : "atDesk")}
      </span>
      {answer.note === undefined ? null : <q>{wordsOf(answer.note, t)}</q>}
    </li>
  );
}

function Reminders({ record, time }: { record: Asked; time: (at: number) => string }) {
  const { t } = useTranslation("partner");
  const reminders = record.type === "liaison" ? (record.dto.reminders ?? []) : [];
  if (reminders.length === 0) return null;
  return (
    <section className="p-reminders" aria-label={t("reminders", { n: reminders.length })}>
      <h3>
        <Icon name="soon" /> {t("reminders", { n: reminders.length })}
      </h3>
      <ul>
        {reminders.map(({ at, text }) => (
          <li key={at}>
            {t("remindedAt", { time: time(at) })}
            {text === undefined ? null : <q>{wordsOf(text, t)}</q>}
          </li>
        ))}
      </ul>
    </section>
  );
}
