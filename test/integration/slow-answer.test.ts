/** Large answers are few at once: whoever does not read his must not keep the others from theirs. */
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import express from "express";
import { expect, test } from "vitest";
import { send } from "../../server/edge/http/send.ts";

test("TRK-17 given somebody who asks for a large answer and reads nothing of it, when his time is over, then his place is free again", async () => {
  const left = Promise.withResolvers<number>();
  const begun = performance.now();
  const app = express();
  app.get("/large", (_request, response) => {
    const body = new Uint8Array(64 * 1_024 * 1_024);
    const done = () => left.resolve(performance.now() - begun);
    send(response, { status: 200, body, left: done }, 300);
  });
  const server = createServer(app).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  const client = connect(port, "127.0.0.1");
  client.on("error", () => undefined);
  client.pause();
  client.write("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
  expect(await left.promise).toBeGreaterThanOrEqual(290);
  client.destroy();
  server.closeAllConnections();
  server.close();
}, 10_000);
