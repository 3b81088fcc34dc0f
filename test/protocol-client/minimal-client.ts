/**
 * A client written from docs/PROTOCOL.md and nothing else: it imports no line of this repository.
 * A plain WebSocket, `fetch`, and what the document says. Numbers in comments are its sections.
 */
import { WebSocket } from "ws";

export interface Cursor {
  readonly seq: number;
  readonly hash8: string;
}

export interface Dto {
  readonly closed?: true;
  readonly stateRev?: number;
  readonly [field: string]: unknown;
}

interface Put {
  readonly type: string;
  readonly id: string;
  readonly rev: number;
  readonly dto: Dto;
}

interface Patch {
  readonly from: number;
  readonly to: number;
  readonly hash8: string;
  readonly at: number;
  readonly put?: readonly Put[];
  readonly del?: readonly { readonly type: string; readonly id: string }[];
}

export interface Answer {
  readonly id: string;
  readonly outcome?: "ACCEPTED" | "REFUSED";
  readonly seq: number;
  readonly refusal?: { readonly code: string; readonly message?: { readonly en: string } };
  readonly error?: string;
}

export interface Position {
  readonly lat: number;
  readonly lng: number;
  readonly headingDeg?: number;
  readonly speedMps?: number;
  readonly ageS: number;
}

export interface Fix {
  readonly seq: number;
  readonly deviceAt: number;
  readonly lat: number;
  readonly lng: number;
  readonly speedMps?: number;
}

/** 1: a cookie for a person; a program that is no browser names the server's own origin. */
export async function signIn(url: string, login: string, password: string): Promise<string> {
  const response = await fetch(`${url}/api/login`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify({ login, password }),
  });
  const body = (await response.json()) as { readonly code?: string };
  if (response.status !== 200) throw new Error(body.code);
  return response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}

export interface ClientOptions {
  readonly url: string;
  readonly seat: "console" | "wall" | "field";
  readonly cookie?: string;
  readonly device?: string;
  readonly kiosk?: string;
}

export class MinimalClient {
  /** `type/id` → the record as this view sees it; live records only. */
  readonly records = new Map<string, Put>();
  readonly ended = new Map<string, Put>();
  /** What stands over `records` because the log does not hold it yet. */
  readonly emergency = new Map<string, Put>();
  readonly positions = new Map<number, Position>();
  hello: { readonly view: string; readonly officerId?: string; readonly wire: number } | undefined;
  cursor: Cursor | null = null;
  closing: string | undefined;
  snapshots = 0;
  private heardAt = 0;
  private lastTick = 0;
  private askedPositionsAt = 0;
  private isResuming = false;
  private isInStep = false;
  private storedUpTo = -1;
  private nextAnswer = 0;
  private nextCommand = 0;
  private readonly answers = new Map<number, (answer: Answer) => void>();
  private watchers: (() => void)[] = [];
  private ws: WebSocket | undefined;
  private readonly options: ClientOptions;

  constructor(options: ClientOptions) {
    this.options = options;
  }

  /** 2: resolves when the view is in step; rejects with the code of being turned away. */
  connect(): Promise<void> {
    const { url, cookie, ...handshake } = this.options;
    const address = `${url.replace(/^http/, "ws")}/socket.io/?EIO=4&transport=websocket`;
    const ws = new WebSocket(address, {
      headers: cookie === undefined ? {} : { cookie },
      perMessageDeflate: false,
    });
    this.ws = ws;
    this.isInStep = false;
    this.isResuming = false;
    const admitted = new Promise<void>((resolve, reject) => {
      ws.once("error", reject);
      ws.on("message", (data: Buffer, isBinary: boolean) => {
        if (isBinary) this.takeFrame(data);
        else this.takeText(data.toString("utf8"), handshake, { resolve, reject });
      });
    });
    return admitted.then(() => this.until(() => this.isInStep));
  }

  private takeText(
    text: string,
    handshake: object,
    admission: { resolve(): void; reject(error: Error): void },
  ): void {
    const [, type = "", rest = ""] = /^(4[0-4]|\d)([\s\S]*)$/.exec(text) ?? [];
    switch (type) {
      case "0":
        this.ws?.send(`40${JSON.stringify(handshake)}`);
        break;
      case "2":
        this.ws?.send("3");
        break;
      case "40":
        admission.resolve();
        break;
      case "44":
        this.ws?.close();
        admission.reject(new Error((JSON.parse(rest) as { message: string }).message));
        break;
      case "42":
        this.takeEvent(JSON.parse(rest));
        break;
      case "43":
        this.takeAnswer(rest);
        break;
    }
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.ws?.once("close", () => resolve());
      this.ws?.close();
    });
  }

  /** Resolves when the condition holds after some message. */
  until(condition: () => boolean, withinMs = 10_000): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`not within ${withinMs} ms`)), withinMs);
      const look = (): void => {
        if (!condition()) return;
        clearTimeout(timer);
        this.watchers = this.watchers.filter((watcher) => watcher !== look);
        resolve();
      };
      this.watchers.push(look);
      look();
    });
  }

  /** 5: the envelope, so that the same can go by either road, as often as need be. */
  envelope(kind: string, id: string, payload: object = {}): object {
    const record = this.records.get(`${kind.split(".")[0]}/${id}`);
    this.nextCommand += 1;
    return {
      id: `minimal-${Date.now()}-${this.nextCommand}`,
      kind,
      ref: { type: kind.split(".")[0], id },
      payload,
      ...(record?.dto.stateRev === undefined ? {} : { rev: record.dto.stateRev }),
      knownSeq: this.cursor?.seq ?? 0,
      knownAt: this.heardAt,
      deviceAt: Date.now(),
    };
  }

  bySocket(envelope: object): Promise<Answer> {
    const n = this.nextAnswer++;
    this.ws?.send(`42${n}${JSON.stringify(["command", envelope])}`);
    return new Promise((resolve) => this.answers.set(n, resolve));
  }

  async byPost(envelope: object): Promise<Answer> {
    const { url, cookie, device } = this.options;
    const response = await fetch(`${url}/api/commands`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        origin: url,
        ...(cookie === undefined ? {} : { cookie }),
        ...(device === undefined ? {} : { authorization: `Bearer ${device}` }),
      },
      body: JSON.stringify(envelope),
    });
    return (await response.json()) as Answer;
  }

  /** 6: one binary message, 8 + 28 bytes a fix; resolves when all are stored. */
  async report(fixes: readonly Fix[]): Promise<void> {
    const bytes = new DataView(new ArrayBuffer(8 + 28 * fixes.length));
    bytes.setUint8(0, 0xb5);
    bytes.setUint8(1, 1);
    bytes.setUint16(2, fixes.length, true);
    fixes.forEach((fix, i) => {
      const at = 8 + 28 * i;
      bytes.setUint32(at, fix.seq, true);
      bytes.setFloat64(at + 4, fix.deviceAt, true);
      bytes.setInt32(at + 12, Math.round(fix.lat * 1e7), true);
      bytes.setInt32(at + 16, Math.round(fix.lng * 1e7), true);
      bytes.setUint16(at + 20, 65_535, true);
      bytes.setUint16(at + 22, fix.speedMps === undefined ? 65_535 : fix.speedMps * 100, true);
      bytes.setUint16(at + 24, 65_535, true);
      bytes.setUint8(at + 26, 255);
      bytes.setUint8(at + 27, 0);
    });
    this.ws?.send(bytes.buffer);
    const last = Math.max(...fixes.map((fix) => fix.seq));
    await this.until(() => this.storedUpTo >= last);
  }

  private takeEvent([event, body]: [string, never]): void {
    if (event === "hello") this.takeHello(body);
    if (event === "snapshot") this.takeSnapshot(body);
    if (event === "patch") this.takePatch(body);
    if (event === "hb") this.takeHeartbeat(body);
    if (event === "emergency") this.takeEmergency(body);
    if (event === "stored") this.storedUpTo = (body as { storedUpTo: number }).storedUpTo;
    if (event === "closing") this.closing = (body as { reason: string }).reason;
    for (const watcher of [...this.watchers]) watcher();
  }

  private takeHello(hello: NonNullable<MinimalClient["hello"]>): void {
    if (hello.wire !== 2) throw new Error("another version of the wire");
    if (this.hello && this.hello.view !== hello.view) this.forget();
    this.hello = hello;
    this.resume();
  }

  private forget(): void {
    this.records.clear();
    this.positions.clear();
    this.cursor = null;
  }

  private resume(): void {
    if (this.isResuming) return;
    this.isResuming = true;
    this.ws?.send(`42${JSON.stringify(["resume", this.cursor])}`);
  }

  private takeSnapshot({ to, hash8, at, put = [] }: Patch): void {
    this.snapshots += 1;
    this.records.clear();
    for (const record of put) this.records.set(`${record.type}/${record.id}`, record);
    this.inStep(to, hash8, at);
  }

  private takePatch(patch: Patch): void {
    const { cursor } = this;
    const isMissing = cursor === null || patch.from > cursor.seq;
    const isOther = cursor?.seq === patch.to && cursor.hash8 !== patch.hash8;
    if (isMissing || isOther) {
      this.resume();
      return;
    }
    if (patch.to > cursor.seq) this.apply(patch);
    this.inStep(
      Math.max(patch.to, cursor.seq),
      patch.to > cursor.seq ? patch.hash8 : cursor.hash8,
      patch.at,
    );
  }

  private apply({ put = [], del = [] }: Patch): void {
    for (const { type, id } of del) this.records.delete(`${type}/${id}`);
    for (const record of put) {
      const key = `${record.type}/${record.id}`;
      if (record.dto.closed) {
        this.records.delete(key);
        this.ended.set(key, record);
      } else this.records.set(key, record);
    }
  }

  private takeEmergency({ put }: { readonly put: readonly Put[] }): void {
    this.emergency.clear();
    for (const record of put) this.emergency.set(`${record.type}/${record.id}`, record);
  }

  private inStep(seq: number, hash8: string, at: number): void {
    this.cursor = { seq, hash8 };
    this.heardAt = Math.max(this.heardAt, at);
    this.isResuming = false;
    this.isInStep = true;
  }

  private takeHeartbeat(beat: Patch & { readonly tick: number }): void {
    this.takePatch(beat);
    if (beat.tick > this.lastTick + 8) this.askPositions();
  }

  private askPositions(): void {
    if (Date.now() - this.askedPositionsAt < 5_000) return;
    this.askedPositionsAt = Date.now();
    this.ws?.send('42["posSnapshot"]');
  }

  /** 6: 36 bytes of header, 16 a position. */
  private takeFrame(data: Buffer): void {
    const bytes = new DataView(data.buffer, data.byteOffset, data.byteLength);
    if (bytes.getUint8(0) !== 0xf5 || bytes.getUint8(1) !== 1) throw new Error("not a frame");
    const count = bytes.getUint32(32, true);
    if (data.byteLength !== 36 + 16 * count) throw new Error("not this many positions");
    const isSnapshot = bytes.getUint8(2) === 2;
    const follows = isSnapshot || bytes.getFloat64(8, true) <= this.lastTick;
    if (isSnapshot) this.positions.clear();
    for (let at = 36; at < data.byteLength; at += 16) {
      const flags = bytes.getUint8(at + 15);
      this.positions.set(bytes.getUint32(at, true), {
        lat: bytes.getInt32(at + 4, true) / 1e7,
        lng: bytes.getInt32(at + 8, true) / 1e7,
        ...(flags & 4 ? {} : { headingDeg: (bytes.getUint8(at + 12) * 360) / 256 }),
        ...(flags & 8 ? {} : { speedMps: bytes.getUint8(at + 13) / 2 }),
        ageS: bytes.getUint8(at + 14),
      });
    }
    this.lastTick = Math.max(this.lastTick, bytes.getFloat64(16, true));
    if (!follows) this.askPositions();
    for (const watcher of [...this.watchers]) watcher();
  }

  private takeAnswer(text: string): void {
    const start = text.indexOf("[");
    const [answer] = JSON.parse(text.slice(start)) as [Answer];
    this.answers.get(Number(text.slice(0, start)))?.(answer);
  }
}
