import { TICK_MS } from "../../../shared/wire/position-frame.ts";
import { pause } from "../figures.ts";
import { FEED_ROW_BYTES, STAMP } from "./messages.ts";
import type { BenchProvince } from "./province.ts";
import type { FedServer } from "./room.ts";

const EVERY_MS = 25;
/** The server's ticks are at whole multiples of theirs, by the clock that all of a machine share. */
const AFTER_TICK_MS = 15;
/** The last ones are in before the tick that takes them: a timer may be late. */
const BEFORE_TICK_MS = AFTER_TICK_MS + EVERY_MS + 35;
const DEG = 1e7;

/** How many positions went in, of each group. */
export interface Fed {
  readonly total: number;
  readonly byGroup: readonly number[];
}

/** Officers who move one after the other, all round, at a rate. One feed goes to one server. */
export class Feed {
  private next = 0;
  private readonly server: FedServer;
  private readonly officers: BenchProvince["officers"];

  constructor(server: FedServer, officers: BenchProvince["officers"]) {
    this.server = server;
    this.officers = officers;
  }

  /**
   * Begins with a tick and ends within the last of `ms`: begun in the midst of one, the same positions
   * would take a frame more, and another number of them in each round. Resolves when the last one
   * was sent in.
   */
  async run(rate: number, ms: number): Promise<Fed> {
    await pause(TICK_MS - (Date.now() % TICK_MS) + AFTER_TICK_MS);
    const byGroup: number[] = [];
    const from = performance.now();
    const forMs = ms - BEFORE_TICK_MS;
    let total = 0;
    return new Promise((resolve) => {
      const timer = setInterval(() => {
        const share = Math.min(1, (performance.now() - from) / forMs);
        const due = Math.floor((share * rate * ms) / 1_000) - total;
        if (due > 0) this.server.feed(this.rows(due, byGroup));
        total += due;
        if (share < 1) return;
        clearInterval(timer);
        resolve({ total, byGroup });
      }, EVERY_MS);
    });
  }

  private rows(count: number, byGroup: number[]): Buffer {
    const rows = Buffer.allocUnsafe(count * FEED_ROW_BYTES);
    const stamp = Date.now() & (STAMP - 1);
    for (let i = 0; i < count; i += 1) {
      const officer = this.officers[this.next] as BenchProvince["officers"][number];
      this.next = (this.next + 1) % this.officers.length;
      byGroup[officer.group] = (byGroup[officer.group] ?? 0) + 1;
      const at = i * FEED_ROW_BYTES;
      rows.writeUInt32LE(officer.trackIndex, at);
      rows.writeInt32LE(30 * DEG + officer.group * 100_000, at + 4);
      // Whole multiples of the stamp's range, some 41 m, with the stamp above them.
      rows.writeInt32LE(STAMP * (279_000 + officer.group) + stamp, at + 8);
    }
    return rows;
  }
}
