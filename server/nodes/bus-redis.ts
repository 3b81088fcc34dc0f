/** The bus over plain Redis pub/sub: what is published while nobody listens is gone. */
import { BusHearers, type BusSelf } from "./bus-hearers.ts";
import { BUS_TOPICS, type BusTopic, type NodeBus } from "./node-bus.ts";
import { beginConnecting, endConnection, type RedisClient, redisClient } from "./redis-clients.ts";

export interface RedisBusOptions extends BusSelf {
  readonly url: string;
  /** Begins the names of all channels of this log. */
  readonly prefix: string;
  readonly onTurn: (isUp: boolean, why: unknown) => void;
}

/** Publishing that is not answered for so long is no publishing. */
const UNANSWERED_MS = 2_000;
/** Beyond that what comes is dropped: it is stale when Redis takes it at last. */
const MOST_UNANSWERED = 2_000;

const isTopic = (text: string | undefined): text is BusTopic =>
  (BUS_TOPICS as readonly (string | undefined)[]).includes(text);

/** Redis may be away at the start too: the bus then comes up when it does. */
export function openRedisBus(options: RedisBusOptions): NodeBus {
  return new RedisBus(options);
}

class RedisBus implements NodeBus {
  readonly #options: RedisBusOptions;
  readonly #hearers: BusHearers;
  readonly #ups: (() => void)[] = [];
  readonly #out: RedisClient;
  readonly #in: RedisClient;
  #isSubscribed = false;
  #unanswered = 0;
  /** Monotonic ms since which the oldest unanswered message waits. */
  #waitsSince = 0;
  /** Nothing was said yet: a Redis that is away from the first is said too. */
  #wasUp: boolean | undefined;

  constructor(options: RedisBusOptions) {
    this.#options = options;
    this.#hearers = new BusHearers(options);
    this.#out = redisClient(options.url, (isUp, why) => this.#turned(isUp, why));
    this.#in = redisClient(options.url, (isUp, why) => {
      // The client subscribes again by itself before it says that it is ready.
      this.#turned(isUp, why);
    });
    beginConnecting(this.#out);
    this.#in
      .connect()
      .then(() => this.#subscribe())
      .catch(() => undefined); // closed before it ever came up
  }

  isUp(): boolean {
    const { isReady } = this.#out;
    const isAnswered =
      this.#unanswered === 0 || performance.now() - this.#waitsSince < UNANSWERED_MS;
    return isReady && this.#in.isReady && this.#isSubscribed && isAnswered;
  }

  publish(topic: BusTopic, body: Uint8Array, court?: string): void {
    if (!this.#out.isReady || this.#unanswered >= MOST_UNANSWERED) return;
    const { prefix } = this.#options;
    const channel = court === undefined ? `${prefix}:${topic}` : `${prefix}:${topic}:${court}`;
    if (this.#unanswered === 0) this.#waitsSince = performance.now();
    this.#unanswered += 1;
    this.#out
      .publish(channel, this.#hearers.seal(topic, body))
      .catch(() => undefined) // lost, as it may be; the connection's own event says why
      .finally(() => {
        this.#unanswered -= 1;
        this.#waitsSince = performance.now();
      });
  }

  listen(topic: BusTopic, hear: Parameters<NodeBus["listen"]>[1]): void {
    this.#hearers.add(topic, hear);
  }

  onUp(run: () => void): void {
    this.#ups.push(run);
    if (this.#wasUp) setImmediate(run);
  }

  async close(): Promise<void> {
    endConnection(this.#in);
    endConnection(this.#out);
  }

  async #subscribe(): Promise<void> {
    const { prefix } = this.#options;
    await this.#in.pSubscribe(
      `${prefix}:*`,
      (message, channel) => {
        const [topic] = channel
          .toString()
          .slice(prefix.length + 1)
          .split(":");
        if (isTopic(topic)) this.#hearers.take(topic, message);
      },
      true,
    );
    this.#isSubscribed = true;
    this.#turned(true, undefined);
  }

  #turned(saysUp: boolean, why: unknown): void {
    const isUp = saysUp && this.#out.isReady && this.#in.isReady && this.#isSubscribed;
    if (isUp === this.#wasUp) return;
    this.#wasUp = isUp;
    this.#options.onTurn(isUp, why);
    if (isUp) for (const run of this.#ups) run();
  }
}
