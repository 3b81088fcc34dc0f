import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { type TextView, textOf } from "../../../../store/dto.ts";
import { useHello } from "../../../../store/use-session.ts";
import { formatTime } from "../../../../ui/format-time.ts";
import { useLanguage } from "../../../../ui/use-language.ts";
import { useNow } from "../../../../ui/use-now.tsx";
import type { InterferenceRow } from "../../desk/console-api.ts";
import { useDesk } from "../../desk/desk-context.tsx";
import { BoardCreate } from "../BoardCreate.tsx";
import { BoardSection } from "../BoardSection.tsx";

/** Whoever handles cases records an approach; only the president reads the records here (OVS-4). */
export function InterferenceBoard() {
  const { t } = useTranslation("oversight");
  const isPresident = useHello()?.roles.includes("PRESIDENT") ?? false;
  return (
    <>
      <p>{t("interference.duty")}</p>
      <BoardCreate kind="interference.record" />
      {isPresident ? <Records /> : <p className="second">{t("interference.notHere")}</p>}
    </>
  );
}

/** Asked as the president's seat: the console's view has none of them. */
function Records() {
  const { t } = useTranslation("oversight");
  const { api, store } = useDesk();
  const [rows, setRows] = useState<readonly InterferenceRow[]>();
  const [failed, setFailed] = useState<string>();
  useEffect(() => {
    let shown = true;
    const ask = () =>
      void api.interference().then((answer) => {
        if (!shown) return;
        if (answer.ok) setRows(answer.value);
        setFailed(answer.ok ? undefined : answer.failure.code);
      });
    ask();
    // A record that was just written from here stands in the list when its form closes.
    const stop = store.subscribe((now, before) => {
      if (before.task?.kind === "interference.record" && now.task === null) ask();
    });
    return () => {
      shown = false;
      stop();
    };
  }, [api, store]);
  if (failed) return <p role="alert">{t("watchers.failed", { code: failed })}</p>;
  if (!rows) return <p className="skeleton" aria-busy="true" />;
  return (
    <BoardSection title={t("interference.list")} rows={rows} empty={t("interference.empty")}>
      {(row) => <Row key={row.id} row={row} />}
    </BoardSection>
  );
}

function Row({ row: { dto } }: { row: InterferenceRow }) {
  const { t } = useTranslation(["oversight", "console"]);
  const now = useNow(60_000);
  const language = useLanguage();
  const said = (text: unknown) => textOf(text as TextView) ?? t("console:hiddenText");
  return (
    <li className="board-row interference-row">
      <time>{formatTime(dto.approachedAt, now, language)}</time>
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
        {t("interference.recordedBy")} {dto.recorder} · {formatTime(dto.recordedAt, now, language)}
      </span>
    </li>
  );
}
