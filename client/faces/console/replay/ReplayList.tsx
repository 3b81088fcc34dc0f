import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { locateRef } from "../../../map/locate.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import { useStores } from "../../../store/stores-context.tsx";
import { useUi } from "../../../store/use-session.ts";
import { useDesk } from "../desk/desk-context.tsx";
import { KindIcon } from "../desk/KindIcon.tsx";
import { useNames } from "../desk/names.tsx";
import { recordTitle } from "../desk/record-title.ts";
import { type PastGroup, type PastKind, pastGroups } from "./past-rows.ts";
import type { ReplayFeed } from "./replay-feed.ts";
import { useReplayState } from "./use-replay.ts";

const CLOSE_ZOOM = 12;

/** What was under way at the instant; a row shows its place and opens nothing. */
export function ReplayList({ feed }: { feed: ReplayFeed }) {
  const { t } = useTranslation("replay");
  const maps = useStore(useStores().records, (s) => s.maps);
  const groups = useMemo(() => pastGroups(maps), [maps]);
  const isShown = useReplayState(feed, (s) => s.moment !== null);
  const isStale = useReplayState(feed, (s) => s.failure !== null || s.moment?.at !== s.at);
  return (
    <aside className="replay-list" aria-label={t("list")} data-unread={isStale ? "" : undefined}>
      <h2>{t("list")}</h2>
      <Officers feed={feed} />
      {isShown && groups.length === 0 ? <p className="empty">{t("empty")}</p> : null}
      {groups.map((group) => (
        <Group key={group.kind} group={group} />
      ))}
      <p className="second">{t("known")}</p>
      <p className="second">{t("noActs")}</p>
    </aside>
  );
}

/** How many dots there can be at most, and whether the tracks were whole. */
function Officers({ feed }: { feed: ReplayFeed }) {
  const { t } = useTranslation("replay");
  const picture = useReplayState(feed, (s) => s.moment?.picture);
  if (!picture) return null;
  const placed = picture.lat.reduce((sum, lat) => sum + (Number.isNaN(lat) ? 0 : 1), 0);
  return (
    <>
      <p className="replay-officers">
        {placed === 0 ? t("noOfficers") : t("officers", { n: placed })}
      </p>
      {picture.incomplete ? (
        <p className="refusal" role="status">
          {t("incomplete")}
        </p>
      ) : null}
    </>
  );
}

function Group({ group: { kind, rows, total } }: { group: PastGroup }) {
  const { t } = useTranslation("replay");
  return (
    <section>
      <h3>
        {t(`group.${kind}`)} {total}
      </h3>
      <ul>
        {rows.map((record) => (
          <Row key={record.id} record={record} />
        ))}
      </ul>
      {total > rows.length ? (
        <p className="second">{t("more", { n: total - rows.length })}</p>
      ) : null}
    </section>
  );
}

function Row({ record }: { record: StoredRecord<PastKind> }) {
  const { t } = useTranslation("console");
  const names = useNames();
  const desk = useDesk();
  const { ui, records } = useStores();
  const { type, id } = record;
  const isSelected = useUi((s) => s.selection?.id === id && s.selection.type === type);
  const { title, state } = recordTitle(record, t, names);
  const view = desk.map.current;
  const place = view && locateRef({ type, id }, records.getState().maps, view.fleet);
  const show = () => {
    ui.getState().select({ type, id });
    if (view && place) view.camera.flyTo(place, Math.max(view.map.getZoom(), CLOSE_ZOOM));
  };
  return (
    <li>
      <button type="button" className="replay-row" aria-current={isSelected} onClick={show}>
        <KindIcon type={type} />
        <span className="row-main">
          <span className="row-title">{title}</span>
          <span className="row-more">
            <b className="row-state">{state}</b>
            <span className="second">{names.court(record.dto.courtId)}</span>
            {place ? null : <span className="second">{t("replay:noPlace")}</span>}
          </span>
        </span>
      </button>
    </li>
  );
}
