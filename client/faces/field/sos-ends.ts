import type { PutRecord } from "../../../shared/wire/live.ts";
import type { Api } from "../../link/api.ts";
import type { HeldItem } from "../../link/outbox-item.ts";
import type { OutboxStore } from "../../link/outbox-store.ts";
import type { Stores } from "../../store/stores.ts";
import { endOf, isGone, latestSos } from "./sos-story.ts";
import { incidentOf } from "./stage.ts";

interface SosEndsParts {
  readonly stores: Pick<Stores, "records" | "connection" | "session">;
  readonly outbox: { readonly store: OutboxStore };
  readonly api: Pick<Api, "closedRecords">;
}

/**
 * SOSR-22: a phone that was away (or reloaded) has missed how its call ended. It asks, once in each
 * life of the link, and keeps the answer among the records that it has seen closed. Returns stop.
 */
export function learnSosEnds({ stores, outbox, api }: SosEndsParts): () => void {
  const { records, connection, session } = stores;
  /** Call and life of the link of the last question. */
  let asked = "";
  let end: { readonly of: string; readonly put: PutRecord } | undefined;

  const show = (put: PutRecord) => records.setState(({ closed }) => ({ closed: [put, ...closed] }));
  const ask = async (item: HeldItem) => {
    const done = await api.closedRecords("incident");
    // Without an answer it runs on as far as this phone knows; the next live link asks again.
    const put = done.ok ? endOf(item, done.value) : undefined;
    if (put) show(put);
  };
  const askOnce = (item: HeldItem) => {
    const link = connection.getState().connection;
    if (link.kind !== "live" || asked === `${item.id} ${link.sinceMs}`) return;
    asked = `${item.id} ${link.sinceMs}`;
    void ask(item);
  };
  const follow = (item: HeldItem) => {
    const { maps, cursor, closed } = records.getState();
    const put = endOf(item, closed);
    if (put) end = { of: item.id, put };
    if (put || !isGone(item, incidentOf(item, maps), cursor?.seq ?? -1)) return;
    // The list of closed records is bounded: read messages push out what was seen.
    if (end?.of === item.id) show(end.put);
    else askOnce(item);
  };
  const look = () => {
    const me = session.getState().hello?.officerId;
    const item = me === undefined ? undefined : latestSos(outbox.store.getState().items, me);
    if (item) follow(item);
  };
  look();
  const stops = [records.subscribe(look), connection.subscribe(look), outbox.store.subscribe(look)];
  return () => {
    for (const stop of stops) stop();
  };
}
