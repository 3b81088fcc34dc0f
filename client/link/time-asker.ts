import type { Socket } from "socket.io-client";
import * as z from "zod";
import { epochMs } from "../../shared/wire/common.ts";
import type { Inbox } from "./inbox.ts";

const ASK_AGAIN_MS = 4_000;
/** A road slower than this is not worth measuring: silence tells. */
const WAIT_MS = 10_000;
const timeAnswer = z.object({ at: epochMs });

/** What asks the server's time over this socket, at most once in 4 s, and tells the inbox. */
export function createTimeAsker(
  socket: Socket,
  inbox: Pick<Inbox, "time">,
  monoMs: () => number,
): () => void {
  let lastAskedAt: number | undefined;
  return () => {
    const askedAt = monoMs();
    // Not connected, the question would wait in the socket, and its way seem longer than it is.
    if (!socket.connected) return;
    if (lastAskedAt !== undefined && askedAt - lastAskedAt < ASK_AGAIN_MS) return;
    lastAskedAt = askedAt;
    const asked: Promise<unknown> = socket.timeout(WAIT_MS).emitWithAck("time");
    asked.then(
      (raw) => {
        const read = timeAnswer.safeParse(raw);
        if (read.success) inbox.time(askedAt, read.data.at);
      },
      () => undefined, // no answer in time: the bounds stay as they are
    );
  };
}
