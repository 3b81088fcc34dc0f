import type { Socket } from "socket.io-client";
import type { PutRecord } from "../../shared/wire/live.ts";
import type { BatchFix } from "../../shared/wire/position-batch.ts";
import { createRedial } from "../link/redial.ts";
import type { Platform } from "../store/platform.ts";
import { createFieldCursor } from "./field-cursor.ts";
import { type FieldLine, openFieldLine } from "./field-line.ts";
import type { Slots } from "./slots.ts";
import type { Tally } from "./tally.ts";

/** One phone's road to the server: while it is covered it dials again and again. */
export interface FieldSocket {
  /** Within coverage or not. */
  setCovered(covered: boolean): void;
  /** The connected socket. */
  socket(): Socket | undefined;
  /** What the phone last knew of the log and of the server's time; zeros before it ever heard. */
  known(): { readonly seq: number; readonly at: number };
  /** Does nothing without a connection, and while an earlier batch waits for its answer. */
  sendPositions(fixes: readonly BatchFix[]): void;
  stop(): void;
}

export interface FieldSocketPorts {
  readonly url: string;
  readonly token: string;
  readonly platform: Pick<Platform, "monoMs" | "after" | "random">;
  readonly dials: Slots;
  readonly tally: Tally;
  readonly stored: (upTo: number) => void;
  readonly heard: (puts: readonly PutRecord[]) => void;
}

/** Codes at CONNECT that dialling again does not change. */
const FINAL: ReadonlySet<string> = new Set([
  "NOT_SIGNED_IN",
  "ACCOUNT_DISABLED",
  "DEVICE_REVOKED",
  "SESSION_REVOKED",
  "SEAT_REFUSED",
]);

export function createFieldSocket(ports: FieldSocketPorts): FieldSocket {
  const { platform, dials, tally } = ports;
  const cursor = createFieldCursor();
  let covered = false;
  let ended = false;
  let tries = 0;
  let connects = 0;
  let line: FieldLine | undefined;
  let giveSlotBack: () => void = () => undefined;

  const hangUp = () => {
    giveSlotBack();
    line?.close();
    line = undefined;
  };
  const connected = () => {
    giveSlotBack();
    tries = 0;
    connects += 1;
    tally.count(connects === 1 ? "connects" : "reconnects");
  };
  const gone = (code?: string) => {
    hangUp();
    tries += 1;
    if (code !== undefined && FINAL.has(code)) {
      ended = true;
      tally.count("turnedAway");
    } else if (covered && !ended) {
      redial.later(tries);
    }
  };
  const open = (release: () => void) => {
    // While it waited for a slot, coverage or the whole simulation may have ended.
    if (!covered || ended || line) return release();
    giveSlotBack = release;
    line = openFieldLine({ ...ports, cursor, monoMs: () => platform.monoMs(), connected, gone });
  };
  const redial = createRedial(platform, () => {
    hangUp();
    // Slots are never refused.
    void dials.take().then(open);
  });

  return {
    setCovered(now) {
      if (now === covered) return;
      covered = now;
      redial.stop();
      if (!now) hangUp();
      // A phone back in coverage dials at once.
      else if (!ended) void dials.take().then(open);
    },
    socket: () => line?.socket(),
    known: cursor.known,
    sendPositions: (fixes) => line?.sendPositions(fixes),
    stop() {
      ended = true;
      redial.stop();
      hangUp();
    },
  };
}
