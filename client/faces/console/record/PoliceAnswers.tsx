import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../../../store/dto.ts";
import { wordsOf } from "../../../ui/words-of.ts";
import { useNames } from "../desk/names.tsx";
import { TimeText } from "./FactList.tsx";

/** What the police said, who said it, and whether at their own desk or through who typed it in. */
export function PoliceAnswers({ record }: { record: StoredRecord<"police"> }) {
  const { t } = useTranslation("console");
  const names = useNames();
  const answers = record.dto.answers ?? [];
  return (
    <section className="drawer-part" aria-label={t("answers.title")}>
      <h3>{t("answers.title")}</h3>
      {answers.length === 0 ? <p className="second">{t("answers.empty")}</p> : null}
      <ol className="timeline">
        {answers.map((answer) => (
          <li key={`${answer.at} ${answer.state}`}>
            <TimeText at={answer.at} />
            <span>
              {t(`domain:police.state.${answer.state}`)} · {answer.saidBy}
              <span className="second">
                {" "}
                {answer.byPhone === false
                  ? t("answers.atDesk")
                  : t("answers.typedBy", { name: names.officer(answer.typedBy) })}
              </span>
              {answer.note === undefined ? null : <q>{wordsOf(answer.note, t)}</q>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
