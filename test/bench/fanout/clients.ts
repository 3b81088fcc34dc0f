/**
 * The consoles of the fan-out bench, in a process of their own: bare sockets, of which every tenth
 * reads the positions that it gets; the others count them by the lengths of the frames.
 */
import {
  FRAME_HEADER_BYTES,
  FRAME_ROW_BYTES,
  TICK_MS,
} from "../../../shared/wire/position-frame.ts";
import { openRawSocket, type RawSocket } from "../raw-socket.ts";
import {
  type ConsoleOf,
  type FromClients,
  type Report,
  STAMP,
  sharedNow,
  type ToClients,
  type Whose,
} from "./messages.ts";

const SAMPLE_EVERY = 10;
/** Far below what the server lets an address have waiting at once. */
const OPENED_TOGETHER = 40;
const ON_TIME_MS = 2 * TICK_MS;
const LNG_OFFSET = 8;
const TICK_AT_OFFSET = 24;
const CALL = /sos-[0-9a-f-]{36}/;

class Group {
  readonly sockets: RawSocket[] = [];
  sampled: number[] = [];
  private frames = 0;
  private positions = 0;
  private ages = new Uint32Array(STAMP);
  /** Of frames, from their tick. */
  private delays = new Uint32Array(STAMP);
  private closed = 0;
  private readonly reasons = new Set<string>();
  private calls = new Map<string, { seen: Set<number>; lastAt: number }>();

  mark(): void {
    this.frames = 0;
    this.positions = 0;
    this.ages.fill(0);
    this.delays.fill(0);
    this.calls.clear();
  }

  async open(port: number, { group, cookie }: ConsoleOf, index: number): Promise<void> {
    // Whole tens, so that no group is left out.
    const isWhole = Math.floor(index / 10) % SAMPLE_EVERY === 0;
    if (isWhole) this.sampled[group] = (this.sampled[group] ?? 0) + 1;
    const ours = { path: "/socket.io/?EIO=4&transport=websocket", auth: { seat: "console" } };
    const bare = { path: `/?group=${group}` };
    const socket = await openRawSocket({
      port,
      ...(cookie === undefined ? bare : { ...ours, cookie }),
      isWhole,
      onBinary: (length, whole) => this.frame(length, whole),
      onText: (text) => this.text(text, index),
      onClose: () => {
        this.closed += 1;
      },
    });
    this.sockets.push(socket);
  }

  report(): Report {
    const total = this.ages.reduce((sum, count) => sum + count, 0);
    const onTime = this.ages.subarray(0, ON_TIME_MS + 1).reduce((sum, count) => sum + count, 0);
    return {
      done: "report",
      frames: this.frames,
      positions: this.positions,
      sampled: Array.from(this.sampled, (count) => count ?? 0),
      onTime,
      late: total - onTime,
      ageP50Ms: quantileOf(this.ages, 0.5),
      ageP99Ms: quantileOf(this.ages, 0.99),
      frameP50Ms: quantileOf(this.delays, 0.5),
      frameP99Ms: quantileOf(this.delays, 0.99),
      closed: this.closed,
      reasons: [...this.reasons],
      calls: [...this.calls].map(([id, { seen, lastAt }]) => ({ id, consoles: seen.size, lastAt })),
    };
  }

  private frame(length: number, whole: Buffer | undefined): void {
    const count = (length - FRAME_HEADER_BYTES) / FRAME_ROW_BYTES;
    this.frames += 1;
    this.positions += count;
    if (!whole) return;
    const now = Date.now();
    const delay = Math.max(0, Math.min(STAMP - 1, now - whole.readDoubleLE(TICK_AT_OFFSET)));
    this.delays[delay] = (this.delays[delay] ?? 0) + 1;
    for (let i = 0; i < count; i += 1) {
      const lng = whole.readInt32LE(FRAME_HEADER_BYTES + i * FRAME_ROW_BYTES + LNG_OFFSET);
      const age = (now - (lng & (STAMP - 1))) & (STAMP - 1);
      this.ages[age] = (this.ages[age] ?? 0) + 1;
    }
  }

  private text(text: string, index: number): void {
    if (text.startsWith('42["closing"')) this.reasons.add(text);
    if (!text.startsWith('42["patch"')) return;
    const [id] = CALL.exec(text) ?? [];
    if (id === undefined) return;
    const call = this.calls.get(id) ?? { seen: new Set<number>(), lastAt: 0 };
    this.calls.set(id, call);
    if (call.seen.has(index)) return;
    call.seen.add(index);
    call.lastAt = sharedNow();
  }
}

/** Of counts by whole milliseconds. */
function quantileOf(counts: Uint32Array, q: number): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let below = 0;
  for (let ms = 0; ms < STAMP; ms += 1) {
    below += counts[ms] ?? 0;
    if (below > total * q) return ms;
  }
  return Number.NaN;
}

const groups: Readonly<Record<Whose, Group>> = {
  OURS: new Group(),
  TWIN: new Group(),
  LIMIT: new Group(),
  SLUGGISH: new Group(),
};

async function inParts<T>(all: readonly T[], work: (one: T, i: number) => Promise<void>) {
  for (let from = 0; from < all.length; from += OPENED_TOGETHER)
    await Promise.all(all.slice(from, from + OPENED_TOGETHER).map((one, i) => work(one, from + i)));
}

async function take(message: ToClients): Promise<FromClients> {
  switch (message.do) {
    case "open":
      await inParts(message.consoles, (one, i) => groups[message.whose].open(message.port, one, i));
      return { done: "open" };
    case "idle":
      await inParts(message.tokens, async (device) => {
        const auth = { seat: "field", device };
        const path = "/socket.io/?EIO=4&transport=websocket";
        const onBinary = () => undefined;
        await openRawSocket({ port: message.port, path, auth, isWhole: false, onBinary });
      });
      return { done: "idle" };
    case "close":
      for (const socket of groups[message.whose].sockets.splice(0)) socket.end();
      groups[message.whose].sampled = [];
      return { done: "close" };
    case "stall":
      for (const socket of groups[message.whose].sockets) socket.pause();
      return { done: message.do };
    case "wake":
      for (const socket of groups[message.whose].sockets) socket.resume();
      return { done: message.do };
    case "mark":
      groups[message.whose].mark();
      return { done: "mark" };
    case "report":
      return groups[message.whose].report();
  }
}

process.on("message", (message: ToClients) => {
  take(message).then(
    (answer) => process.send?.(answer),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on("disconnect", () => process.exit());
