import { useState } from "react";
import { useLink, usePending } from "../../link/link-context.tsx";
import type { Delivery } from "../../link/roads.ts";
import type { Asked } from "./requests.ts";
import type { Step } from "./steps.ts";

export interface Answering {
  /** From the press until the list shows it. */
  readonly pending: boolean;
  /** The step that is or was sent last. */
  readonly step: Step | undefined;
  readonly delivery: Delivery | undefined;
  /** True when it was accepted. */
  send(step: Step, written?: Readonly<Record<string, unknown>>): Promise<boolean>;
}

interface State {
  readonly step?: Step;
  readonly id?: string;
  readonly waiting: boolean;
  readonly delivery?: Delivery;
}

/** Answers of this desk on one request; one at a time, so that a double press is one answer. */
export function useAnswer(record: Asked): Answering {
  const { link } = useLink();
  const [{ step, id, waiting, delivery }, setState] = useState<State>({ waiting: false });
  const onItsWay = usePending(id);
  return {
    pending: waiting || onItsWay,
    step,
    delivery,
    async send(next, written = {}) {
      const rev = next.judged ? record.dto.stateRev : undefined;
      const sent = link.commands.send({
        kind: next.kind,
        ref: { type: record.type, id: record.id },
        payload: { ...next.payload, ...written },
        ...(rev === undefined ? {} : { rev }),
      });
      setState({ step: next, id: sent.id, waiting: true });
      const done = await sent.done;
      setState({ step: next, id: sent.id, waiting: false, delivery: done });
      return done.kind === "answer" && done.answer.outcome === "ACCEPTED";
    },
  };
}
