import { v7 } from "uuid";
import { createApi } from "../../../client/link/api.ts";
import { createHttp } from "../../../client/link/http.ts";
import { createOutbox } from "../../../client/link/outbox.ts";
import { memoryOutboxDb } from "../../../client/link/outbox-db.ts";
import { createShelf } from "../../../client/link/outbox-store.ts";
import { browserPlatform } from "../../../client/store/platform.ts";
import { type ConsolePage, openPage } from "../server/console-page.ts";
import type { DeviceToken } from "../server/server-process.ts";

/** The client's own link and outbox as on an officer's phone. */
export interface OutboxPhone {
  readonly page: ConsolePage;
  /** Ids of the calls for help raised here. */
  readonly raised: string[];
  /** Raises a call for help; resolves once it is kept, with its command's id. */
  raise(): Promise<string>;
  /** ms from pressing until the server's answer, of those answered. */
  answeredMs(): readonly number[];
  /** Calls for help that no answer came to yet, or that were refused. */
  open(): readonly string[];
  close(): void;
}

export function openPhone(url: string, { officerId, token }: DeviceToken): OutboxPhone {
  const page = openPage(url, "field", { device: token });
  const fetcher: typeof fetch = (path, init) => fetch(new URL(String(path), url), init);
  const outbox = createOutbox({
    shelf: createShelf(memoryOutboxDb()),
    roads: page.link.roads,
    // A phone without a key of its own: the socket, then POST, both in the name of its device.
    sos: {
      knows: () => false,
      deliver: (envelope) => page.link.roads.deliver(envelope),
    },
    holder: () => officerId,
    api: createApi(createHttp(fetcher, () => token)),
    stores: page.stores,
    platform: browserPlatform(),
    owner: () => officerId,
  });
  const raised: string[] = [];
  const pressedAt = new Map<string, number>();
  const answered = new Map<string, number>();
  outbox.store.subscribe(({ items }) => {
    for (const { id, stage } of items) {
      if (stage.kind !== "server" || answered.has(id)) continue;
      answered.set(id, performance.now() - (pressedAt.get(id) ?? performance.now()));
    }
  });
  return {
    page,
    raised,
    async raise() {
      const at = performance.now();
      const ref = { type: "incident", id: v7() } as const;
      const payload = { place: { lat: 30.6, lng: 114.3 } };
      const { id } = await outbox.submit({ kind: "incident.sos", ref, payload }, { urgent: true });
      pressedAt.set(id, at);
      raised.push(id);
      return id;
    },
    answeredMs: () => [...answered.values()],
    open: () => raised.filter((id) => !answered.has(id)),
    close() {
      outbox.stop();
      page.close();
    },
  };
}
