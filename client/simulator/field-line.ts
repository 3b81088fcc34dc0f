import type { Socket } from "socket.io-client";
import * as z from "zod";
import type { PutRecord } from "../../shared/wire/live.ts";
import { type BatchFix, encodeBatch, positionStored } from "../../shared/wire/position-batch.ts";
import { POSITION_EVENT } from "../../shared/wire/socket-parser.ts";
import { parseServerMessage, SERVER_EVENTS } from "../link/server-message.ts";
import { openSocket } from "../link/socket.ts";
import type { FieldCursor } from "./field-cursor.ts";

/** One connection, from the dialling to its end; it never dials again. */
export interface FieldLine {
  /** The socket while it is connected and alive. */
  socket(): Socket | undefined;
  /** Does nothing without a connection, and while an earlier batch waits for its answer. */
  sendPositions(fixes: readonly BatchFix[]): void;
  /** Nothing is heard of it any more. */
  close(): void;
}

export interface FieldLinePorts {
  readonly url: string;
  readonly token: string;
  readonly cursor: FieldCursor;
  readonly monoMs: () => number;
  readonly connected: () => void;
  /** @param code what the server said, if it was refused. */
  readonly gone: (code?: string) => void;
  readonly stored: (upTo: number) => void;
  readonly heard: (puts: readonly PutRecord[]) => void;
}

/** A batch without an answer by then is sent again. */
const STORED_WAIT_MS = 10_000;
const ASK_AGAIN_AFTER_MS = 10_000;
/** Field heartbeats come every 10 s. */
const SILENT_AFTER_MS = 50_000;
const LONG_AGO = Number.NEGATIVE_INFINITY;

export function openFieldLine(ports: FieldLinePorts): FieldLine {
  const { url, token, cursor, monoMs, connected, gone, stored, heard } = ports;
  let heardMs = monoMs();
  let askedMs = LONG_AGO;
  let sentMs = LONG_AGO;
  const socket = openSocket({
    url,
    seat: "field",
    auth: () => ({ seat: "field", device: token }),
  });
  const hear = (event: (typeof SERVER_EVENTS)[number], raw: unknown) => {
    heardMs = monoMs();
    const message = parseServerMessage(event, raw);
    if (!message) return gone();
    const { ask, puts } = cursor.take(message);
    if (ask && heardMs - askedMs > ASK_AGAIN_AFTER_MS) {
      askedMs = heardMs;
      socket.emit("resume", cursor.cursor());
    }
    if (puts.length > 0) heard(puts);
  };
  for (const event of SERVER_EVENTS) socket.on(event, (raw: unknown) => hear(event, raw));
  socket.on("connect", connected);
  socket.on("connect_error", (error: Error) => gone(error.message));
  socket.on("disconnect", () => gone());
  socket.on("stored", (raw: unknown) => {
    sentMs = LONG_AGO;
    const upTo = storedUpTo(raw);
    if (upTo !== undefined) stored(upTo);
  });
  socket.connect();

  const alive = (): Socket | undefined => {
    if (socket.connected && monoMs() - heardMs > SILENT_AFTER_MS) gone();
    return socket.connected ? socket : undefined;
  };
  return {
    socket: alive,
    sendPositions(fixes) {
      if (fixes.length === 0 || monoMs() - sentMs < STORED_WAIT_MS) return;
      const mine = alive();
      if (!mine) return;
      sentMs = monoMs();
      mine.emit(POSITION_EVENT, encodeBatch(fixes));
    },
    close() {
      socket.removeAllListeners();
      socket.disconnect();
    },
  };
}

const storedAnswer = z.looseObject({ storedUpTo: positionStored.shape.storedUpTo.optional() });

function storedUpTo(raw: unknown): number | undefined {
  const answer = storedAnswer.safeParse(raw);
  return answer.success ? answer.data.storedUpTo : undefined;
}
