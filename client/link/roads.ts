import type { Socket } from "socket.io-client";
import {
  type CommandAnswer,
  type CommandEnvelope,
  commandAnswer,
} from "../../shared/wire/command.ts";
import type { Api } from "./api.ts";
import type { HttpFailure, HttpResult } from "./http.ts";

/** What came of trying to hand a command in. `none` may be tried again with the same id. */
export type Delivery =
  | { readonly kind: "answer"; readonly answer: CommandAnswer }
  | { readonly kind: "none"; readonly failure: HttpFailure }
  /** The server cannot read this command at all: trying again would not help. */
  | { readonly kind: "unreadable"; readonly failure: HttpFailure };

export interface Roads {
  /** First road the socket, second road HTTPS POST, both with the same id. */
  deliver(envelope: CommandEnvelope, asOfficer?: string): Promise<Delivery>;
  /** Nothing without a socket, or without an answer in 2 s. */
  bySocket(envelope: CommandEnvelope): Promise<Delivery | undefined>;
  byPost(envelope: CommandEnvelope, timeoutMs?: number, asOfficer?: string): Promise<Delivery>;
}

/** A socket that has not answered by then is not waited for; the POST carries the same id. */
const ACK_WAIT_MS = 2_000;
const POST_TIMEOUT_MS = 10_000;
/** Statuses that say the command itself is wrong, not the moment. */
const NEVER_READABLE: ReadonlySet<number> = new Set([400, 413, 415, 422]);

export function createRoads(socket: () => Socket | undefined, api: Pick<Api, "command">): Roads {
  const bySocket = async (envelope: CommandEnvelope): Promise<Delivery | undefined> => {
    const answer = await emitCommand(socket(), envelope);
    return answer && { kind: "answer", answer };
  };
  const byPost: Roads["byPost"] = async (envelope, timeoutMs = POST_TIMEOUT_MS, asOfficer) =>
    deliveryOf(await api.command(envelope, timeoutMs, asOfficer));
  return {
    bySocket,
    byPost,
    deliver: async (envelope, asOfficer) =>
      (await bySocket(envelope)) ?? byPost(envelope, POST_TIMEOUT_MS, asOfficer),
  };
}

async function emitCommand(
  socket: Socket | undefined,
  envelope: CommandEnvelope,
): Promise<CommandAnswer | undefined> {
  if (!socket?.connected) return undefined;
  try {
    const raw: unknown = await socket.timeout(ACK_WAIT_MS).emitWithAck("command", envelope);
    const read = commandAnswer.safeParse(raw);
    return read.success && read.data.id === envelope.id ? read.data : undefined;
  } catch {
    return undefined; // no ack in time or the socket went away: the second road follows
  }
}

/** What an HTTP answer to a command means for trying again. */
export function deliveryOf(done: HttpResult<CommandAnswer>): Delivery {
  if (done.ok) return { kind: "answer", answer: done.value };
  const { failure } = done;
  const refused = commandAnswer.safeParse(failure.body);
  if (refused.success) return { kind: "answer", answer: refused.data };
  const kind = NEVER_READABLE.has(failure.status) ? "unreadable" : "none";
  return { kind, failure };
}
