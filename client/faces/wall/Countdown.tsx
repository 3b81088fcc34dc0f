import { useTranslation } from "react-i18next";
import type { ClockDto } from "../../../shared/domain/kernel/clock.ts";
import { clockView } from "../../ui/clock-look.ts";
import { formatDuration, formatTime } from "../../ui/format-time.ts";
import { Icon } from "../../ui/icons.tsx";
import { useBilingual, useLanguage } from "../../ui/use-language.ts";
import { useNow } from "../../ui/use-now.tsx";

const WORDS = {
  running: undefined,
  soon: "common:clock.soon",
  overdue: "common:clock.over",
  ended: "common:clock.ended",
} as const;

/** What remains, largest; its word stands in the line below. */
export function Countdown({ clock }: { clock: ClockDto }) {
  const language = useLanguage();
  const { look, leftMs } = clockView(clock, useNow());
  return (
    <span className="wall-countdown" data-look={look}>
      <Icon name={clock.liberty && look === "running" ? "held" : look} size="0.8em" />
      <b>{formatDuration(leftMs, language)}</b>
    </span>
  );
}

/** 将到期 15:20 到期 · 询问8小时 · 江岸法院 */
export function DueLine({ clock, place }: { clock: ClockDto; place: string }) {
  const { t } = useTranslation("wall");
  const language = useLanguage();
  const say = useBilingual();
  const now = useNow();
  const { rule, look } = clockView(clock, now);
  const word = WORDS[look];
  const due = t("common:clock.due", { time: formatTime(clock.dueAt, now, language) });
  const name = rule ? say(rule.name) : clock.ruleId;
  return (
    <p className="wall-item-more" data-look={look}>
      {word ? <em>{t(word)} </em> : null}
      {[due, name, place].filter(Boolean).join(" · ")}
    </p>
  );
}
