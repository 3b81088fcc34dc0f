import type { Outbox } from "../../link/outbox.ts";
import type { StoredRecord } from "../../store/dto.ts";
import type { Stores } from "../../store/stores.ts";
import { isAbout } from "./sent.ts";

type MessageRecord = StoredRecord<"message">;

export const isIncoming = ({ dto }: MessageRecord, officerId: string | undefined): boolean =>
  officerId !== undefined && dto.toOfficerId === officerId;

/** FLD-10: what has come to this phone and has not been receipted; `read` adds what was shown. */
export function owedReceipts(
  messages: Iterable<MessageRecord>,
  officerId: string | undefined,
): readonly MessageRecord[] {
  return [...messages].filter((m) => isIncoming(m, officerId) && m.dto.state === "SENT");
}

/** Says 送达 for every message that reaches this phone, once each. Returns stop. */
export function sendReceipts(stores: Stores, outbox: Outbox): () => void {
  const look = () => {
    const me = stores.session.getState().hello?.officerId;
    const messages = stores.records.getState().maps.message.values();
    for (const message of owedReceipts(messages, me))
      receipt(outbox, "message.deliver", message.id);
  };
  const stopLoaded = outbox.store.subscribe((now, before) => {
    if (now.loaded && !before.loaded) look();
  });
  const stopRecords = stores.records.subscribe((now, before) => {
    if (now.maps.message !== before.maps.message) look();
  });
  if (outbox.store.getState().loaded) look();
  return () => {
    stopLoaded();
    stopRecords();
  };
}

/** A receipt that is in the outbox already is not made twice, whatever became of it. */
export function receipt(
  outbox: Outbox,
  kind: "message.deliver" | "message.read",
  messageId: string,
): void {
  const { items, loaded } = outbox.store.getState();
  if (!loaded) return;
  const ref = { type: "message", id: messageId } as const;
  if (items.some((item) => item.envelope.kind === kind && isAbout(item, ref))) return;
  void outbox.submit({ kind, ref });
}
