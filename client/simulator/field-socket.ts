import type { Socket } from "socket.io-client";
import * as z from "zod";
import type { PutRecord } from "../../shared/wire/live.ts";
import { type BatchFix, encodeBatch, positionStored } from "../../shared/wire/position-batch.ts";
import { POSITION_EVENT } from "../../shared/wire/socket-parser.ts";
import { createRedial } from "../link/redial.ts";
import { parseServerMessage, SERVER_EVENTS } from "../link/server-message.ts";
import { openSocket } from "../link/socket.ts";
import type { Platform } from "../store/platform.ts";
import { createFieldCursor } from "./field-cursor.ts";
import type { Slots } from "./slots.ts";
import type { Tally } from "./tally.ts";

/** One phone's connection. It dials again until it is told to hang up. */
export interface FieldSocket {
  /** Within coverage or not. */
  setCovered(covered: boolean): void;
  /** The connected socket. */
  socket(): Socket | undefined;
  /** What the phone last knew of the log and of the server's time; zeros before it ever heard. */
  known(): { readonly seq: number; readonly at: number };
  /** Does nothing without a connection, and while an earlier batch waits for its answer. */
  sendPositions(fixes: readonly BatchFix[]): void;
  stop(): void;
}

export interface FieldSocketPorts {
  readonly url: string;
  readonly token: string;
  readonly platform: Pick<Platform, "monoMs" | "after" | "random">;
  readonly dials: Slots;
  readonly tally: Tally;
  readonly stored: (upTo: number) => void;
  readonly heard: (puts: readonly PutRecord[]) => void;
}

/** Codes at CONNECT that dialling again does not change. */
const FINAL: ReadonlySet<string> = new Set([
  "NOT_SIGNED_IN",
  "ACCOUNT_DISABLED",
  "DEVICE_REVOKED",
  "SESSION_REVOKED",
  "SEAT_REFUSED",
]);
/** A batch without an answer by then is sent again. */
const STORED_WAIT_MS = 10_000;
const ASK_AGAIN_AFTER_MS = 10_000;
/** Field heartbeats come every 10 s. */
const SILENT_AFTER_MS = 50_000;
const LONG_AGO = Number.NEGATIVE_INFINITY;

export function createFieldSocket(ports: FieldSocketPorts): FieldSocket {
  const { url, token, platform, dials, tally } = ports;
  const cursor = createFieldCursor();
  let covered = false;
  let ended = false;
  let tries = 0;
  let connects = 0;
  let heardMs = 0;
  let askedMs = LONG_AGO;
  let sentMs = LONG_AGO;
  let socket: Socket | undefined;
  let giveSlotBack: () => void = () => undefined;

  const hangUp = () => {
    giveSlotBack();
    socket?.removeAllListeners();
    socket?.disconnect();
    socket = undefined;
    askedMs = LONG_AGO;
    sentMs = LONG_AGO;
  };
  const lost = () => {
    hangUp();
    tries += 1;
    if (covered && !ended) redial.later(tries);
  };
  const hear = (mine: Socket, event: (typeof SERVER_EVENTS)[number], raw: unknown) => {
    heardMs = platform.monoMs();
    const message = parseServerMessage(event, raw);
    if (!message) return lost();
    const { ask, puts } = cursor.take(message);
    if (ask && heardMs - askedMs > ASK_AGAIN_AFTER_MS) {
      askedMs = heardMs;
      mine.emit("resume", cursor.cursor());
    }
    if (puts.length > 0) ports.heard(puts);
  };
  const connected = () => {
    giveSlotBack();
    tries = 0;
    connects += 1;
    tally.count(connects === 1 ? "connects" : "reconnects");
  };
  const refused = (error: Error) => {
    if (FINAL.has(error.message)) {
      ended = true;
      tally.count("turnedAway");
    }
    lost();
  };
  const open = (release: () => void) => {
    if (!covered || ended || socket) return release();
    giveSlotBack = release;
    const mine = openSocket({
      url,
      seat: "field",
      auth: () => ({ seat: "field", device: token }),
    });
    socket = mine;
    heardMs = platform.monoMs();
    for (const event of SERVER_EVENTS) mine.on(event, (raw: unknown) => hear(mine, event, raw));
    mine.on("connect", connected);
    mine.on("connect_error", refused);
    mine.on("disconnect", lost);
    mine.on("stored", (raw: unknown) => {
      sentMs = LONG_AGO;
      const upTo = storedUpTo(raw);
      if (upTo !== undefined) ports.stored(upTo);
    });
    mine.connect();
  };
  const dial = () => {
    hangUp();
    // Slots are never refused.
    void dials.take().then(open);
  };
  const redial = createRedial(platform, dial);
  /** Given up when nothing was heard for several heartbeats. */
  const alive = (): Socket | undefined => {
    if (socket?.connected && platform.monoMs() - heardMs > SILENT_AFTER_MS) lost();
    return socket?.connected ? socket : undefined;
  };

  return {
    setCovered(now) {
      if (now === covered) return;
      covered = now;
      redial.stop();
      if (!now) hangUp();
      else if (!ended) dial();
    },
    socket: alive,
    known: cursor.known,
    sendPositions(fixes) {
      const mine = alive();
      if (!mine || fixes.length === 0 || platform.monoMs() - sentMs < STORED_WAIT_MS) return;
      sentMs = platform.monoMs();
      mine.emit(POSITION_EVENT, encodeBatch(fixes));
    },
    stop() {
      ended = true;
      redial.stop();
      hangUp();
    },
  };
}

const storedAnswer = z.looseObject({ storedUpTo: positionStored.shape.storedUpTo.optional() });

function storedUpTo(raw: unknown): number | undefined {
  const answer = storedAnswer.safeParse(raw);
  return answer.success ? answer.data.storedUpTo : undefined;
}
