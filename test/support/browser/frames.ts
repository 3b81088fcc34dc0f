import type { Page } from "playwright-core";
import {
  decodeFrame,
  type FramePosition,
  framePosition,
} from "../../../shared/wire/position-frame.ts";

export interface Frame {
  readonly way: "up" | "down";
  /** Node's clock, ms. */
  readonly at: number;
  readonly payload: string | Buffer;
}

/** Every message of every WebSocket that the page opens from now on. */
export function collectFrames(page: Page): Frame[] {
  const frames: Frame[] = [];
  page.on("websocket", (socket) => {
    const note = (way: Frame["way"]) => (event: { readonly payload: string | Buffer }) =>
      void frames.push({ way, at: Date.now(), payload: event.payload });
    socket.on("framesent", note("up"));
    socket.on("framereceived", note("down"));
  });
  return frames;
}

/** All that was said over the wire, as text; binary frames byte by byte. */
export const textOf = (frames: readonly Frame[]): string =>
  frames
    .map(({ payload }) => (typeof payload === "string" ? payload : payload.toString("latin1")))
    .join("\n");

/** Positions that came to this screen, in order. */
export const positionsIn = (frames: readonly Frame[]): FramePosition[] =>
  frames.flatMap(({ way, payload }) => {
    if (way !== "down" || typeof payload === "string") return [];
    const read = decodeFrame(payload);
    if (!read.ok) return [];
    return Array.from({ length: read.value.count }, (_, i) => framePosition(read.value, i));
  });
