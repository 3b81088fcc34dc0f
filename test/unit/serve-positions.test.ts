import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { refusePositions, servePositions } from "../../server/edge/live/serve-positions.ts";

/** What is used of a socket and its connection, on polling: there is no WebSocket to write to. */
function onPolling() {
  const conn = Object.assign(new EventEmitter(), {
    isClosed: false,
    transport: { name: "polling" },
    close: () => {
      conn.isClosed = true;
    },
  });
  const emitted: unknown[][] = [];
  const socket = { conn, connected: true, emit: (...args: unknown[]) => emitted.push(args) };
  return { conn, emitted, socket: socket as never, state: socket };
}
const turns = () => new Promise((resolve) => setImmediate(resolve));

test("WIRE-4 given somebody who has not signed in, when a batch comes, then the connection ends; a text does not end it", () => {
  const { conn } = onPolling();
  refusePositions(conn as never);
  conn.emit("data", "2[]");
  expect(conn.isClosed).toBe(false);
  conn.emit("data", new Uint8Array(36));
  expect(conn.isClosed).toBe(true);
});

test("WIRE-4 given somebody who has signed in, when a batch comes, then it is taken once and answered by the event stored where there is no WebSocket", async () => {
  const { conn, emitted, socket, state } = onPolling();
  refusePositions(conn as never)();
  const taken: Uint8Array[] = [];
  const errors: unknown[] = [];
  servePositions(socket, {
    take: async (batch) => {
      taken.push(batch);
      if (batch.length === 0) throw new Error("no");
      return { storedUpTo: 7 };
    },
    onError: (error) => errors.push(error),
  });
  conn.emit("data", new Uint8Array(36));
  conn.emit("data", "2[]");
  conn.emit("data", new Uint8Array(0));
  await turns();
  expect(conn.isClosed).toBe(false);
  expect(taken).toHaveLength(2);
  expect(emitted).toEqual([["stored", { storedUpTo: 7 }]]);
  expect(errors).toEqual([new Error("no")]);
  state.connected = false;
  conn.emit("data", new Uint8Array(36));
  await turns();
  expect(taken).toHaveLength(2);
});
