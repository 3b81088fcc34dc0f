import { Skeleton } from "antd";
import { useCallback, useLayoutEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLoaded, useRecordMap } from "../../../store/use-records.ts";
import { useUi } from "../../../store/use-session.ts";
import { useDesk, useDeskState } from "../desk/desk-context.tsx";
import { useQueueItems } from "../desk/use-queue-items.ts";
import { CourtTree } from "./CourtTree.tsx";
import { subtreeIds } from "./court-counts.ts";
import { QueueRow } from "./QueueRow.tsx";
import { QueueTabs } from "./QueueTabs.tsx";
import { filterQueue } from "./queue-filter.ts";
import { itemKey, type QueueItem } from "./queue-item.ts";
import { useHeldOrder } from "./use-held-order.ts";

/** Rows drawn at once; the rest is counted and one press away. */
const ROWS = 120;

export function Queue() {
  const { t } = useTranslation("console");
  const items = useQueueItems();
  const courts = useRecordMap("court");
  const filter = useUi((s) => s.filter);
  const courtFilter = useUi((s) => s.courtFilter);
  const narrowed = useMemo(() => subtreeIds(courtFilter, courts), [courtFilter, courts]);
  const { shown, counts, forced } = useMemo(
    () => filterQueue(items, filter, narrowed),
    [items, filter, narrowed],
  );
  const order = useHeldOrder(shown);
  return (
    <section className="queue" aria-label={t("queue.title")}>
      <CourtTree items={items} />
      <QueueTabs counts={counts} />
      <div className="queue-scroll" {...order.hold}>
        <Rows items={order.items} forced={forced} />
      </div>
      {order.waiting > 0 ? (
        <p className="queue-foot" role="status">
          {t("queue.held", { n: order.waiting })}
        </p>
      ) : null}
    </section>
  );
}

function Rows({ items, forced }: { items: readonly QueueItem[]; forced: ReadonlySet<string> }) {
  const { t } = useTranslation("console");
  const loaded = useLoaded();
  const [limit, setLimit] = useState(ROWS);
  const selection = useUi((s) => s.selection);
  const open = useOpenRow();
  const cursor = useDeskState((s) => s.cursor);
  const drawn = items.slice(0, limit);
  useVisibleKeys(drawn);
  if (!loaded) return <QueueSkeleton />;
  if (items.length === 0) return <EmptyQueue />;
  const selected = selection ? itemKey(selection) : undefined;
  return (
    <ul className="queue-rows">
      {drawn.map((item) => (
        <QueueRow
          key={item.key}
          item={item}
          selected={item.key === selected}
          cursor={item.key === cursor}
          forced={forced.has(item.key)}
          onOpen={open}
        />
      ))}
      {items.length > limit ? (
        <li className="queue-more">
          <button type="button" className="plain-button" onClick={() => setLimit(limit + ROWS)}>
            {t("common:list.more", { n: items.length - limit })}
          </button>
        </li>
      ) : null}
    </ul>
  );
}

function useOpenRow(): (item: QueueItem) => void {
  const select = useUi((s) => s.select);
  const { store } = useDesk();
  return useCallback(
    ({ record, key }) => {
      store.getState().setCursor(key);
      select({ type: record.type, id: record.id });
    },
    [select, store],
  );
}

/** The keyboard moves over what is drawn. */
function useVisibleKeys(drawn: readonly QueueItem[]): void {
  const { rows } = useDesk();
  useLayoutEffect(() => {
    rows.current = drawn.map((item) => item.key);
  }, [drawn, rows]);
}

function QueueSkeleton() {
  const { t } = useTranslation();
  return (
    <div className="queue-skeleton" role="status" aria-label={t("common:list.loading")}>
      <Skeleton active={false} paragraph={{ rows: 10 }} title={false} />
    </div>
  );
}

function EmptyQueue() {
  const { t } = useTranslation("console");
  const filter = useUi((s) => s.filter);
  return (
    <div className="empty">
      <p>{t("queue.empty")}</p>
      <p className="second">{t(`queue.emptyHow.${filter}`)}</p>
    </div>
  );
}
