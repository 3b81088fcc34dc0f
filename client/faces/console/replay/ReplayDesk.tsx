import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { StoresProvider, useStores } from "../../../store/stores-context.tsx";
import { TickerProvider } from "../../../ui/use-now.tsx";
import { NamesProvider } from "../desk/names.tsx";
import { ReplayBar } from "./ReplayBar.tsx";
import { ReplayHead } from "./ReplayHead.tsx";
import { ReplayList } from "./ReplayList.tsx";
import { ReplayMap } from "./ReplayMap.tsx";
import type { ReplayFeed } from "./replay-feed.ts";
import { type ReplayRange, rangeAt, steppedBy } from "./replay-range.ts";
import { Unread } from "./Unread.tsx";
import { type Replay, useLeaving, useReplay } from "./use-replay.ts";

/** The past in the place of queue, map, drawer and stream: looked at, never acted on (RPL-5). */
export function ReplayDesk() {
  const { t } = useTranslation("replay");
  const replay = useReplay();
  const leave = useLeaving(replay.feed);
  useStepKeys(replay);
  const slider = useRef<HTMLInputElement>(null);
  return (
    <section className="replay" aria-label={t("banner")}>
      <ReplayHead feed={replay.feed} leave={leave} />
      <div className="replay-body">
        <StoresProvider stores={replay.stores}>
          <TickerProvider ticker={replay.ticker}>
            <NamesProvider>
              <div className="replay-map map-pane">
                <ReplayMap />
                <Unread feed={replay.feed} />
              </div>
              <ReplayList feed={replay.feed} />
            </NamesProvider>
          </TickerProvider>
        </StoresProvider>
      </div>
      <ReplayBar feed={replay.feed} slider={slider} />
    </section>
  );
}

/** What takes arrows and Space itself: text, the map, whatever is opened above. */
const TAKES_KEYS =
  ".leaflet-container, select, textarea, input:not([type=range]), [role=combobox], [role=menu], [role=dialog]";

/** Steps and Space wherever the focus is, and where it is nowhere: the bars above drop it. */
function useStepKeys({ feed }: Replay): void {
  const { clock } = useStores();
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const { target } = event;
      if (event.defaultPrevented || event.isComposing || !(target instanceof Element)) return;
      if (target.closest(TAKES_KEYS)) return;
      if (steps(feed, event, target, rangeAt(clock.serverNow()))) event.preventDefault();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, [feed, clock]);
}

function steps(feed: ReplayFeed, press: KeyboardEvent, on: Element, range: ReplayRange): boolean {
  const { at, playing } = feed.store.getState();
  if (press.key === " ") {
    // A button is pressed by it.
    if (on.closest("button")) return false;
    if (playing) feed.pause();
    else feed.play();
    return true;
  }
  const next = steppedBy(press, at, range);
  if (next !== undefined) feed.seek(next);
  return next !== undefined;
}
