import type { Socket } from "socket.io";
import { answerWriter } from "../frame-writer.ts";

interface PositionRoad {
  readonly take: (batch: Uint8Array) => Promise<unknown>;
  readonly onError: (error: unknown) => void;
}

/**
 * Batches of one phone, taken from its connection as they come: ten thousand phones send a message
 * each few seconds, and the way through Socket.IO's queues costs as much as reading and judging
 * one. The parser has looked at the bytes before, and closes a connection that sends others.
 */
export function servePositions(socket: Socket, { take, onError }: PositionRoad): void {
  const answer = answerWriter(socket);
  const answered = (stored: unknown): void => {
    const isSent = answer(`2["stored",${JSON.stringify(stored)}]`);
    if (!isSent && socket.connected) socket.emit("stored", stored);
  };
  socket.conn.on("data", (data: unknown) => {
    // After the last word the connection may still say something.
    if (data instanceof Uint8Array && socket.connected) take(data).then(answered).catch(onError);
  });
}

/**
 * Whoever has not signed in has nothing to report: the connection ends, as one does that says
 * anything else before its time. @returns what ends the watch, once it has signed in.
 */
export function refusePositions(conn: Socket["conn"]): () => void {
  const refuse = (data: unknown): void => {
    if (data instanceof Uint8Array) conn.close();
  };
  conn.on("data", refuse);
  return () => conn.off("data", refuse);
}
