import { useTranslation } from "react-i18next";
import { textOf } from "../../../../store/dto.ts";
import type { SeenNotice } from "../../../../store/duty-dto.ts";
import { useRecord } from "../../../../store/use-records.ts";
import { useHello } from "../../../../store/use-session.ts";
import { formatTime } from "../../../../ui/format-time.ts";
import { useLanguage } from "../../../../ui/use-language.ts";
import { useNow } from "../../../../ui/use-now.tsx";
import { useNames } from "../../desk/names.tsx";
import { ActNow } from "../../duty/ActNow.tsx";
import { BoardRow } from "../BoardRow.tsx";

/** One notice: n of m, who is silent where this desk may know, and how far an alert has climbed. */
export function NoticeRow({ notice }: { notice: SeenNotice }) {
  const { t } = useTranslation("duty");
  const names = useNames();
  const language = useLanguage();
  const now = useNow(10_000);
  const { acked, climbed, reminded } = notice;
  return (
    <BoardRow
      about={{ type: "notice", id: notice.id }}
      tone={toneOf(notice)}
      title={`${t(`notice.kind.${notice.kind}`)} · ${names.court(notice.courtId)} · ${textOf(notice.body) ?? ""}`}
      acts={<NoticeActs notice={notice} />}
    >
      <span>{formatTime(notice.publishedAt, now, language)}</span>
      {notice.needsAck ? <b>{t("notice.acked", { ...acked })}</b> : null}
      <Silent notice={notice} />
      {climbed ? <b data-act="">{t(`notice.climbed.${climbed.level}`)}</b> : null}
      {climbed?.below ? (
        <span>{t("notice.below", { who: climbed.below.map(names.court).join("、") })}</span>
      ) : null}
      {reminded.times > 0 ? (
        <span>
          {t("notice.reminded", {
            n: reminded.times,
            time: formatTime(reminded.lastAt ?? 0, now, language),
          })}
        </span>
      ) : null}
    </BoardRow>
  );
}

function toneOf({ climbed, owed, kind }: SeenNotice): "act" | "ours" | undefined {
  if (climbed || (owed && kind === "ALERT")) return "act";
  return owed ? "ours" : undefined;
}

/** Named one by one; the publisher has to chase each of them. */
function Silent({ notice }: { notice: SeenNotice }) {
  const { t } = useTranslation("duty");
  const names = useNames();
  const courts = (notice.silent ?? []).map((id) => names.court(id));
  const officers = (notice.toOfficers ?? [])
    .filter(({ at }) => at === undefined)
    .map(({ officerId, name }) => names.officerOr(officerId, name ?? ""));
  const who = [...courts, ...officers];
  return who.length > 0 && notice.needsAck ? (
    <span className="notice-silent">{t("notice.silent", { who: who.join("、") })}</span>
  ) : null;
}

function NoticeActs({ notice }: { notice: SeenNotice }) {
  const record = useRecord("notice", notice.id);
  const hello = useHello();
  if (!record) return null;
  const asks = notice.courtId === hello?.courtId && notice.acked.n < notice.acked.of;
  return (
    <>
      {notice.owed ? <ActNow record={record} kind="notice.acknowledge" filled /> : null}
      {asks ? <ActNow record={record} kind="notice.remind" /> : null}
    </>
  );
}
