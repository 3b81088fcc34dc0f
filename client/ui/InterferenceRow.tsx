import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../store/dto.ts";
import { formatTime } from "./format-time.ts";
import { useLanguage } from "./use-language.ts";
import { useNow } from "./use-now.tsx";
import { wordsOf } from "./words-of.ts";

/** Projected with it: those seats hold no registry. */
interface Named {
  readonly courtName?: string;
  readonly recorder?: string;
}

/** One approach, as it was written down; there is nothing to press. */
export function InterferenceRow({ dto }: Pick<StoredRecord<"interference">, "dto">) {
  const { t } = useTranslation(["oversight", "domain"]);
  const now = useNow(60_000);
  const language = useLanguage();
  const { courtName, recorder } = dto as Named;
  const said = (text: typeof dto.who) => wordsOf(text, t);
  return (
    <li className="board-row interference-row">
      <time>{formatTime(dto.approachedAt ?? 0, now, language)}</time>
      <b>{dto.caseNo}</b>
      <span>
        {t(`interference.approacher.${dto.approacher}`)} · {said(dto.who)} ·{" "}
        {t(`interference.by.${dto.approachedBy}`)}
      </span>
      <span>
        {t("interference.asked")}
        <q>{said(dto.asked)}</q>
      </span>
      {dto.answered === undefined ? null : (
        <span>
          {t("interference.answered")}
          <q>{said(dto.answered)}</q>
        </span>
      )}
      <span className="second">
        {t("interference.recordedBy")} {recorder} {courtName} ·{" "}
        {formatTime(dto.recordedAt ?? 0, now, language)}
      </span>
    </li>
  );
}
