import { useTranslation } from "react-i18next";
import { ageWords, formatExport, formatSeconds } from "../../../ui/format-time.ts";
import { useNow } from "../../../ui/use-now.tsx";
import { KeyHint } from "../desk/KeyHint.tsx";
import type { ReplayFeed } from "./replay-feed.ts";
import { useReplayState } from "./use-replay.ts";

/** That it is not live, which instant it is in big figures, and the way back. */
export function ReplayHead({ feed, leave }: { feed: ReplayFeed; leave: () => void }) {
  const { t } = useTranslation("replay");
  const at = useReplayState(feed, (s) => s.at);
  const now = useNow(1_000);
  const { unit, n } = ageWords(now - at);
  const day = formatExport(at).slice(0, 10);
  return (
    <header className="replay-head">
      <strong className="replay-word">{t("banner")}</strong>
      <time className="replay-instant" dateTime={new Date(at).toISOString()}>
        <span className="replay-day">{day}</span> {formatSeconds(at)}
      </time>
      <span className="replay-age">{t(`common:age.${unit}`, { n })}</span>
      <button type="button" className="replay-live" onClick={leave}>
        {t("live")}
        <KeyHint k="Esc" />
      </button>
    </header>
  );
}
