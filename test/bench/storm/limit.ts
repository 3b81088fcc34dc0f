/** The limit: a bare `ws` server that writes one frame, built beforehand, to whoever comes. */
import { createServer } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { sharedText } from "../../../server/edge/shared-frames.ts";

const [port, bytes] = process.argv.slice(2).map(Number);
// A text like ours: the consoles have the same work with it.
const [frame] =
  sharedText("snapshot", `"${" ".repeat(bytes ?? 0)}"`).options.wsPreEncodedFrame ?? [];
const http = createServer();
const bare = new WebSocketServer({ server: http, perMessageDeflate: false });
bare.on("connection", (socket) => {
  if (frame) streamOf(socket).write(frame);
  socket.on("error", () => undefined);
});

const streamOf = (socket: WebSocket): { write(bytes: Buffer): void } =>
  (socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket;

process.on("disconnect", () => process.exit());
http.listen(port, "127.0.0.1", 4_096, () => process.send?.("listens"));
