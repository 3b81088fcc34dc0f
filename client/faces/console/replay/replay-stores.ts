import { createConnectionStore } from "../../../store/connection.ts";
import { createRecordsStore } from "../../../store/records.ts";
import { createSessionStore } from "../../../store/session.ts";
import type { Stores } from "../../../store/stores.ts";
import { createUiStore } from "../../../store/ui.ts";
import type { Ticker } from "../../../ui/ticker.ts";
import { createPastPositions } from "./past-positions.ts";
import type { Moment, ReplayFeed } from "./replay-feed.ts";

/** Stores of the replay's own: nothing live has a road into them. */
export interface ReplayStores {
  readonly stores: Stores;
  readonly ticker: Ticker;
  /** Follows feed and looks of the desk; returns how to end it. */
  start(): () => void;
}

/** Nothing of a replay outlives it. */
const forgetful = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };

export function createReplayStores(live: Stores, feed: ReplayFeed): ReplayStores {
  const positions = createPastPositions();
  const instant = () => feed.store.getState().moment?.at ?? feed.store.getState().at;
  const stores: Stores = {
    records: createRecordsStore(),
    connection: createConnectionStore(),
    positions,
    session: createSessionStore(),
    ui: createUiStore(forgetful),
    clock: {
      serverNow: instant,
      ageOf: (at) => instant() - at,
      isHeard: () => true,
      observe: () => undefined,
      bracket: () => false,
      woke: () => undefined,
    },
  };
  const show = (moment: Moment | null) => {
    if (!moment) return;
    stores.records.setState(moment.records);
    positions.show(moment.picture);
  };
  const mirror = () => {
    const { theme, language } = live.ui.getState();
    stores.ui.setState({ theme, language });
    stores.session.setState({ hello: live.session.getState().hello });
  };
  // What it shows is whole or not shown: the map's notice of an old picture is not meant for it.
  stores.connection.setState({ freshness: "fresh" });
  mirror();
  return {
    stores,
    ticker: {
      subscribe: (listener) => feed.store.subscribe(listener),
      now: (stepMs) => Math.floor(instant() / stepMs) * stepMs,
    },
    start() {
      show(feed.store.getState().moment);
      const stops = [
        live.ui.subscribe(mirror),
        live.session.subscribe(mirror),
        feed.store.subscribe((now, before) => {
          if (now.moment !== before.moment) show(now.moment);
        }),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
