import "./partner.css";
import "./partner-card.css";
import { useTranslation } from "react-i18next";
import { useLoaded } from "../../store/use-records.ts";
import { useConnection } from "../../store/use-session.ts";
import { Part } from "../../ui/Failed.tsx";
import { LinkBanner } from "../../ui/LinkBanner.tsx";
import { TroubleNote } from "../../ui/TroubleNote.tsx";
import { UnitMonth } from "../../ui/unit-month/UnitMonth.tsx";
import { Card } from "./Card.tsx";
import { Ended } from "./Ended.tsx";
import { Header } from "./Header.tsx";
import { RequestList } from "./RequestList.tsx";
import type { Row } from "./requests.ts";
import { useMe } from "./use-me.ts";
import { useRows } from "./use-rows.ts";
import { useSelection } from "./use-selection.ts";
import { useRequestSounds, useTabTitle } from "./use-signals.ts";

/** `/partner`: a police station or another linked unit answers what courts ask of it. */
export function PartnerFace() {
  const loaded = useLoaded();
  const rows = useRows();
  const freshness = useConnection((s) => s.freshness);
  const me = useMe();
  useRequestSounds(rows);
  useTabTitle(rows);
  return (
    <main className="partner" data-freshness={freshness}>
      <LinkBanner />
      <TroubleNote />
      <Header rows={rows} me={me} />
      {loaded ? <Desk rows={rows} seat={me.seat} phone={me.phone} /> : <Skeleton />}
      <footer className="p-foot">
        <Part>
          <Ended />
        </Part>
        <Part>
          <details className="p-more">
            <summary>
              <MonthTitle />
            </summary>
            <UnitMonth />
          </details>
        </Part>
      </footer>
    </main>
  );
}

interface DeskProps {
  readonly rows: readonly Row[];
  readonly seat: { readonly lat: number; readonly lng: number } | undefined;
  readonly phone: string | undefined;
}

function Desk({ rows, seat, phone }: DeskProps) {
  const { t } = useTranslation("partner");
  const selection = useSelection(rows);
  const { record } = selection;
  if (!record) return <p className="p-none">{t("none")}</p>;
  return (
    <div className="p-columns">
      <RequestList rows={rows} selection={selection} />
      <Part>
        <Card
          key={`${record.type}:${record.id}`}
          record={record}
          left={selection.left}
          seat={seat}
          phone={phone}
          onNext={rows.length > 0 ? () => selection.choose(rows[0]) : undefined}
          onMove={selection.move}
        />
      </Part>
    </div>
  );
}

function MonthTitle() {
  const { t } = useTranslation("partner");
  return <>{t("month.title")}</>;
}

function Skeleton() {
  const { t } = useTranslation("partner");
  return (
    <div className="p-columns" aria-busy="true">
      <div className="p-list p-skeleton" role="status">
        <span className="visually-hidden">{t("loading")}</span>
      </div>
      <div className="p-card p-skeleton" />
    </div>
  );
}
