import type { Socket } from "socket.io";
import { webSocketOf } from "../frame-writer.ts";

type Connection = Socket["conn"];

/** A phone that comes back after hours hands in its outbox and its fixes without waiting. */
const BURST = 1_000;
const PER_SECOND = 50;
/** Nobody is held up for longer than 5 s: a call for help may lie behind what was too much. */
const MOST_DEBT = 250;
/** A message costs one, and one more for each so many characters or bytes. */
const BYTES_PER_POINT = 1_024;
/** Coming in and asking for the picture cost more: a road that flaps each 3 s can still pay for both. */
export const ENTER_POINTS = 20;
export const RESUME_POINTS = 100;

/**
 * What a person or device may make the server do, over all its connections. Over its budget it is not read from until the budget
 * has grown again: nothing is refused, least of all a call for help, and the sender's own buffers
 * fill up. A client that is not read from answers no ping either, so a flood ends its connection.
 */
export class InboundBudget {
  private points = BURST;
  private at: number;
  private readonly monoMs: () => number;

  constructor(monoMs: () => number) {
    this.monoMs = monoMs;
    this.at = monoMs();
  }

  /** Takes the points; ms until the budget is above nothing again, 0 while it is. */
  spend(points: number): number {
    const now = this.monoMs();
    const grown = Math.min(BURST, this.points + ((now - this.at) / 1_000) * PER_SECOND);
    this.points = Math.max(-MOST_DEBT, grown - points);
    this.at = now;
    return this.points >= 0 ? 0 : Math.ceil((-this.points / PER_SECOND) * 1_000);
  }
}

/** One connection's reading, held to a budget. */
export interface InboundLimit {
  spend(points: number): void;
  /** From now on it spends from this one, which all connections of a person or device share. */
  share(budget: InboundBudget): void;
}

export function limitInbound(conn: Connection, monoMs: () => number): InboundLimit {
  let budget = new InboundBudget(monoMs);
  let paused: NodeJS.Timeout | undefined;
  const spend = (points: number): void => {
    const waitMs = budget.spend(points);
    if (waitMs === 0 || paused !== undefined) return;
    const webSocket = webSocketOf({ conn });
    // A polling client sends one request at a time and can be held up only by closing.
    if (!webSocket) {
      conn.close();
      return;
    }
    webSocket.pause();
    paused = setTimeout(() => {
      paused = undefined;
      webSocket.resume();
      spend(0);
    }, waitMs);
  };
  conn.on("packet", ({ data }: { readonly data?: unknown }) => {
    spend(1 + Math.floor(sizeOf(data) / BYTES_PER_POINT));
  });
  conn.once("close", () => clearTimeout(paused));
  return {
    spend,
    share: (shared) => {
      budget = shared;
    },
  };
}

const sizeOf = (data: unknown): number =>
  typeof data === "string" || data instanceof Uint8Array ? data.length : 0;
