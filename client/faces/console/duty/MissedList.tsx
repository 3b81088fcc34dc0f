import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type StoredRecord, textOf } from "../../../store/dto.ts";
import type { SeenNotice } from "../../../store/duty-dto.ts";
import type { OpenCall } from "../../../store/open-calls.ts";
import { useStores } from "../../../store/stores-context.tsx";
import { useLoaded, useRecord } from "../../../store/use-records.ts";
import { formatSeconds, formatTime } from "../../../ui/format-time.ts";
import { useLanguage } from "../../../ui/use-language.ts";
import { useNow } from "../../../ui/use-now.tsx";
import { useDesk } from "../desk/desk-context.tsx";
import { useNames } from "../desk/names.tsx";
import { recordTitle } from "../desk/record-title.ts";
import { ActNow } from "./ActNow.tsx";
import { type Missed, missedCount } from "./missed.ts";
import { useMissed } from "./use-missed.ts";

/**
 * Before work, once a page: what was missed, each acknowledged by name. It lies over the desk and
 * under the alarms, which wait for nothing; whoever must act first puts it aside.
 */
export function MissedList() {
  const loaded = useLoaded();
  const missed = useMissed();
  const [aside, setAside] = useState(false);
  const [shown, setShown] = useState(false);
  const count = missedCount(missed);
  const any = count > 0 || missed.told.length > 0;
  // What comes after the page stood is no longer "missed": bands, queue and boards bring it.
  const decided = useDecided(loaded);
  useEffect(() => {
    if (!decided && any) setShown(true);
  }, [decided, any]);
  useOpened(() => setAside(true));
  if (!shown || aside || !any) return null;
  return <Sheet missed={missed} count={count} onAside={() => setAside(true)} />;
}

/** Whoever opens a board, a form or a record goes to work: nothing may open below the sheet, unseen. */
function useOpened(then: () => void): void {
  const { store } = useDesk();
  const { ui } = useStores();
  const latest = useRef(then);
  useEffect(() => {
    latest.current = then;
  });
  useEffect(() => {
    const left = [
      store.subscribe((now, before) => {
        const board = now.board !== null && now.board !== before.board;
        if (board || (now.task !== null && now.task !== before.task)) latest.current();
      }),
      ui.subscribe((now, before) => {
        if (now.selection !== null && now.selection !== before.selection) latest.current();
      }),
    ];
    return () => {
      for (const leave of left) leave();
    };
  }, [store, ui]);
}

const SETTLE_MS = 3_000;

/** The first records are all here a moment after the first snapshot. */
function useDecided(loaded: boolean): boolean {
  const [decided, setDecided] = useState(false);
  useEffect(() => {
    if (!loaded) return;
    const timer = setTimeout(() => setDecided(true), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [loaded]);
  return decided;
}

function Sheet({ missed, count, onAside }: { missed: Missed; count: number; onAside: () => void }) {
  const { t } = useTranslation("duty");
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  return (
    <section className="missed" aria-label={t("missed.title")}>
      <header className="board-head">
        <h2 ref={head} tabIndex={-1}>
          {t("missed.head", { n: count })}
        </h2>
        <button type="button" className="duty-button" onClick={onAside}>
          {t(count > 0 ? "missed.aside" : "missed.begin")}
        </button>
      </header>
      <div className="board-body">
        <Rows title={t("missed.calls")} rows={missed.calls}>
          {(open) => <CallRow key={`${open.call.id} ${open.target.key}`} open={open} />}
        </Rows>
        <Rows title={t("missed.orders")} rows={missed.orders}>
          {(order) => <OrderRow key={order.id} order={order} />}
        </Rows>
        <Rows title={t("missed.notices")} rows={missed.notices}>
          {(notice) => <NoticeLine key={notice.id} notice={notice} />}
        </Rows>
        <Rows title={t("missed.told")} rows={missed.told}>
          {(notice) => <NoticeLine key={notice.id} notice={notice} />}
        </Rows>
      </div>
    </section>
  );
}

function Rows<T>({
  title,
  rows,
  children,
}: {
  title: string;
  rows: readonly T[];
  children: (row: T) => React.ReactNode;
}) {
  if (rows.length === 0) return null;
  return (
    <section className="board-section">
      <h3>
        {title} <b>{rows.length}</b>
      </h3>
      <ul>{rows.map(children)}</ul>
    </section>
  );
}

function CallRow({ open: { call, target, late } }: { open: OpenCall }) {
  const { t } = useTranslation("duty");
  const names = useNames();
  const record = useRecord("rollcall", call.id);
  return (
    <li className="missed-row">
      <span>
        <b>{t("roll.calledBy", { court: names.court(call.courtId) })}</b>{" "}
        {formatSeconds(call.calledAt)} {late ? t("roll.lateNow") : ""}
      </span>
      {record ? (
        <ActNow record={record} kind="rollcall.answer" payload={{ target: target.key }} />
      ) : null}
    </li>
  );
}

function OrderRow({ order }: { order: StoredRecord<"order"> }) {
  const { t } = useTranslation("console");
  const names = useNames();
  return (
    <li className="missed-row">
      <span>
        <b>{recordTitle(order, t, names).title}</b> {textOf(order.dto.body)}
      </span>
      <ActNow record={order} kind="order.sign" />
    </li>
  );
}

function NoticeLine({ notice }: { notice: SeenNotice }) {
  const { t } = useTranslation("duty");
  const names = useNames();
  const language = useLanguage();
  const now = useNow(60_000);
  const record = useRecord("notice", notice.id);
  return (
    <li className="missed-row">
      <span>
        <b>
          {t(`notice.kind.${notice.kind}`)} · {names.court(notice.courtId)}
        </b>{" "}
        {formatTime(notice.publishedAt, now, language)} {textOf(notice.body)}
      </span>
      {notice.owed && record ? <ActNow record={record} kind="notice.acknowledge" /> : null}
    </li>
  );
}
