import type { Socket } from "socket.io-client";
import { hash8, heartbeatOf, helloOf, patchOf, put } from "../../unit/link-fakes.ts";

/** What the road to the one simulated client does to messages; `undefined` delay = it vanishes. */
export interface SimRoad {
  /** ms that a message takes from the server to the client; undefined: it never arrives. */
  down: () => number | undefined;
  up: () => number | undefined;
  /** Whether a new socket gets through at all. */
  admits: boolean;
}

type Handler = (...args: unknown[]) => void;

interface SimSocket {
  readonly handlers: Map<string, Handler[]>;
  /** Last moment at which something arrives, each way: TCP keeps the order. */
  lastDown: number;
  lastUp: number;
  /** The server sends to it: from hello on. */
  joined: boolean;
  gone: boolean;
}

interface SimMessage {
  readonly at: number;
  readonly to?: number;
  readonly [field: string]: unknown;
}

/** What was vouched for by a message, and when the server sent it (true ms). */
interface Vouched {
  readonly to: number;
  readonly sentAt: number;
}

/**
 * A server with one view, and the road to it, in true time: the time that a clock on the wall of the
 * room would show, whatever server, device and network believe. Nothing here is the product.
 */
export class SimServer {
  trueNow = 0;
  /** Server time minus true time: a restart may set it back. */
  base = 5_000_000_000;
  heartbeatMs = 2_000;
  /** A stalled event loop: neither beats nor answers until then (true ms). */
  stalledUntil = 0;
  road: SimRoad = { down: () => 20, up: () => 20, admits: true };
  /** True time of commit n, by n. */
  readonly commits: number[] = [0];
  readonly vouched: Vouched[] = [];
  /** While the device sleeps, what came for it waits in its buffers. */
  private buffered: (() => void)[] | undefined;
  private readonly events: { at: number; order: number; run: () => void }[] = [];
  private order = 0;
  private sockets = new Set<SimSocket>();
  private nextBeat = 0;

  get tail(): number {
    return this.commits.length - 1;
  }

  /** True time at which the last of what is under way will have come. */
  busyUntil(): number {
    return Math.max(this.stalledUntil, ...this.events.map(({ at }) => at));
  }

  sleeps(): void {
    this.buffered = [];
  }

  wakes(): void {
    const waited = this.buffered ?? [];
    this.buffered = undefined;
    for (const run of waited) run();
  }

  /** Moves true time on and runs what is due. */
  advance(ms: number): void {
    const end = this.trueNow + ms;
    for (;;) {
      const next = this.nextEvent(end);
      if (!next) break;
      this.trueNow = Math.max(this.trueNow, next.at);
      next.run();
    }
    this.trueNow = end;
  }

  commit(): void {
    this.commits.push(this.trueNow);
    const to = this.tail;
    this.whenAwake(() => {
      for (const socket of this.sockets) {
        if (socket.joined) this.send(socket, "patch", this.patch(to - 1, to));
      }
    });
  }

  /** Ends every socket; `told`: the client hears it. */
  drop(told: boolean): void {
    for (const socket of this.sockets) {
      socket.gone = true;
      if (told) this.toClient(10, () => emit(socket, "disconnect"));
    }
    this.sockets = new Set();
  }

  /** Stands in for `openSocket`. */
  readonly open = (): Socket => {
    const socket: SimSocket = {
      handlers: new Map(),
      lastDown: 0,
      lastUp: 0,
      joined: false,
      gone: false,
    };
    const on = (event: string, handler: Handler) => {
      socket.handlers.set(event, [...(socket.handlers.get(event) ?? []), handler]);
    };
    const hangUp = () => {
      socket.gone = true;
      this.sockets.delete(socket);
    };
    const timeout = (ms: number) => ({
      emitWithAck: (event: string) => this.ask(socket, event, ms),
    });
    const made = {
      on,
      connected: true,
      connect: () => this.connect(socket),
      disconnect: hangUp,
      removeAllListeners: () => socket.handlers.clear(),
      emit: (event: string, ...args: unknown[]) => this.emitted(socket, event, args),
      timeout,
    };
    return made as unknown as Socket;
  };

  private connect(socket: SimSocket): void {
    const there = this.road.admits ? this.road.up() : undefined;
    if (there === undefined) {
      this.toClient(10_000, () => emit(socket, "connect_error", new Error("timeout")));
      return;
    }
    this.at(there, () =>
      this.whenAwake(() => {
        if (socket.gone) return;
        this.sockets.add(socket);
        socket.joined = true;
        this.send(socket, "hello", helloOf({ at: this.serverTime() }));
      }),
    );
  }

  private emitted(socket: SimSocket, event: string, args: unknown[]): void {
    const delay = this.road.up();
    if (delay === undefined || socket.gone) return;
    socket.lastUp = Math.max(socket.lastUp, this.trueNow + delay);
    this.at(socket.lastUp - this.trueNow, () =>
      this.whenAwake(() => {
        if (event === "resume" && socket.joined)
          this.resume(socket, args[0] as { seq: number } | null);
      }),
    );
  }

  private ask(socket: SimSocket, event: string, timeoutMs: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      let over = false;
      this.toClient(timeoutMs, () => {
        over = true;
        reject(new Error("operation has timed out"));
      });
      const delay = this.road.up();
      if (delay === undefined || event !== "time") return;
      this.at(delay, () =>
        this.whenAwake(() => {
          const at = this.serverTime();
          const back = this.road.down();
          if (back === undefined || socket.gone) return;
          socket.lastDown = Math.max(socket.lastDown, this.trueNow + back);
          this.toClient(socket.lastDown - this.trueNow, () => {
            if (!over && !socket.gone) resolve({ at });
          });
        }),
      );
    });
  }

  private resume(socket: SimSocket, cursor: { seq: number } | null): void {
    if (cursor && cursor.seq <= this.tail) {
      this.send(socket, "patch", this.patch(cursor.seq, this.tail));
    } else {
      const to = this.tail;
      this.send(socket, "snapshot", {
        to,
        hash8: hash8(to),
        at: this.serverTime(),
        put: [put("A", to)],
      });
    }
  }

  private patch(from: number, to: number) {
    return patchOf(from, to, { at: this.serverTime(), put: [put("A", to)] });
  }

  private beat(): void {
    for (const socket of this.sockets) {
      if (!socket.joined) continue;
      const to = this.tail;
      this.send(socket, "hb", heartbeatOf(to, to, { at: this.serverTime() }));
    }
  }

  private send(socket: SimSocket, event: string, body: SimMessage): void {
    const delay = this.road.down();
    if (delay === undefined) return;
    const sentAt = this.trueNow;
    socket.lastDown = Math.max(socket.lastDown, sentAt + delay);
    this.toClient(socket.lastDown - sentAt, () => {
      if (socket.gone || socket.handlers.size === 0) return;
      if (body.to !== undefined) this.vouched.push({ to: body.to, sentAt });
      emit(socket, event, body);
    });
  }

  private serverTime(): number {
    return Math.floor(this.base + this.trueNow);
  }

  private whenAwake(run: () => void): void {
    if (this.stalledUntil <= this.trueNow) run();
    else this.at(this.stalledUntil - this.trueNow, run);
  }

  private at(inMs: number, run: () => void): void {
    this.order += 1;
    this.events.push({ at: this.trueNow + inMs, order: this.order, run });
  }

  private toClient(inMs: number, run: () => void): void {
    this.at(inMs, () => {
      if (this.buffered) this.buffered.push(run);
      else run();
    });
  }

  private nextEvent(end: number) {
    const due = this.events
      .filter(({ at }) => at <= end)
      .sort((a, b) => a.at - b.at || a.order - b.order)[0];
    const beatAt = Math.max(this.nextBeat, this.stalledUntil);
    if (beatAt <= end && (!due || beatAt <= due.at)) {
      this.nextBeat = beatAt + this.heartbeatMs;
      return { at: beatAt, run: () => this.beat() };
    }
    if (due) this.events.splice(this.events.indexOf(due), 1);
    return due;
  }
}

function emit(socket: SimSocket, event: string, ...args: unknown[]): void {
  for (const handler of socket.handlers.get(event) ?? []) handler(...args);
}
