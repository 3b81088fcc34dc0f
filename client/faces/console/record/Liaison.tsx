import { useTranslation } from "react-i18next";
import { liaisonSpec } from "../../../../shared/domain/unit/catalogue.ts";
import type { StoredRecord, TextView } from "../../../store/dto.ts";
import { useRecords } from "../../../store/use-records.ts";
import { useUi } from "../../../store/use-session.ts";
import { useBilingual } from "../../../ui/use-language.ts";
import { wordsOf } from "../../../ui/words-of.ts";
import { useNames } from "../desk/names.tsx";
import { recordTitle } from "../desk/record-title.ts";
import { TimeText } from "./FactList.tsx";

/** What was said by and to a linked unit, and what followed its refusal. */
export function Liaison({ record }: { record: StoredRecord }) {
  if (record.type === "liaison") return <Request record={record as StoredRecord<"liaison">} />;
  if (record.type === "suggestion")
    return <Replies record={record as StoredRecord<"suggestion">} />;
  return null;
}

interface Said {
  readonly at: number;
  readonly what: string;
  readonly how?: string;
  readonly no?: string | undefined;
  readonly text?: TextView | undefined;
}

function SaidList({ title, empty, said }: { title: string; empty: string; said: readonly Said[] }) {
  const { t } = useTranslation("console");
  return (
    <section className="drawer-part" aria-label={title}>
      <h3>{title}</h3>
      {said.length === 0 ? <p className="second">{empty}</p> : null}
      <ol className="timeline">
        {said.map(({ at, what, how, no, text }) => (
          <li key={`${at} ${what}`}>
            <TimeText at={at} />
            <span>
              {what} {no} <span className="second">{how}</span>
              {text === undefined ? null : <q>{wordsOf(text, t)}</q>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Request({ record }: { record: StoredRecord<"liaison"> }) {
  const { t } = useTranslation(["liaison", "console"]);
  const names = useNames();
  const { answers = [], reminders = [] } = record.dto;
  const said: Said[] = [
    ...answers.map(({ at, state, saidBy, byPhone, typedBy, replyNo, note }) => ({
      at,
      what: `${t(`domain:liaison.state.${state}`)} · ${saidBy}`,
      how: byPhone
        ? t("console:answers.typedBy", { name: names.officer(typedBy) })
        : t("console:answers.atDesk"),
      no: replyNo,
      text: note,
    })),
    ...reminders.map(({ at, by, text }) => ({
      at,
      what: t("reminded"),
      how: names.officer(by),
      text,
    })),
  ];
  return (
    <>
      <Basis dto={record.dto} />
      <SaidList
        title={t("answers")}
        empty={t("answersEmpty")}
        said={said.sort((a, b) => a.at - b.at)}
      />
      <Consequences liaisonId={record.id} />
    </>
  );
}

/** The decision that obliges the unit, from the catalogue (UNIT-8). */
function Basis({ dto: { unitType, service } }: { dto: StoredRecord<"liaison">["dto"] }) {
  const { t } = useTranslation("liaison");
  const say = useBilingual();
  const spec = unitType && service && liaisonSpec(unitType, service);
  if (!spec) return null;
  const words = { basis: say(spec.basis), n: spec.workingDays };
  return <p className="second drawer-part">{t("basis", words)}</p>;
}

/** A refusal is not closed before one of these (LIA-8). */
function Consequences({ liaisonId }: { liaisonId: string }) {
  const { t } = useTranslation("liaison");
  const names = useNames();
  const select = useUi((s) => s.select);
  const all = useRecords("suggestion").filter(({ dto }) => dto.liaisonId === liaisonId);
  if (all.length === 0) return null;
  return (
    <section className="drawer-part" aria-label={t("consequences")}>
      <h3>{t("consequences")}</h3>
      <ul>
        {all.map((each) => {
          const { title, state } = recordTitle(each, t, names);
          return (
            <li key={each.id}>
              <button
                type="button"
                className="link-button"
                onClick={() => select({ type: "suggestion", id: each.id })}
              >
                {title}
              </button>{" "}
              <b className="chip">{state}</b>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Replies({ record }: { record: StoredRecord<"suggestion"> }) {
  const { t } = useTranslation("liaison");
  const names = useNames();
  if (record.dto.kind !== "SUGGESTION") return null;
  const said = (record.dto.replies ?? []).map(({ at, by, text, replyNo }) => ({
    at,
    what: t("replied"),
    how: names.officer(by),
    no: replyNo,
    text,
  }));
  return <SaidList title={t("replies")} empty={t("repliesEmpty")} said={said} />;
}
