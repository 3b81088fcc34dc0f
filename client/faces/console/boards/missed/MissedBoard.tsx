import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../../../../store/dto.ts";
import type { SeenNotice } from "../../../../store/duty-dto.ts";
import type { OpenCall } from "../../../../store/open-calls.ts";
import { useLoaded, useRecord } from "../../../../store/use-records.ts";
import { formatSeconds, formatTime } from "../../../../ui/format-time.ts";
import { useLanguage } from "../../../../ui/use-language.ts";
import { useNow } from "../../../../ui/use-now.tsx";
import { wordsOf } from "../../../../ui/words-of.ts";
import { useDesk } from "../../desk/desk-context.tsx";
import { useNames } from "../../desk/names.tsx";
import { recordTitle } from "../../desk/record-title.ts";
import { ActNow } from "../../duty/ActNow.tsx";
import { missedCount } from "../../duty/missed.ts";
import { useMissed } from "../../duty/use-missed.ts";
import { BoardLoading } from "../BoardLoading.tsx";

/** What was missed, each acknowledged by name; whoever must act first puts it aside. */
export function MissedBoard() {
  const { t } = useTranslation("duty");
  const { store } = useDesk();
  const missed = useMissed();
  const count = missedCount(missed);
  if (!useLoaded()) return <BoardLoading />;
  if (count === 0 && missed.told.length === 0) return <p className="second">{t("missed.empty")}</p>;
  return (
    <section className="missed" aria-label={t("missed.title")}>
      <div className="duty-tools">
        <b>{t("missed.head", { n: count })}</b>{" "}
        <button
          type="button"
          className="duty-button"
          data-action="missed.aside"
          onClick={() => store.getState().openBoard(null)}
        >
          {t(count > 0 ? "missed.aside" : "missed.begin")}
        </button>
      </div>
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
        <b>{recordTitle(order, t, names).title}</b> {wordsOf(order.dto.body, t)}
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
        {formatTime(notice.publishedAt, now, language)} {wordsOf(notice.body, t)}
      </span>
      {notice.owed && record ? <ActNow record={record} kind="notice.acknowledge" /> : null}
    </li>
  );
}
