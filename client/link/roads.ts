import type { Socket } from "socket.io-client";
import {
  type CommandAnswer,
  type CommandEnvelope,
  commandAnswer,
} from "../../shared/wire/command.ts";
import type { Api } from "./api.ts";
import type { HttpFailure, HttpResult } from "./http.ts";
import type { Mode } from "./outbox-item.ts";

/** What came of trying to hand a command in. `none` may be tried again with the same id. */
export type Delivery =
  | { readonly kind: "answer"; readonly answer: CommandAnswer }
  | { readonly kind: "none"; readonly failure: HttpFailure }
  /**
   * The server cannot read this command at all: trying again would not help. It may have been a
   * proxy that says so: a call for help does not end by it (SOSR-18).
   */
  | { readonly kind: "unreadable"; readonly failure: HttpFailure };

export interface Roads {
  /** First road the socket, second road HTTPS POST, both with the same id. */
  deliver(envelope: CommandEnvelope, asOfficer?: string, inMode?: Mode): Promise<Delivery>;
  /** Nothing without a socket, or without an answer in 2 s. */
  bySocket(envelope: CommandEnvelope): Promise<Delivery | undefined>;
  byPost(
    envelope: CommandEnvelope,
    timeoutMs?: number,
    asOfficer?: string,
    inMode?: Mode,
  ): Promise<Delivery>;
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
  const byPost: Roads["byPost"] = async (
    envelope,
    timeoutMs = POST_TIMEOUT_MS,
    asOfficer,
    inMode,
  ) => deliveryOf(await api.command(envelope, timeoutMs, asOfficer, inMode), envelope.id);
  return {
    bySocket,
    byPost,
    deliver: async (envelope, asOfficer, inMode) =>
      (await bySocket(envelope)) ?? byPost(envelope, POST_TIMEOUT_MS, asOfficer, inMode),
  };
}

async function emitCommand(
  socket: Socket | undefined,
  envelope: CommandEnvelope,
): Promise<CommandAnswer | undefined> {
  if (!socket?.connected) return undefined;
  try {
    return answerTo(
      envelope.id,
      await socket.timeout(ACK_WAIT_MS).emitWithAck("command", envelope),
    );
  } catch {
    return undefined; // no ack in time or the socket went away: the second road follows
  }
}

/** The server's own answer to this very command; whatever else stands on the way may say anything. */
function answerTo(id: string, body: unknown): CommandAnswer | undefined {
  const read = commandAnswer.safeParse(body);
  return read.success && read.data.id === id ? read.data : undefined;
}

/** What an HTTP answer to the command `id` means for trying again. */
export function deliveryOf(done: HttpResult<CommandAnswer>, id: string): Delivery {
  const answer = answerTo(id, done.ok ? done.value : done.failure.body);
  if (answer) return { kind: "answer", answer };
  const failure = done.ok ? { status: 200, code: "UNREADABLE" } : done.failure;
  const kind = NEVER_READABLE.has(failure.status) ? "unreadable" : "none";
  return { kind, failure };
}
