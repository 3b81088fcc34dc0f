import type { Chance } from "../../../client/simulator/chance.ts";
import { type Life, newLife, type VirtualTime } from "./virtual-time.ts";

/**
 * - DOWN: connections are reset, dialling fails at once.
 * - SILENT: a black hole; both ends hold on until their pings go unanswered.
 * - NOISY: single messages are lost, doubled, late or out of order. No TCP does that; whatever it
 *   stands for (a proxy, a bug), the protocol must survive it.
 */
export type WireState = "WELL" | "DOWN" | "SILENT" | "NOISY";

/** Pings of the transport: 5 s and 4 s; measured, both ends let go within this. */
const SILENT_LEAST_MS = 6_600;
const SILENT_MOST_MS = 8_900;
const DIAL_TIMEOUT_MS = 10_000;
/**
 * Whole pictures and the asking for them come once: a second one would lawfully set the glass back
 * for a moment, and no network that anybody has seen doubles messages of one connection.
 */
const NEVER_TWICE = new Set(["hello", "snapshot", "closing", "resume"]);

/** What the far end of a connection does with messages and with its end. */
interface End {
  heard(event: string, body: unknown, ack: ((answer: unknown) => void) | undefined): void;
  lost(): void;
}

/** One connection, as a pair of ends; the server's is set when it accepts. */
export class Connection {
  readonly life: Life = newLife();
  client: End | undefined;
  server: End | undefined;
  /** When the last message of each direction arrives: order is kept unless the wire is noisy. */
  private readonly lastAt = { up: 0, down: 0 };
  private readonly wire: Wire;

  constructor(wire: Wire) {
    this.wire = wire;
  }

  up(event: string, body: unknown, ack?: (answer: unknown) => void): void {
    const back = ack && ((answer: unknown) => this.carry("down", "ack", () => ack(answer)));
    this.carry("up", event, () => this.server?.heard(event, structuredClone(body), back));
  }

  down(event: string, json: string): void {
    this.carry("down", event, () => this.client?.heard(event, JSON.parse(json), undefined));
  }

  /** Ends at both sides; what is under way is gone. */
  end(sides: { readonly client: boolean; readonly server: boolean }): void {
    if (!this.life.alive) return;
    this.life.alive = false;
    if (sides.client) this.client?.lost();
    if (sides.server) this.server?.lost();
  }

  private carry(way: "up" | "down", event: string, arrive: () => void): void {
    if (!this.life.alive) return;
    const { state, chance, time } = this.wire;
    if (state === "SILENT" || state === "DOWN") return;
    const noisy = state === "NOISY";
    if (noisy && chance.happens(0.12)) return;
    const twice = noisy && !NEVER_TWICE.has(event) && chance.happens(0.1);
    for (let copies = twice ? 2 : 1; copies > 0; copies -= 1) {
      const delay = this.wire.delayMs();
      // A picture may be overtaken and is then late; it never overtakes what it does not contain.
      const ordered = !noisy || NEVER_TWICE.has(event) || chance.happens(0.7);
      const at = ordered ? Math.max(this.lastAt[way], time.now + delay) : time.now + delay;
      this.lastAt[way] = Math.max(this.lastAt[way], at);
      time.after(at - time.now, arrive, this.life);
    }
  }
}

/** What a client dials; accepts or throws with the code of a refusal. */
export interface Door {
  /** False while no process listens. */
  isOpen(): boolean;
  accept(connection: Connection, who: string): void;
}

/** The network between one device and the server. */
export class Wire {
  state: WireState = "WELL";
  readonly time: VirtualTime;
  readonly chance: Chance;
  private readonly connections = new Set<Connection>();
  private readonly door: Door;
  changedAt = 0;
  private since = 0;
  private wasNoisy = false;

  constructor(time: VirtualTime, chance: Chance, door: Door) {
    this.time = time;
    this.chance = chance;
    this.door = door;
  }

  delayMs(): number {
    const { chance } = this;
    if (this.state === "NOISY") return chance.whole(5, chance.happens(0.1) ? 4_000 : 400);
    return chance.whole(5, 60);
  }

  /** Nothing was ever seconds late here, so the page's idea of the server's time is good. */
  get keepsTime(): boolean {
    return !this.wasNoisy;
  }

  become(state: WireState): void {
    this.changedAt = this.time.now;
    if (state === "NOISY") this.wasNoisy = true;
    this.state = state;
    this.since += 1;
    if (state === "DOWN") for (const each of this.connections) this.part(each, true, true);
    if (state === "SILENT") for (const each of this.connections) this.letGo(each, this.since);
  }

  dial(who: string, done: { opened(connection: Connection): void; failed(): void }): () => void {
    const life = newLife();
    const { time, chance, door } = this;
    const fail = (ms: number): void => void time.after(ms, done.failed, life);
    time.after(
      this.delayMs(),
      () => {
        if (this.state === "SILENT") return fail(DIAL_TIMEOUT_MS);
        if (this.state === "DOWN" || !door.isOpen()) return fail(chance.whole(1, 50));
        const connection = new Connection(this);
        this.connections.add(connection);
        done.opened(connection);
        door.accept(connection, who);
      },
      life,
    );
    return () => {
      life.alive = false;
    };
  }

  /** A request and its answer; undefined when there is none in time. */
  ask<T>(request: () => Promise<T>, timeoutMs: number, life: Life): Promise<T | undefined> {
    const { time, chance } = this;
    return new Promise((resolve) => {
      const giveUp = (ms: number): void => {
        time.after(ms, () => resolve(undefined), life);
      };
      giveUp(timeoutMs);
      if (this.state === "DOWN" || !this.door.isOpen()) giveUp(chance.whole(1, 50));
      else if (!this.loses())
        time.after(this.delayMs(), () => this.bring(request, giveUp, resolve, life));
    });
  }

  private bring<T>(
    request: () => Promise<T>,
    giveUp: (ms: number) => void,
    answered: (answer: T) => void,
    life: Life,
  ): void {
    if (!this.door.isOpen()) {
      giveUp(5);
      return;
    }
    request().then(
      (answer) => {
        if (this.state !== "DOWN" && !this.loses())
          this.time.after(this.delayMs(), () => answered(answer), life);
      },
      () => giveUp(this.delayMs()),
    );
    // The same request again: a proxy that tried twice.
    if (this.state === "NOISY" && this.chance.happens(0.15)) request().catch(() => undefined);
  }

  private loses(): boolean {
    return this.state === "SILENT" || (this.state === "NOISY" && this.chance.happens(0.15));
  }

  /** The server's process is gone; a machine without power does not even say so. */
  serverDied(quietly: boolean): void {
    for (const connection of this.connections) {
      if (quietly) {
        connection.server = undefined;
        this.time.after(this.pingMs(), () => this.part(connection, true, false));
      } else {
        this.time.after(this.delayMs(), () => this.part(connection, true, false));
      }
    }
  }

  part(connection: Connection, client: boolean, server: boolean): void {
    if (!this.connections.delete(connection)) return;
    connection.end({ client, server });
  }

  private letGo(connection: Connection, since: number): void {
    this.time.after(this.pingMs(), () => {
      if (this.since === since) this.part(connection, true, true);
    });
  }

  private pingMs(): number {
    return this.chance.whole(SILENT_LEAST_MS, SILENT_MOST_MS);
  }
}
