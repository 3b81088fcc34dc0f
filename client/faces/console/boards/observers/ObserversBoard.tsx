import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../../../../store/dto.ts";
import { useRecords } from "../../../../store/use-records.ts";
import { useHello } from "../../../../store/use-session.ts";
import { formatTime } from "../../../../ui/format-time.ts";
import { useLanguage } from "../../../../ui/use-language.ts";
import { useNow } from "../../../../ui/use-now.tsx";
import { Watchers } from "../../../../ui/Watchers.tsx";
import { useNames } from "../../desk/names.tsx";
import { BoardCreate } from "../BoardCreate.tsx";
import { BoardRow } from "../BoardRow.tsx";
import { BoardSection } from "../BoardSection.tsx";
import { RowClock } from "../RowClock.tsx";
import { isOver } from "../turn.ts";

/** Who may look at us, what they wrote, and who looked (OVS-3). */
export function ObserversBoard() {
  const { t } = useTranslation("oversight");
  const seats = useRecords("observer");
  const opinions = useRecords("opinion");
  return (
    <>
      <div className="board-creates">
        <BoardCreate kind="observer.open" />
        <BoardCreate kind="opinion.register" />
      </div>
      <BoardSection title={t("observer.seats")} rows={seats} empty={t("observer.seatsEmpty")}>
        {(row) => <Seat key={row.id} row={row} />}
      </BoardSection>
      <BoardSection title={t("opinion.list")} rows={opinions} empty={t("opinion.empty")}>
        {(row) => <Opinion key={row.id} row={row} />}
      </BoardSection>
      <Watchers />
    </>
  );
}

function Seat({ row: { id, dto } }: { row: StoredRecord<"observer"> }) {
  const { t } = useTranslation("oversight");
  const names = useNames();
  const now = useNow(60_000);
  const language = useLanguage();
  return (
    <BoardRow
      about={{ type: "observer", id }}
      title={`${t(`observer.body.${dto.body}`)} · ${dto.organisation}`}
    >
      <span>{names.court(dto.courtId)}</span>
      <span>{t(`observer.scope.${dto.scope}`)}</span>
      <span>{t("observer.released", { n: dto.released?.length ?? 0 })}</span>
      <span className="second">
        {t("observer.until", { time: formatTime(dto.endsAt ?? 0, now, language) })}
      </span>
    </BoardRow>
  );
}

function Opinion({ row }: { row: StoredRecord<"opinion"> }) {
  const { t } = useTranslation("oversight");
  const names = useNames();
  const now = useNow(1_000);
  const courtId = useHello()?.courtId;
  const { dto } = row;
  const ours = dto.courtId === courtId;
  return (
    <BoardRow
      about={{ type: "opinion", id: row.id }}
      tone={ours && isOver(row, now) ? "act" : undefined}
      title={`${dto.docNo} · ${dto.organisation}`}
    >
      <span>{names.court(dto.courtId)}</span>
      <span>{t(`opinion.state.${dto.state}`)}</span>
      <RowClock record={row} />
    </BoardRow>
  );
}
