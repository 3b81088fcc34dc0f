import type { BusSender, BusTopic } from "./node-bus.ts";
import { openMessage, sealMessage } from "./sealed-message.ts";

export interface BusSelf extends BusSender {
  /** Of the log, see `busKeyOf`. */
  readonly key: Buffer;
  /** Another process calls itself by this node's name. */
  readonly onSameName?: () => void;
  /** A listener could not deal with a message: perhaps of another version of this program. */
  readonly onFailure?: (topic: BusTopic, error: unknown) => void;
}

type Hear = (body: Uint8Array, from: BusSender) => void;

/** Seals what goes out, and tells the listeners what comes in from others. */
export class BusHearers {
  readonly #self: BusSelf;
  readonly #hear = new Map<BusTopic, Hear[]>();

  constructor(self: BusSelf) {
    this.#self = self;
  }

  seal(topic: BusTopic, body: Uint8Array): Buffer {
    return sealMessage(this.#self.key, topic, this.#self, body);
  }

  add(topic: BusTopic, hear: Hear): void {
    this.#hear.set(topic, [...(this.#hear.get(topic) ?? []), hear]);
  }

  take(topic: BusTopic, message: Buffer): void {
    const hears = this.#hear.get(topic);
    const { key, node, boot, onSameName, onFailure } = this.#self;
    const opened = hears && openMessage(key, topic, message);
    if (!opened || opened.from.boot === boot) return;
    if (opened.from.node === node) onSameName?.();
    for (const hear of hears) {
      try {
        hear(opened.body, opened.from);
      } catch (error) {
        onFailure?.(topic, error);
      }
    }
  }
}
