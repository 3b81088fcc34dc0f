import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "../support/server/eventually.ts";
import { RawClient } from "../support/server/raw-client.ts";
import { type ServerHere, startHere } from "../support/server/server-here.ts";
import { tried } from "../support/trials.ts";

let here: ServerHere;
beforeAll(async () => {
  here = await startHere();
});
afterAll(() => here.close());

test("VIEW-10 given a console that stops reading, when more than its budget waits for it, then the server lets it go and its memory is free again", async () => {
  const cookie = await here.cookieOf("court-017-duty");
  const client = await RawClient.open(here.url, { seat: "console", cookie });
  const { registry } = here.server.kernel.views;
  const subscriber = await eventually(() => {
    const [first] = registry.subscribers();
    if (!first) throw new Error("not subscribed yet");
    return first;
  }, 2_000);
  client.pause();
  const half = JSON.stringify("x".repeat(512 * 1024));
  // What the machine's own buffers take does not count.
  for (let i = 0; i < 200; i += 1) {
    subscriber.send("noise", half);
    if (i % 4 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  expect(subscriber.pendingBytes()).toBeLessThan(1.6 * 1024 * 1024);
  await eventually(() => expect([...registry.subscribers()]).toEqual([]), 5_000);
  tried("fault: a stalled reader", 1);
}, 20_000);
