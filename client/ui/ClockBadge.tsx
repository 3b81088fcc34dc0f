import { useTranslation } from "react-i18next";
import type { ClockDto } from "../../shared/domain/kernel/clock.ts";
import { type ClockView, clockView } from "./clock-look.ts";
import { formatDuration, formatTime } from "./format-time.ts";
import { Icon } from "./icons.tsx";
import { useBilingual, useLanguage } from "./use-language.ts";
import { useNow } from "./use-now.tsx";

/**
 * Remaining time largest, then due time, rule, basis and who must act.
 * `short` leaves out basis and who (walls, dense lists).
 */
export function ClockBadge({ clock, who, short }: { clock: ClockDto; who?: string; short?: true }) {
  const now = useNow();
  const view = clockView(clock, now);
  return (
    <span
      className="clock"
      data-look={view.look}
      {...(clock.liberty ? { "data-liberty": "" } : {})}
      data-rule={clock.ruleId}
    >
      <Icon name={clock.liberty && view.look === "running" ? "held" : view.look} />
      <Remaining view={view} />
      <DueAndRule clock={clock} view={view} now={now} />
      {short ? null : <Basis view={view} who={who} />}
    </span>
  );
}

function Remaining({ view }: { view: ClockView }) {
  const { t } = useTranslation("common");
  const word = {
    running: undefined,
    soon: "clock.soon",
    overdue: "clock.over",
    ended: "clock.ended",
  };
  const key = word[view.look];
  return (
    <>
      {key ? <span className="clock-word">{t(key)}</span> : null}
      <span className="clock-time">{formatDuration(view.leftMs, useLanguage())}</span>
    </>
  );
}

function DueAndRule({ clock, view, now }: { clock: ClockDto; view: ClockView; now: number }) {
  const { t } = useTranslation("common");
  const say = useBilingual();
  const language = useLanguage();
  return (
    <span className="clock-more">
      {t("clock.due", { time: formatTime(clock.dueAt, now, language) })}
      {" · "}
      <span className="clock-name">{view.rule ? say(view.rule.name) : clock.ruleId}</span>
    </span>
  );
}

function Basis({ view, who }: { view: ClockView; who: string | undefined }) {
  const say = useBilingual();
  if (!view.rule) return who ? <span className="clock-more">{who}</span> : null;
  return (
    <span className="clock-more">
      {say(view.rule.basis)}
      {" · "}
      {who ?? say(view.rule.who)}
    </span>
  );
}
