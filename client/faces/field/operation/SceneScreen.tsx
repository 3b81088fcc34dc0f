import { useState } from "react";
import { useTranslation } from "react-i18next";
import { SCENE_KINDS, sceneStillOwed } from "../../../operation/progress.ts";
import type { StoredRecord, TextView } from "../../../store/dto.ts";
import { formatTime } from "../../../ui/format-time.ts";
import { useLanguage } from "../../../ui/use-language.ts";
import { useNow } from "../../../ui/use-now.tsx";
import { wordsOf } from "../../../ui/words-of.ts";
import { StageOfItem } from "../parts/SendButton.tsx";
import { TextField } from "../parts/TextField.tsx";
import { useReport, useWaiting } from "./use-report.ts";

type Props = { readonly operation: StoredRecord<"operation"> };

/** 告知 警戒 开启 清点 签名: one press each, with the time at which it was pressed. */
export function SceneScreen({ operation }: Props) {
  const { t } = useTranslation("operation");
  const owed = sceneStillOwed(operation.dto);
  const report = useReport(operation.id);
  const [note, setNote] = useState("");
  const press = (fact: string) => {
    const text = note.trim();
    report("operation.recordScene", { fact, ...(text ? { text } : {}) });
    setNote("");
  };
  const done = new Set((operation.dto.facts?.scene ?? []).map(({ kind }) => kind));
  return (
    <>
      {owed.length > 0 ? (
        <p className="f-warning">
          {t("field.owed", { list: owed.map((kind) => t(`scene.${kind}`)).join(t("field.comma")) })}
        </p>
      ) : null}
      <div className="f-scene">
        {SCENE_KINDS.map((kind) => (
          <button key={kind} type="button" data-done={done.has(kind)} onClick={() => press(kind)}>
            {t(`scene.${kind}`)}
          </button>
        ))}
      </div>
      <TextField label={t("field.note")} value={note} onChange={setNote} maxLength={500} rows={2} />
      <SceneLog operation={operation} />
    </>
  );
}

function SceneLog({ operation }: Props) {
  const { t } = useTranslation("operation");
  const now = useNow(60_000);
  const language = useLanguage();
  const scene = [...(operation.dto.facts?.scene ?? [])].reverse();
  const waiting = useWaiting(operation.id).filter(
    ({ envelope }) => envelope.kind === "operation.recordScene",
  );
  if (scene.length + waiting.length === 0) return <p className="f-empty">{t("facts.none")}</p>;
  return (
    <ul className="f-list">
      {waiting.map((item) => (
        <li key={item.id} className="f-row">
          <span>{t(`scene.${String(item.envelope.payload.fact)}`)}</span>
          <StageOfItem item={item} />
        </li>
      ))}
      {scene.map((fact) => (
        <li key={`${fact.kind} ${fact.at}`} className="f-row">
          <span>
            {t(`scene.${fact.kind}`)}
            {fact.text === undefined ? null : <small>{wordsOf(fact.text as TextView, t)}</small>}
          </span>
          <time className="f-second">{formatTime(fact.at, now, language)}</time>
        </li>
      ))}
    </ul>
  );
}
