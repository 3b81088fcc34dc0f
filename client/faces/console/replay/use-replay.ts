import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { createHttp } from "../../../link/http.ts";
import { createHttpBytes } from "../../../link/http-bytes.ts";
import { browserPlatform } from "../../../store/platform.ts";
import { useStores } from "../../../store/stores-context.tsx";
import { unanswered } from "../desk/alarms.ts";
import { useDesk } from "../desk/desk-context.tsx";
import { createReplayApi } from "./replay-api.ts";
import { ReplayFeed } from "./replay-feed.ts";
import { createReplayStores, type ReplayStores } from "./replay-stores.ts";

/** Whoever looks back first looks at what has just been. */
const FIRST_BACK_MS = 300_000;

export interface Replay extends ReplayStores {
  readonly feed: ReplayFeed;
}

/** One look into the past, from when it is opened until it is left. */
export function useReplay(): Replay {
  const live = useStores();
  const { store } = useDesk();
  const [replay] = useState<Replay>(() => {
    const fetcher = fetch.bind(globalThis);
    const api = createReplayApi(
      createHttp(fetcher, () => undefined),
      createHttpBytes(fetcher),
    );
    const now = () => live.clock.serverNow();
    const at = store.getState().replayed?.at ?? now() - FIRST_BACK_MS;
    const feed = new ReplayFeed({ api, now, after: browserPlatform().after }, at);
    return { feed, ...createReplayStores(live, feed) };
  });
  useEffect(() => {
    const stop = replay.start();
    replay.feed.load();
    return () => {
      stop();
      replay.feed.stop();
    };
  }, [replay]);
  return replay;
}

/**
 * What ends the look: a call for help that was not there when it began (its place is on the live
 * map), and whatever live thing a person opens from the bars above.
 */
export function useLeaving(feed: ReplayFeed): () => void {
  const { store } = useDesk();
  const { ui, records } = useStores();
  const leave = useRef((cut: boolean) => {
    const { at } = feed.store.getState();
    store.getState().leaveReplay({ at, cut });
  });
  useEffect(() => {
    const end = leave.current;
    const callers = () =>
      unanswered([...records.getState().maps.incident.values()]).map(({ id }) => id);
    const before = new Set(callers());
    const stops = [
      records.subscribe((now, then) => {
        if (now.maps.incident === then.maps.incident) return;
        if (callers().some((id) => !before.has(id))) end(true);
      }),
      ui.subscribe((now, then) => {
        if (now.selection && now.selection !== then.selection) end(false);
      }),
      store.subscribe((now, then) => {
        const opened = (["task", "dispatch", "board"] as const).some(
          (name) => now[name] !== null && now[name] !== then[name],
        );
        if (opened && now.replay) end(false);
        // By key or Esc: where it stood is kept for the next time.
        else if (then.replay && !now.replay && now.replayed === then.replayed) end(false);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [store, ui, records]);
  return () => leave.current(false);
}

export const useReplayState = <T>(
  feed: ReplayFeed,
  select: (state: ReturnType<ReplayFeed["store"]["getState"]>) => T,
): T => useStore(feed.store, select);
