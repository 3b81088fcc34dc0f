import { useCallback, useState } from "react";
import type { Ref } from "../../../../shared/domain/kernel/ref.ts";
import { useLink, usePending, usePendingFor } from "../../../link/link-context.tsx";
import type { Delivery } from "../../../link/roads.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import { isRequest } from "../forms/task.ts";

export interface Sending {
  /** From the press until the cursor has reached the answer's commit. */
  readonly pending: boolean;
  readonly delivery: Delivery | undefined;
  send(payload?: Readonly<Record<string, unknown>>): Promise<Delivery>;
  clear(): void;
}

/** One command about one record. `base` gives a request the revision it was decided on. */
export function useSend(kind: string, ref: Ref, base: StoredRecord | undefined): Sending {
  const { link } = useLink();
  const [commandId, setCommandId] = useState<string>();
  const [delivery, setDelivery] = useState<Delivery>();
  const [waiting, setWaiting] = useState(false);
  const mine = usePending(commandId);
  const anybodys = usePendingFor(kind, ref);
  const rev = isRequest(kind) ? revOf(ref, base) : undefined;

  const send = useCallback(
    async (payload: Readonly<Record<string, unknown>> = {}) => {
      setDelivery(undefined);
      setWaiting(true);
      const sent = link.commands.send({
        kind,
        ref,
        payload,
        ...(rev === undefined ? {} : { rev }),
      });
      setCommandId(sent.id);
      const done = await sent.done;
      setDelivery(done);
      setWaiting(false);
      return done;
    },
    [link, kind, ref, rev],
  );
  const clear = useCallback(() => setDelivery(undefined), []);
  return { pending: waiting || mine || anybodys, delivery, send, clear };
}

/** Only a command about the record itself rests on its revision. */
const revOf = (ref: Ref, base: StoredRecord | undefined): number | undefined =>
  base && base.type === ref.type && base.id === ref.id ? base.dto.stateRev : undefined;

export const isAccepted = (delivery: Delivery | undefined): boolean =>
  delivery?.kind === "answer" && delivery.answer.outcome !== "REFUSED";

export const isStale = (delivery: Delivery | undefined): boolean =>
  delivery?.kind === "answer" && delivery.answer.refusal?.code === "STALE";
