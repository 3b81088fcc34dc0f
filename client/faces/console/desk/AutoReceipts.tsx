import { useEffect, useRef } from "react";
import type { Ref } from "../../../../shared/domain/kernel/ref.ts";
import { useLink } from "../../../link/link-context.tsx";
import { actOf } from "../../../store/acts.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import { useLoaded, useRecordMap, useRecords } from "../../../store/use-records.ts";
import { useHello } from "../../../store/use-session.ts";
import { useNow } from "../../../ui/use-now.tsx";
import { isAddressedTo } from "../queue/awaits.ts";
import { useUnanswered } from "./alarms.ts";
import { usePresence } from "./use-presence.ts";
import { useViewer } from "./use-viewer.ts";

interface Receipt {
  readonly kind: string;
  readonly ref: Ref;
}

/**
 * What being shown means: an order and a message are delivered when they reached this screen, an
 * SOS is seen when a person sits here. Each is said once per page; the server ignores a second one.
 */
export function AutoReceipts() {
  const { link } = useLink();
  const said = useRef(new Set<string>());
  const delivered = useDelivered();
  const seen = useSeen();
  useEffect(() => {
    for (const { kind, ref } of [...delivered, ...seen]) {
      const key = `${kind} ${ref.id}`;
      if (said.current.has(key)) continue;
      said.current.add(key);
      link.commands.send({ kind, ref }).done.then((done) => {
        // Not answered: it will be said again when the list changes.
        if (done.kind === "none") said.current.delete(key);
      }, ignore);
    }
  }, [delivered, seen, link]);
  return null;
}

const ignore = () => {
  // `done` never rejects.
};

function useDelivered(): Receipt[] {
  const orders = useRecords("order");
  const messages = useRecords("message");
  const viewer = useViewer();
  const mayDo = useMayDo();
  if (!useLoaded()) return [];
  const issued = orders.filter(({ dto }) =>
    dto.receipts?.some((r) => r.courtId === viewer.courtId && r.state === "ISSUED"),
  );
  const sent = messages.filter(({ dto }) => dto.state === "SENT" && isAddressedTo(dto, viewer));
  return [
    ...issued.filter((order) => mayDo(order, "order.deliver")).map(receipt("order.deliver")),
    ...sent.filter((each) => mayDo(each, "message.deliver")).map(receipt("message.deliver")),
  ];
}

function useSeen(): Receipt[] {
  const alarms = useUnanswered();
  const { officerId } = useViewer();
  const present = usePresence();
  const mayDo = useMayDo();
  if (!present) return [];
  return alarms
    .filter(({ dto }) => !dto.seenBy?.some((seen) => seen.officerId === officerId))
    .filter((incident) => mayDo(incident, "incident.seen"))
    .map(receipt("incident.seen"));
}

const receipt =
  (kind: string) =>
  ({ type, id }: StoredRecord): Receipt => ({ kind, ref: { type, id } });

function useMayDo(): (record: StoredRecord, kind: string) => boolean {
  const hello = useHello();
  const courts = useRecordMap("court");
  const now = useNow(60_000);
  return (record, kind) => actOf(record, kind, hello, courts, now).kind === "open";
}
