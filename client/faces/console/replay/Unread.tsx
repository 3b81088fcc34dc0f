import { useTranslation } from "react-i18next";
import { formatSeconds } from "../../../ui/format-time.ts";
import { Failure } from "../../../ui/Refusal.tsx";
import type { ReplayFeed } from "./replay-feed.ts";
import { useReplayState } from "./use-replay.ts";

/** Over the map while it does not show the instant that the figures say: reading, or why not. */
export function Unread({ feed }: { feed: ReplayFeed }) {
  const { t } = useTranslation("replay");
  const at = useReplayState(feed, (s) => s.at);
  const failure = useReplayState(feed, (s) => s.failure);
  const isShown = useReplayState(feed, (s) => s.moment?.at === s.at);
  const time = formatSeconds(at);
  if (failure) {
    return (
      <div className="replay-unread" data-failed="">
        <p>{t("failed", { time })}</p>
        <Failure failure={failure} />
        <button type="button" onClick={() => feed.load()}>
          {t("common:action.retry")}
        </button>
      </div>
    );
  }
  if (isShown) return null;
  return (
    <div className="replay-unread" role="status">
      <p>{t("loading", { time })}</p>
    </div>
  );
}
