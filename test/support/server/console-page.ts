import { createApi } from "../../../client/link/api.ts";
import { createHttp } from "../../../client/link/http.ts";
import { type Link, startLink } from "../../../client/link/start-link.ts";
import type { Freshness } from "../../../client/store/connection.ts";
import { browserPlatform } from "../../../client/store/platform.ts";
import { createStores, type Stores } from "../../../client/store/stores.ts";
import type { Seat } from "../../../shared/domain/authority/audience.ts";

/** The client's own link and stores without its pages: what a console holds and knows of its age. */
export interface ConsolePage {
  readonly stores: Stores;
  readonly link: Link;
  /** Each change of how old the glass is said to be, with the age it had then. */
  readonly said: { readonly freshness: Freshness; readonly at: number }[];
  /** How often it stood behind, or came back with a cursor. */
  readonly counted: { gaps: number; snapshots: number; reconnects: number };
  /** `type:id → {rev, dto}`, as `projected` gives it. */
  records(): Record<string, unknown>;
  close(): void;
}

export function openPage(
  url: string,
  seat: Seat,
  auth: { device?: string; kiosk?: string } = {},
): ConsolePage {
  const platform = browserPlatform();
  const kept = new Map<string, string>();
  const stores = createStores(platform, {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  });
  const said: ConsolePage["said"] = [];
  const counted = { gaps: 0, snapshots: 0, reconnects: 0 };
  stores.connection.subscribe((now, before) => {
    if (now.freshness !== before.freshness) said.push({ freshness: now.freshness, at: Date.now() });
    if (now.connection.kind === before.connection.kind) return;
    if (now.connection.kind === "behind") counted.gaps += 1;
    if (now.connection.kind === "syncing") counted.reconnects += 1;
  });
  stores.records.subscribe((now, before) => {
    // A snapshot replaces every map, a patch only those it touches.
    const types = Object.keys(now.maps) as (keyof typeof now.maps)[];
    if (types.every((type) => now.maps[type] !== before.maps[type])) counted.snapshots += 1;
  });
  const http = createHttp(
    (input, init) => fetch(new URL(String(input), url), init),
    () => auth.device,
  );
  const link = startLink({
    stores,
    platform,
    api: createApi(http),
    seat,
    auth: () => ({ seat, ...auth }),
    url,
  });
  return {
    stores,
    link,
    said,
    counted,
    records: () =>
      Object.fromEntries(
        Object.values(stores.records.getState().maps).flatMap((map) =>
          [...map.values()].map(({ type, id, rev, dto }) => [`${type}:${id}`, { rev, dto }]),
        ),
      ),
    close: () => link.stop(),
  };
}
