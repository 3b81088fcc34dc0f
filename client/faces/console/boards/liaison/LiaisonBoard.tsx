import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../../../../store/dto.ts";
import { useRecordMap } from "../../../../store/use-records.ts";
import { useHello } from "../../../../store/use-session.ts";
import { useNow } from "../../../../ui/use-now.tsx";
import { useNames } from "../../desk/names.tsx";
import { recordTitle } from "../../desk/record-title.ts";
import { BoardCreate } from "../BoardCreate.tsx";
import { BoardRow } from "../BoardRow.tsx";
import { BoardSection } from "../BoardSection.tsx";
import { RowClock } from "../RowClock.tsx";
import { isOver } from "../turn.ts";
import { liaisonsOf } from "./liaisons-of.ts";

/** What linked units were asked, what they answered, and what followed a refusal (CON-37). */
export function LiaisonBoard() {
  const { t } = useTranslation("liaison");
  const liaison = useRecordMap("liaison");
  const suggestion = useRecordMap("suggestion");
  const courtId = useHello()?.courtId;
  const now = useNow(1_000);
  const { ours, waiting, followed, below } = liaisonsOf({ liaison, suggestion }, courtId, now);
  const row = (ours?: true) => (each: StoredRecord<"liaison" | "suggestion">) => (
    <Row key={each.id} row={each} tone={toneOf(each, now, ours)} now={now} />
  );
  return (
    <>
      <BoardCreate kind="liaison.send" />
      <BoardSection title={t("ours")} rows={ours} empty={t("oursEmpty")}>
        {row(true)}
      </BoardSection>
      <BoardSection title={t("waiting")} rows={waiting} empty={t("waitingEmpty")}>
        {row()}
      </BoardSection>
      <BoardSection title={t("followed")} rows={followed} empty={t("followedEmpty")}>
        {row(true)}
      </BoardSection>
      {below.length > 0 ? (
        <BoardSection title={t("below")} rows={below} empty={t("waitingEmpty")}>
          {row()}
        </BoardSection>
      ) : null}
    </>
  );
}

/** Red only where this court must act now. */
function toneOf(row: StoredRecord, now: number, ours?: true): "act" | "ours" | undefined {
  if (!ours) return undefined;
  return isOver(row, now) ? "act" : "ours";
}

interface RowProps {
  readonly row: StoredRecord<"liaison" | "suggestion">;
  readonly tone: "act" | "ours" | undefined;
  readonly now: number;
}

function Row({ row, tone, now }: RowProps) {
  const { t } = useTranslation("domain");
  const names = useNames();
  const { title, state } = recordTitle(row, t, names);
  const { courtId } = row.dto;
  return (
    <BoardRow about={{ type: row.type, id: row.id }} tone={tone} title={title}>
      <span>{state}</span>
      {isOver(row, now) ? <b>{t("liaison.overdue")}</b> : null}
      <span className="second">{names.court(courtId)}</span>
      <RowClock record={row} />
    </BoardRow>
  );
}
