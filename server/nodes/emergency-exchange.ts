import type { Emergency } from "../app/emergency.ts";
import { decodeHeld, encodeHeld } from "../app/held-entry.ts";
import type { NodeBus } from "./node-bus.ts";

/** While there is something to say it is said again this often: a lost message heals. */
const AGAIN_MS = 2_000;
/** In one message; what does not fit goes in the next. */
const MOST_PER_MESSAGE = 500;

export interface EmergencyExchangeDeps {
  readonly bus: NodeBus;
  readonly emergency: Pick<Emergency, "ownEntries" | "hear">;
  readonly monotonic: () => number;
  /** Something was heard that the log may be able to take from here. */
  readonly follow: () => Promise<unknown>;
}

/**
 * Calls for help that stand in one node's emergency journal ring at every node, past the store and
 * past Redis' memory: each says what it holds of its own, at every change and every 2 s; whoever
 * hears of it decides it as its own, keeps it in its own journal and imports it. The log takes each
 * once, by its id, whichever node brings it first.
 */
export class EmergencyExchange {
  readonly #deps: EmergencyExchangeDeps;
  #said = "";
  #saidAt = 0;

  constructor(deps: EmergencyExchangeDeps) {
    this.#deps = deps;
    deps.bus.listen("EMERGENCY", (body) => this.#hear(body));
    deps.bus.onUp(() => {
      this.#said = "";
    });
  }

  /** Several times a second; costs nothing while the journal is closed. */
  look(): void {
    const { bus, emergency, monotonic } = this.#deps;
    const entries = emergency.ownEntries();
    if (entries.length === 0) {
      this.#said = "";
      return;
    }
    const now = monotonic();
    const ids = entries.map(({ prepared }) => prepared.command.id).join();
    if (ids === this.#said && now - this.#saidAt < AGAIN_MS) return;
    this.#said = ids;
    this.#saidAt = now;
    for (let from = 0; from < entries.length; from += MOST_PER_MESSAGE) {
      const lines = entries.slice(from, from + MOST_PER_MESSAGE).map(encodeHeld);
      bus.publish("EMERGENCY", Buffer.from(lines.join("\n"), "utf8"));
    }
  }

  #hear(body: Uint8Array): void {
    const lines = Buffer.from(body).toString("utf8").split("\n");
    const entries = lines.flatMap((line) => decodeHeld(line) ?? []);
    if (!this.#deps.emergency.hear(entries)) return;
    this.#deps.follow().catch(() => undefined); // it stands in this node's journal until the log takes it
  }
}
