import type { Platform } from "../store/platform.ts";
import type { Stores } from "../store/stores.ts";
import { type CommandRequest, makeEnvelope, withAge } from "./envelope.ts";
import {
  createPendingStore,
  type PendingStore,
  pendingKey,
  withAnswer,
  withCursor,
  withSent,
} from "./pending.ts";
import type { Delivery, Roads } from "./roads.ts";

/** What a face gets back: the command's id at once, what came of it later. */
export interface Sent {
  readonly id: string;
  readonly done: Promise<Delivery>;
}

export interface Commands {
  /** Once by socket, once by POST; no answer by then is `none` and the person decides. */
  send(request: CommandRequest): Sent;
  readonly pending: PendingStore;
}

export function createCommands(stores: Stores, platform: Platform, roads: Roads): Commands {
  const pending = createPendingStore();
  const cursorSeq = () => stores.records.getState().cursor?.seq ?? -1;
  stores.records.subscribe((state, before) => {
    if (state.cursor !== before.cursor && state.cursor) {
      const { seq } = state.cursor;
      pending.setState((s) => withCursor(s, seq));
    }
  });
  const deliver = async (request: CommandRequest, id: string, made: () => Promise<Delivery>) => {
    pending.setState((s) => withSent(s, id, pendingKey(request.kind, request.ref)));
    const delivery = await made();
    const answer = delivery.kind === "answer" ? delivery.answer : undefined;
    pending.setState((s) => withAnswer(s, id, answer, cursorSeq()));
    return delivery;
  };
  return {
    pending,
    send(request) {
      const envelope = makeEnvelope(request, stores, platform);
      const madeMono = platform.monoMs();
      const go = () => roads.deliver(withAge(envelope, madeMono, platform.monoMs()));
      return { id: envelope.id, done: deliver(request, envelope.id, go) };
    },
  };
}
