import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../../../../store/dto.ts";
import { useRecordMap } from "../../../../store/use-records.ts";
import { useHello } from "../../../../store/use-session.ts";
import { useNow } from "../../../../ui/use-now.tsx";
import { useNames } from "../../desk/names.tsx";
import { BoardCreate } from "../BoardCreate.tsx";
import { BoardRow } from "../BoardRow.tsx";
import { BoardSection } from "../BoardSection.tsx";
import { RowClock } from "../RowClock.tsx";
import { toneOf, turnOf } from "../turn.ts";
import { supervisionsOf } from "./supervisions-of.ts";

/** What we supervise, what we are supervised about, what was copied to us (OVS-2). */
export function SupervisionBoard() {
  const { t } = useTranslation("oversight");
  const supervisions = useRecordMap("supervision");
  const courts = useRecordMap("court");
  const courtId = useHello()?.courtId;
  const now = useNow(1_000);
  const { byUs, ofUs, told } = supervisionsOf(supervisions, courtId, now);
  const hasBelow = [...courts.values()].some(({ dto }) => dto.parentId === courtId);
  return (
    <>
      {hasBelow ? <BoardCreate kind="supervision.open" to="down" /> : null}
      <BoardSection title={t("supervision.ofUs")} rows={ofUs} empty={t("supervision.ofUsEmpty")}>
        {(row) => <Row key={row.id} row={row} now={now} />}
      </BoardSection>
      {hasBelow ? (
        <BoardSection title={t("supervision.byUs")} rows={byUs} empty={t("supervision.byUsEmpty")}>
          {(row) => <Row key={row.id} row={row} now={now} />}
        </BoardSection>
      ) : null}
      {told.length > 0 ? (
        <BoardSection title={t("supervision.told")} rows={told} empty={t("supervision.toldEmpty")}>
          {(row) => <Row key={row.id} row={row} now={now} />}
        </BoardSection>
      ) : null}
    </>
  );
}

function Row({ row, now }: { row: StoredRecord<"supervision">; now: number }) {
  const { t } = useTranslation("oversight");
  const names = useNames();
  const { courtId } = useHello() ?? {};
  const { dto } = row;
  const turn = turnOf(row);
  const { items = [] } = dto;
  return (
    <BoardRow
      about={{ type: "supervision", id: row.id }}
      tone={toneOf(row, courtId, now)}
      title={`${t(`supervision.kind.${dto.kind}`)} · ${names.court(dto.courtId)} → ${names.court(dto.targetCourtId)}`}
    >
      <span>{t(`supervision.state.${dto.state}`)}</span>
      {dto.letterNo ? <span>{t("supervision.letter", { no: dto.letterNo })}</span> : null}
      <span className="second">{dto.caseNo}</span>
      {items.length > 0 ? (
        <span>
          {t("supervision.items", {
            closed: items.filter(({ closed }) => closed).length,
            all: items.length,
          })}
        </span>
      ) : null}
      {turn ? (
        <span className="second">{t("supervision.turn", { court: names.court(turn) })}</span>
      ) : null}
      <RowClock record={row} />
    </BoardRow>
  );
}
