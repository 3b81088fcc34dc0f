import type { Socket } from "socket.io-client";
import {
  type CommandAnswer,
  type CommandEnvelope,
  commandAnswer,
} from "../../shared/wire/command.ts";
import type { Api } from "./api.ts";
import type { HttpFailure } from "./http.ts";

/** What came of trying to hand a command in. `none` may be tried again with the same id. */
export type Delivery =
  | { readonly kind: "answer"; readonly answer: CommandAnswer }
  | { readonly kind: "none"; readonly failure: HttpFailure }
  /** The server cannot read this command at all: trying again would not help. */
  | { readonly kind: "unreadable"; readonly failure: HttpFailure };

export interface Roads {
  /** First road the socket, second road HTTPS POST, both with the same id. */
  deliver(envelope: CommandEnvelope): Promise<Delivery>;
}

/** A socket that has not answered by then is not waited for; the POST carries the same id. */
const ACK_WAIT_MS = 2_000;
const POST_TIMEOUT_MS = 10_000;
/** Statuses that say the command itself is wrong, not the moment. */
const NEVER_READABLE: ReadonlySet<number> = new Set([400, 413, 415, 422]);

export function createRoads(socket: () => Socket | undefined, api: Pick<Api, "command">): Roads {
  return {
    async deliver(envelope) {
      const bySocket = await emitCommand(socket(), envelope);
      return bySocket ? { kind: "answer", answer: bySocket } : postCommand(api, envelope);
    },
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

async function postCommand(
  api: Pick<Api, "command">,
  envelope: CommandEnvelope,
): Promise<Delivery> {
  const done = await api.command(envelope, POST_TIMEOUT_MS);
  if (done.ok) return { kind: "answer", answer: done.value };
  const { failure } = done;
  const refused = commandAnswer.safeParse(failure.body);
  if (refused.success) return { kind: "answer", answer: refused.data };
  const kind = NEVER_READABLE.has(failure.status) ? "unreadable" : "none";
  return { kind, failure };
}
