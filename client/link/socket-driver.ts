import type { Socket } from "socket.io-client";
import type { Heartbeat } from "../../shared/wire/live.ts";
import type { TurnedAway } from "../store/connection.ts";
import type { Inbox } from "./inbox.ts";
import { createLateTexts } from "./late-texts.ts";
import type { PositionIntake } from "./position-intake.ts";
import { parseServerMessage, SERVER_EVENTS, type ServerMessage } from "./server-message.ts";
import { createTimeAsker } from "./time-asker.ts";

/** What the driver tells the one who decides about dialling. */
export interface DriverEvents {
  /** The socket is gone or never came; somebody must dial again (or not, when final). */
  readonly lost: () => void;
  /** The server no longer sends what this client understands. */
  readonly unreadable: () => void;
}

/** The gap is asked for again if no answer came by then. */
const ASK_AGAIN_AFTER_MS = 10_000;

/** A connected socket as seen by the one who decides whether it is still alive. */
export interface DrivenSocket {
  /** ms since anything was heard on it, or since it was made. */
  silentMs(): number;
  /** Asks the server's time, at most once in 4 s: a road that delays everything alike is noticed. */
  askTime(): void;
}

/** Wires a socket to the inbox: parse, hand over, ask. Keeps only when it heard and asked. */
export function driveSocket(
  socket: Socket,
  inbox: Inbox,
  intake: PositionIntake,
  events: DriverEvents,
  monoMs: () => number,
): DrivenSocket {
  let askedAt: number | undefined;
  const dialledAt = monoMs();
  let heardAt = dialledAt;
  const lateTexts = createLateTexts(monoMs);
  const askTime = createTimeAsker(socket, inbox, monoMs);
  const resume = () => {
    if (askedAt !== undefined && monoMs() - askedAt < ASK_AGAIN_AFTER_MS) return;
    askedAt = monoMs();
    socket.emit("resume", inbox.cursor());
  };
  const askPositions = (needed: boolean) => {
    if (needed) socket.emit("posSnapshot");
  };

  const heartbeat = (body: Heartbeat) => {
    askPositions(intake.heartbeat(body.tick));
    if (inbox.heartbeat(body) === "resume") return resume();
    if (!lateTexts.isDue(inbox.lacksTexts(), body.trouble)) return;
    inbox.startOver();
    resume();
  };

  const handle = (message: ServerMessage) => {
    switch (message.kind) {
      case "hello":
        inbox.hello(message.body, dialledAt);
        askTime();
        askedAt = undefined;
        return resume();
      case "snapshot":
        askedAt = undefined;
        return inbox.snapshot(message.body);
      case "patch": {
        if (inbox.patch(message.body) === "resume") return resume();
        askedAt = undefined;
        return;
      }
      case "hb":
        return heartbeat(message.body);
      case "emergency":
        return inbox.emergency(message.body);
      case "closing":
        if (message.body.reason === "RIGHTS_CHANGED") inbox.forget();
        inbox.happened({ kind: "closing", reason: message.body.reason });
        return;
    }
  };

  for (const kind of SERVER_EVENTS) {
    socket.on(kind, (body: unknown) => {
      heardAt = monoMs();
      const message = parseServerMessage(kind, body);
      if (message) handle(message);
      else events.unreadable();
    });
  }
  socket.on("pos", (bytes: unknown) => {
    if (bytes instanceof Uint8Array) askPositions(intake.frame(bytes));
    else if (bytes instanceof ArrayBuffer) askPositions(intake.frame(new Uint8Array(bytes)));
  });
  socket.on("disconnect", () => events.lost());
  socket.on("connect_error", (error: Error) => {
    const away = turnedAway(error);
    if (away === "UNAUTHENTICATED") inbox.happened({ kind: "unauthenticated" });
    else if (away) inbox.happened({ kind: "turnedAway", reason: away });
    events.lost();
  });
  return { silentMs: () => monoMs() - heardAt, askTime };
}

type Turned = TurnedAway | "UNAUTHENTICATED";

/** What the server says at CONNECT when it does not let a socket in; other codes may pass by themselves. */
const TURNED: ReadonlyMap<string, Turned> = new Map([
  ["NOT_SIGNED_IN", "UNAUTHENTICATED"],
  ["SESSION_EXPIRED", "UNAUTHENTICATED"],
  ["SESSION_REVOKED", "REVOKED"],
  ["ACCOUNT_DISABLED", "REVOKED"],
  ["DEVICE_REVOKED", "BAD_DEVICE"],
  ["SEAT_REFUSED", "FORBIDDEN"],
]);

/** The code is the error's message. No code of the list: a network matter, dial again. */
const turnedAway = (error: Error): Turned | undefined => TURNED.get(error.message);
