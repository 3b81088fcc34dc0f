import { WebSocket } from "ws";

/** What a socket says of itself; the server alone decides its view. */
export interface RawAuth {
  readonly seat: "console" | "wall" | "field" | "partner" | "inspector" | "president" | "observer";
  readonly device?: string;
  readonly kiosk?: string;
  /** Sent as a header, as a browser would. */
  readonly cookie?: string;
}

export interface RawEvent {
  readonly event: string;
  readonly body: unknown;
  /** `performance.now()` at arrival. */
  readonly at: number;
}

export interface RawOptions {
  readonly onEvent?: (event: RawEvent) => void;
  /** Every text frame as it came, before any parsing. */
  readonly onFrame?: (text: string) => void;
  readonly onBytes?: (bytes: Buffer) => void;
  readonly onClose?: () => void;
}

const OPEN_WITHIN_MS = 10_000;

/** The server did not let this socket in; the message is its code. */
export class TurnedAway extends Error {}

/**
 * A Socket.IO client in its bare text frames over WebSocket: it can say anything, also what no
 * library would, and a hundred of them cost little.
 */
export class RawClient {
  private readonly ws: WebSocket;
  private readonly options: RawOptions;
  private readonly answers = new Map<number, (answer: unknown) => void>();
  private nextAck = 0;
  private settle: ((refused: Error | undefined) => void) | undefined;
  private readonly waiting = new Set<{ event: string; resolve: (body: unknown) => void }>();
  /** Resolves when the connection is over. */
  readonly closed: Promise<void>;

  private constructor(url: string, auth: RawAuth, options: RawOptions) {
    const { cookie, ...handshake } = auth;
    this.options = options;
    this.ws = new WebSocket(`${url.replace(/^http/, "ws")}/socket.io/?EIO=4&transport=websocket`, {
      ...(cookie === undefined ? {} : { headers: { cookie } }),
      perMessageDeflate: false,
    });
    this.ws.on("message", (data: Buffer, isBinary: boolean) => {
      if (isBinary) this.options.onBytes?.(data);
      else this.text(data.toString("utf8"), handshake);
    });
    this.closed = new Promise((resolve) => {
      this.ws.once("close", () => {
        this.settle?.(new Error("closed before CONNECT"));
        for (const answer of this.answers.values()) answer(undefined);
        this.answers.clear();
        this.options.onClose?.();
        resolve();
      });
    });
    // The `close` that follows says all there is to say.
    this.ws.on("error", () => undefined);
  }

  /** @throws TurnedAway with the server's code. */
  static async open(url: string, auth: RawAuth, options: RawOptions = {}): Promise<RawClient> {
    const client = new RawClient(url, auth, options);
    const refused = await new Promise<Error | undefined>((resolve) => {
      const timer = setTimeout(
        () => client.settle?.(new Error("no CONNECT in time")),
        OPEN_WITHIN_MS,
      );
      client.settle = (error) => {
        clearTimeout(timer);
        client.settle = undefined;
        resolve(error);
      };
    });
    if (!refused) return client;
    client.ws.terminate();
    throw refused;
  }

  get isOpen(): boolean {
    return this.ws.readyState === WebSocket.OPEN;
  }

  /** Stops reading, as a frozen or hostile client does; the connection stays. */
  pause(): void {
    this.ws.pause();
  }

  /** Reads again after `pause`. */
  resume(): void {
    this.ws.resume();
  }

  emit(event: string, ...args: unknown[]): void {
    this.raw(`42${JSON.stringify([event, ...args])}`);
  }

  /** The acknowledgement, or undefined when the connection ended or the time was over. */
  ask(event: string, arg: unknown, timeoutMs = 10_000): Promise<unknown> {
    return this.askRaw((id) => `42${id}${JSON.stringify([event, arg])}`, timeoutMs);
  }

  askRaw(frame: (ackId: number) => string, timeoutMs = 10_000): Promise<unknown> {
    const id = this.nextAck++;
    return new Promise((resolve) => {
      if (!this.isOpen) return resolve(undefined);
      const timer = setTimeout(() => this.answers.get(id)?.(undefined), timeoutMs);
      this.answers.set(id, (answer) => {
        clearTimeout(timer);
        this.answers.delete(id);
        resolve(answer);
      });
      this.raw(frame(id));
    });
  }

  /** The next event of that name. */
  next(event: string, timeoutMs = 10_000): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const entry = {
        event,
        resolve: (body: unknown) => {
          clearTimeout(timer);
          resolve(body);
        },
      };
      const timer = setTimeout(() => {
        this.waiting.delete(entry);
        reject(new Error(`no ${event} in ${timeoutMs} ms`));
      }, timeoutMs);
      this.waiting.add(entry);
    });
  }

  raw(data: string | Buffer): void {
    if (this.isOpen) this.ws.send(data, () => undefined);
  }

  /** Reads nothing more, and so lets the server's bytes pile up. */
  stall(): void {
    this.ws.pause();
  }

  /** Resolves when what was sent has left this process, or after `atMostMs`. */
  async flushed(atMostMs: number): Promise<void> {
    const until = performance.now() + atMostMs;
    while (this.isOpen && this.ws.bufferedAmount > 0 && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  close(): void {
    this.ws.close();
  }

  terminate(): void {
    this.ws.terminate();
  }

  private text(text: string, handshake: object): void {
    this.options.onFrame?.(text);
    if (text === "2") this.raw("3");
    else if (text.startsWith("0")) this.raw(`40${JSON.stringify(handshake)}`);
    else if (text.startsWith("40")) this.settle?.(undefined);
    else if (text.startsWith("44")) this.settle?.(new TurnedAway(codeOf(text.slice(2))));
    else if (text.startsWith("42")) this.event(text.slice(2));
    else if (text.startsWith("43")) this.answer(text.slice(2));
  }

  private event(json: string): void {
    const [event, body] = JSON.parse(json) as [string, unknown];
    this.options.onEvent?.({ event, body, at: performance.now() });
    for (const entry of this.waiting) {
      if (entry.event !== event) continue;
      this.waiting.delete(entry);
      entry.resolve(body);
    }
  }

  private answer(text: string): void {
    const start = text.indexOf("[");
    const [body] = JSON.parse(text.slice(start)) as unknown[];
    this.answers.get(Number(text.slice(0, start)))?.(body);
  }
}

const codeOf = (json: string): string => {
  const { message } = JSON.parse(json) as { message?: unknown };
  return typeof message === "string" ? message : "";
};
