import type { Socket } from "socket.io";
import type { Hello } from "../../../shared/wire/live.ts";
import type { ObserverRoom } from "../../app/observer-room.ts";
import type { Subscriber } from "../../app/view-registry.ts";
import { ackOf } from "./safely.ts";

export interface ObserverSocket {
  readonly socket: Socket;
  readonly subscriber: Subscriber;
  readonly hello: Hello;
  readonly room: ObserverRoom;
  readonly opened: (subscriber: Subscriber) => void;
  readonly closed: (subscriber: Subscriber) => void;
  /** What asking for the picture costs. */
  readonly spend: () => void;
  readonly on: (event: string, handler: (...args: unknown[]) => unknown) => void;
}

/**
 * An observer's socket: frames of 30 s ago go out, and nothing that comes in does anything (OBS-6).
 * It is in no view's room, so neither patch, nor position, nor call for help can reach it.
 */
export function serveObserver(seat: ObserverSocket): void {
  const { socket, subscriber, hello, room, on } = seat;
  seat.opened(subscriber);
  socket.on("disconnect", () => {
    room.leave(subscriber);
    seat.closed(subscriber);
  });
  room.enter(subscriber);
  subscriber.send("hello", JSON.stringify({ ...hello, at: room.time() }));
  on("resume", async () => {
    seat.spend();
    await room.show(subscriber);
  });
  on("time", (...args) => ackOf(args)?.({ at: room.time() }));
  for (const event of ["command", "positions"]) {
    on(event, (...args) => ackOf(args)?.({ error: "READ_ONLY" }));
  }
}
