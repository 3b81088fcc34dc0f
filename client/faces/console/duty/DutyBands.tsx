import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { textOf } from "../../../store/dto.ts";
import type { SeenNotice } from "../../../store/duty-dto.ts";
import { answerDueAt, type OpenCall } from "../../../store/open-calls.ts";
import { useLoaded, useRecord } from "../../../store/use-records.ts";
import { useUi } from "../../../store/use-session.ts";
import { formatDuration } from "../../../ui/format-time.ts";
import { useSounds } from "../../../ui/sound-context.tsx";
import { useLanguage } from "../../../ui/use-language.ts";
import { useNow } from "../../../ui/use-now.tsx";
import { KeyHint } from "../desk/KeyHint.tsx";
import { useNames } from "../desk/names.tsx";
import { ActNow } from "./ActNow.tsx";
import { useOpenCalls, useOwedNotices } from "./use-called.ts";

/** Above the desk until answered: roll-calls (key R) and alerts. More of them are counted. */
export function DutyBands() {
  const { t } = useTranslation("duty");
  const calls = useOpenCalls();
  const alerts = useOwedNotices().filter(({ kind }) => kind === "ALERT");
  const [call] = calls;
  const [alert] = alerts;
  useBandSounds(calls, alerts);
  const more = Math.max(0, calls.length - 1) + Math.max(0, alerts.length - 1);
  if (!call && !alert) return null;
  return (
    <section className="duty-bands" aria-label={t("band.title")} aria-live="polite">
      {call ? <CallBand open={call} /> : null}
      {alert ? <AlertBand notice={alert} /> : null}
      {more > 0 ? <p className="second">{t("common:list.more", { n: more })}</p> : null}
    </section>
  );
}

/** New ones are heard once, and each level that an alert climbs; what stood when the page opened is not. */
function useBandSounds(calls: readonly OpenCall[], alerts: readonly SeenNotice[]): void {
  const sounds = useSounds();
  const loaded = useLoaded();
  const known = useRef<ReadonlySet<string> | undefined>(undefined);
  useEffect(() => {
    if (!loaded) return;
    const asked = [...calls.map(({ call }) => call.id), ...alerts.map(({ id }) => id)];
    const climbed = alerts.flatMap(({ id, climbed: to }) => (to ? [`${id} ${to.level}`] : []));
    const before = known.current;
    known.current = new Set([...asked, ...climbed]);
    if (!before) return;
    const newCall = asked.find((key) => !before.has(key));
    const newLevel = climbed.find((key) => !before.has(key));
    if (newCall) sounds.once("request", newCall);
    if (newLevel) sounds.once("overdue", newLevel);
  }, [calls, alerts, loaded, sounds]);
}

function CallBand({ open: { call, target, late } }: { open: OpenCall }) {
  const { t } = useTranslation("duty");
  const names = useNames();
  const record = useRecord("rollcall", call.id);
  const now = useNow(1_000);
  const language = useLanguage();
  const left = Math.max(0, (answerDueAt(call) ?? now) - now);
  if (!record) return null;
  return (
    <div className="duty-band" data-kind="rollcall" data-late={late ? "" : undefined}>
      <b>{t("roll.calledBy", { court: names.court(call.courtId) })}</b>
      <span>
        {late ? t("roll.lateNow") : t("roll.left", { time: formatDuration(left, language) })}
      </span>
      <ActNow
        record={record}
        kind="rollcall.answer"
        payload={{ target: target.key }}
        filled
        label={
          <>
            {t("roll.answer")} <KeyHint k="R" />
          </>
        }
      />
    </div>
  );
}

function AlertBand({ notice }: { notice: SeenNotice }) {
  const { t } = useTranslation("duty");
  const names = useNames();
  const select = useUi((s) => s.select);
  const record = useRecord("notice", notice.id);
  if (!record) return null;
  return (
    <div className="duty-band" data-kind="alert">
      <button
        type="button"
        className="duty-band-text"
        onClick={() => select({ type: "notice", id: notice.id })}
      >
        <b>
          {t("notice.kind.ALERT")} · {names.court(notice.courtId)}
        </b>{" "}
        {textOf(notice.body)}
      </button>
      {notice.climbed ? <b>{t(`notice.climbed.${notice.climbed.level}`)}</b> : null}
      {notice.reminded.times > 0 ? (
        <span>{t("notice.remindedShort", { n: notice.reminded.times })}</span>
      ) : null}
      <ActNow record={record} kind="notice.acknowledge" filled />
    </div>
  );
}
