import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import type { StoredRecord } from "../../../../store/dto.ts";
import { useStores } from "../../../../store/stores-context.tsx";
import { useHello } from "../../../../store/use-session.ts";
import { useNow } from "../../../../ui/use-now.tsx";
import { useNames } from "../../desk/names.tsx";
import { BoardCreate } from "../BoardCreate.tsx";
import { BoardRow } from "../BoardRow.tsx";
import { BoardSection } from "../BoardSection.tsx";
import { RowClock } from "../RowClock.tsx";
import { toneOf, turnOf } from "../turn.ts";
import { delegationsOf, returnsByCode } from "./delegations-of.ts";

type Delegation = StoredRecord<"delegation">;

/** What we asked of peers, what they asked of us, and what goes on between courts below (OVS-1). */
export function DelegationBoard() {
  const { t } = useTranslation("oversight");
  const maps = useStore(useStores().records, (s) => s.maps);
  const hello = useHello();
  const now = useNow(1_000);
  const { sent, received, superior } = delegationsOf(maps, hello?.courtId, now);
  const isAbove = superior.length > 0 || hello?.courtId === rootOf(maps.court);
  return (
    <>
      <BoardCreate kind="delegation.draft" />
      <BoardSection
        title={t("delegation.received")}
        rows={received}
        empty={t("delegation.receivedEmpty")}
      >
        {(row) => <Row key={row.id} row={row} now={now} />}
      </BoardSection>
      <BoardSection title={t("delegation.sent")} rows={sent} empty={t("delegation.sentEmpty")}>
        {(row) => <Row key={row.id} row={row} now={now} />}
      </BoardSection>
      {isAbove ? (
        <BoardSection
          title={t("delegation.superior")}
          rows={superior}
          empty={t("delegation.superiorEmpty")}
        >
          {(row) => <Row key={row.id} row={row} now={now} />}
        </BoardSection>
      ) : null}
      <Returns rows={superior} />
    </>
  );
}

const rootOf = (courts: ReadonlyMap<string, StoredRecord<"court">>): string | undefined =>
  [...courts.values()].find(({ dto }) => dto.parentId === undefined)?.id;

function Row({ row, now }: { row: Delegation; now: number }) {
  const { t } = useTranslation("oversight");
  const names = useNames();
  const { courtId } = useHello() ?? {};
  const { dto } = row;
  const turn = turnOf(row);
  return (
    <BoardRow
      about={{ type: "delegation", id: row.id }}
      tone={toneOf(row, courtId, now)}
      title={`${t(`delegation.item.${dto.itemType}`)} · ${names.court(dto.courtId)} → ${names.court(dto.toCourtId)}`}
    >
      {dto.urgent ? <b>{t("delegation.urgent")}</b> : null}
      <span>{t(`delegation.state.${dto.state}`)}</span>
      {dto.returned ? <span>{t(`delegation.code.${dto.returned.code}`)}</span> : null}
      {turn ? (
        <span className="second">{t("delegation.turn", { court: names.court(turn) })}</span>
      ) : null}
      <span className="second">{dto.caseNo}</span>
      {(dto.overdue ?? []).length > 0 ? <span>{t("delegation.overdueTold")}</span> : null}
      <RowClock record={row} />
    </BoardRow>
  );
}

/** The common superior counts why courts below give back what peers ask of them. */
function Returns({ rows }: { rows: readonly Delegation[] }) {
  const { t } = useTranslation("oversight");
  const counts = returnsByCode(rows);
  if (counts.length === 0) return null;
  return (
    <section className="board-section">
      <h3>{t("delegation.returns")}</h3>
      <p className="board-facts">
        {counts.map(([code, n]) => (
          <span key={code}>
            {t(`delegation.code.${code}`)} <b>{n}</b>
          </span>
        ))}
      </p>
    </section>
  );
}
