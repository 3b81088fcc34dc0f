import type { Socket } from "socket.io-client";
import type { Connection, Wire } from "./sim-wire.ts";
import type { Life, VirtualTime } from "./virtual-time.ts";

type Listener = (body: unknown) => void;
/** Sees each message before and after the link takes it in. */
type Observe = (event: string, body: unknown, takeIn: () => void) => void;

/** What of Socket.IO's client the link uses, over a simulated wire. */
export class SimSocket {
  connected = false;
  private readonly listeners = new Map<string, Listener[]>();
  private connection: Connection | undefined;
  private hangUp: (() => void) | undefined;
  private readonly waiting = new Set<(error: Error) => void>();
  private readonly time: VirtualTime;
  private readonly wire: Wire;
  private readonly who: string;
  private readonly life: Life;
  private readonly observe: Observe;

  constructor(time: VirtualTime, wire: Wire, who: string, life: Life, observe: Observe) {
    this.time = time;
    this.wire = wire;
    this.who = who;
    this.life = life;
    this.observe = observe;
  }

  asSocket(): Socket {
    return this as unknown as Socket;
  }

  on(event: string, listener: Listener): this {
    this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
    return this;
  }

  removeAllListeners(): this {
    this.listeners.clear();
    return this;
  }

  connect(): this {
    this.hangUp = this.wire.dial(this.who, {
      failed: () => this.say("connect_error", new Error("websocket error")),
      opened: (connection) => this.opened(connection),
    });
    return this;
  }

  disconnect(): this {
    this.hangUp?.();
    const { connection } = this;
    this.gone();
    if (connection) {
      connection.client = undefined;
      this.time.after(this.wire.delayMs(), () => this.wire.part(connection, false, true));
    }
    return this;
  }

  emit(event: string, body: unknown): this {
    this.connection?.up(event, body);
    return this;
  }

  timeout(ms: number): { emitWithAck(event: string, body: unknown): Promise<unknown> } {
    return {
      emitWithAck: (event, body) =>
        new Promise((resolve, reject) => {
          this.waiting.add(reject);
          this.time.after(ms, () => reject(new Error("operation has timed out")), this.life);
          this.connection?.up(event, body, resolve);
        }),
    };
  }

  private opened(connection: Connection): void {
    if (!this.life.alive) return;
    this.connection = connection;
    this.connected = true;
    connection.client = {
      heard: (event, body) => this.say(event, body),
      lost: () => {
        this.gone();
        this.say("disconnect", "transport close");
      },
    };
  }

  private gone(): void {
    this.connected = false;
    this.connection = undefined;
    for (const reject of this.waiting) reject(new Error("socket has been disconnected"));
    this.waiting.clear();
  }

  private say(event: string, body: unknown): void {
    // A dead page hears nothing; a sleeping one hears it when it wakes.
    const { life, time } = this;
    if (life.sleepsUntil > time.now) {
      time.after(0, () => this.say(event, body), life);
      return;
    }
    if (!life.alive) return;
    this.observe(event, body, () => {
      for (const listener of this.listeners.get(event) ?? []) listener(body);
    });
  }
}
