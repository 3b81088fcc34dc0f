import type { Socket } from "socket.io-client";
import * as z from "zod";
import {
  type BatchFix,
  encodeBatch,
  positionStored,
} from "../../../../shared/wire/position-batch.ts";
import { POSITION_EVENT } from "../../../../shared/wire/socket-parser.ts";
import type { Platform } from "../../../store/platform.ts";

/** Hands a batch in and says up to which number it is stored; undefined: not now, keep them. */
export type SendBatch = (fixes: readonly BatchFix[]) => Promise<number | undefined>;

const ANSWER_WITHIN_MS = 8_000;
const answer = z.looseObject({ storedUpTo: positionStored.shape.storedUpTo.optional() });

/** Binary over WebSocket, JSON with an acknowledgement where the phone fell back to polling. */
export function sendBySocket(
  socket: () => Socket | undefined,
  platform: Pick<Platform, "after">,
): SendBatch {
  return async (fixes) => {
    const open = socket();
    if (!open?.connected) return undefined;
    const binary = open.io.engine?.transport?.name === "websocket";
    return storedOf(await (binary ? byFrame(open, fixes, platform) : byJson(open, fixes)));
  };
}

const storedOf = (raw: unknown): number | undefined => {
  const read = answer.safeParse(raw);
  return read.success ? read.data.storedUpTo : undefined;
};

async function byJson(socket: Socket, fixes: readonly BatchFix[]): Promise<unknown> {
  try {
    return await socket.timeout(ANSWER_WITHIN_MS).emitWithAck("positions", { fixes });
  } catch {
    return undefined; // no answer in time: the fixes stay and go again
  }
}

/** A binary message has no room for an acknowledgement: the answer is the next `stored`. */
function byFrame(
  socket: Socket,
  fixes: readonly BatchFix[],
  platform: Pick<Platform, "after">,
): Promise<unknown> {
  return new Promise((resolve) => {
    const done = (raw?: unknown) => {
      cancel();
      socket.off("stored", done);
      resolve(raw);
    };
    const cancel = platform.after(ANSWER_WITHIN_MS, () => done());
    socket.on("stored", done);
    socket.emit(POSITION_EVENT, encodeBatch(fixes));
  });
}
