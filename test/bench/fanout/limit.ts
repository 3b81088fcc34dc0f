/**
 * The limit of the fan-out: a bare `ws` server that does nothing but write frames that were built
 * beforehand, one per group and tick, the same Buffer straight to each socket of the group.
 * Orders come by IPC: `{rate, ms}` runs once and answers when it is over.
 */
import { createServer } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { sharedFrame } from "../../../server/edge/shared-frames.ts";
import { frameOf, TICK_MS, tickOf } from "../../../shared/wire/position-frame.ts";
import { COLLECT } from "./messages.ts";

const port = Number(process.argv[2]);
const groups = new Map<number, Set<WebSocket>>();
const http = createServer();
const bare = new WebSocketServer({ server: http, perMessageDeflate: false });

bare.on("connection", (socket, request) => {
  const group = Number(new URL(request.url ?? "", "http://x").searchParams.get("group"));
  const sockets = groups.get(group) ?? new Set();
  groups.set(group, sockets.add(socket));
  socket.on("close", () => {
    sockets.delete(socket);
    if (sockets.size === 0) groups.delete(group);
  });
  socket.on("error", () => undefined);
});

function frames(rate: number): ReadonlyMap<Set<WebSocket>, Buffer> {
  const count = Math.round((rate * TICK_MS) / 1_000 / groups.size);
  const now = Date.now();
  const header = { kind: "DELTA", set: 1, prevTick: 0, tick: tickOf(now), tickAt: now } as const;
  return new Map(
    [...groups.values()].map((sockets) => [sockets, sharedFrame(frameOf(header, count)).framed[0]]),
  );
}

function run(rate: number, ms: number): void {
  const prebuilt = frames(rate);
  const ticks = Math.round(ms / TICK_MS);
  let tick = 0;
  const timer = setInterval(() => {
    for (const [sockets, frame] of prebuilt)
      for (const socket of sockets) streamOf(socket).write(frame);
    tick += 1;
    if (tick < ticks) return;
    clearInterval(timer);
    process.send?.("ran");
  }, TICK_MS);
}

const streamOf = (socket: WebSocket): { write(bytes: Buffer): void } =>
  (socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket;

process.on("message", ({ rate, ms }: { rate: number; ms: number }) => run(rate, ms));
process.on(COLLECT, () => globalThis.gc?.());
process.on("disconnect", () => process.exit());
http.listen(port, "127.0.0.1", () => process.send?.("listens"));
