/**
 * The bus port: what nodes of one log tell each other past the log. Everything on it may be lost,
 * and nothing durable rests on it. Every adapter passes `test/contract/node-bus.contract.ts`.
 */

/**
 * - `HELLO`: this node is there, each second, and at once when its connection stands.
 * - `TAIL`: a commit is in the log.
 * - `POSITIONS`: newest positions of a court's officers, one message a tick.
 * - `EMERGENCY`: what this node's emergency journal holds.
 * - `ENDED`: a session, a seat or a device key does not hold any more.
 */
export const BUS_TOPICS = ["HELLO", "TAIL", "POSITIONS", "EMERGENCY", "ENDED"] as const;
export type BusTopic = (typeof BUS_TOPICS)[number];

export interface BusSender {
  readonly node: string;
  /** Another one for each start of a process. */
  readonly boot: string;
}

export interface NodeBus {
  /** Whether messages come and go at the moment, as far as this node can tell. */
  isUp(): boolean;
  /** Goes out at once or is lost; nobody ever waits for it. `court` names the channel. */
  publish(topic: BusTopic, body: Uint8Array, court?: string): void;
  /** Messages of other nodes that prove to be of this log. Several listeners may hear one topic. */
  listen(topic: BusTopic, hear: (body: Uint8Array, from: BusSender) => void): void;
  /** Called whenever messages begin to come and go (again). */
  onUp(run: () => void): void;
  close(): Promise<void>;
}
