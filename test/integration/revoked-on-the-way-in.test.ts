import { createServer } from "node:http";
import { expect, test } from "vitest";
import { createMemoryAccountStore } from "../../server/accounts/account-store-memory.ts";
import type { Subscriber } from "../../server/app/view-registry.ts";
import { FrameLanes } from "../../server/edge/frame-lanes.ts";
import { createLiveServer, type LiveDeps } from "../../server/edge/live/live-server.ts";
import { createSessions } from "../../server/edge/sessions.ts";
import { encodeFrame } from "../../shared/wire/position-frame.ts";
import { type TestKernel, testKernel } from "../support/kernel/test-kernel.ts";
import { freePort } from "../support/server/free-port.ts";
import { RawClient, type RawOptions } from "../support/server/raw-client.ts";

/** A live channel, and how 江岸's duty officer comes to it. */
async function liveRoom(
  k: TestKernel,
  more: (sessions: LiveDeps["sessions"]) => Partial<LiveDeps>,
) {
  const sessions = createSessions({
    accounts: createMemoryAccountStore(),
    world: k.kernel.replica.world,
    now: () => k.clock.now(),
    newId: () => "session-1",
    sessionHours: 12,
    secureCookies: false,
  });
  const { setCookie } = await sessions.open({
    kind: "person",
    officerId: "jiangan.duty",
    login: "duty",
  });
  const http = createServer();
  const live = createLiveServer(http, {
    app: k.kernel.app,
    views: k.kernel.views,
    emergency: k.kernel.emergencyViews,
    observers: k.kernel.observers,
    now: () => k.clock.now(),
    monotonic: () => k.clock.monotonic(),
    boundAddresses: true,
    origins: [],
    sessions,
    positions: async () => undefined,
    positionSnapshot: () => undefined,
    opened: () => undefined,
    closing: () => undefined,
    closed: () => undefined,
    onError: () => undefined,
    admit: async () => true,
    ...more(sessions),
  });
  const port = await freePort();
  await new Promise<void>((resolve) => http.listen(port, "127.0.0.1", resolve));
  const cookie = setCookie.split(";")[0] ?? "";
  return {
    live,
    come: (options: RawOptions) =>
      RawClient.open(`http://127.0.0.1:${port}`, { seat: "console", cookie }, options),
  };
}

test("FLT-23 given a session that is revoked between its handshake and its first message, when the socket opens, then it is closed as REVOKED and gets no picture", async () => {
  const k = await testKernel();
  let pictures = 0;
  const { live, come } = await liveRoom(k, (sessions) => ({
    sessions: {
      ...sessions,
      // The door has let the session in; only then is it revoked.
      authenticate: async (headers) => {
        const found = await sessions.authenticate(headers);
        await k.accepted("high.secadmin", "officer.revokeSession", "officer", "jiangan.duty", {
          sessionId: "session-1",
        });
        return found;
      },
    },
    positionSnapshot: () => {
      pictures += 1;
    },
  }));
  const heard: unknown[] = [];
  const client = await come({
    onEvent: ({ event, body }) => {
      if (event === "closing") heard.push(body);
    },
  });
  client.emit("resume", null);
  client.emit("posSnapshot");
  await Promise.race([client.closed, new Promise((resolve) => setTimeout(resolve, 2_000))]);
  expect([client.isOpen, heard]).toEqual([false, [{ reason: "REVOKED" }]]);
  expect(pictures).toBe(0);
  await live.close();
});

test("FLT-23 given a console whose right has just ended, when a tick is written before its connection is cut, then no position goes to it", async () => {
  const k = await testKernel();
  const bytes = encodeFrame({ kind: "DELTA", set: 1, prevTick: 0, tick: 1, tickAt: 250 }, []);
  const lanes = new FrameLanes({ admit: () => true, picture: () => bytes });
  const tick = ({ view }: Subscriber) => {
    for (const lane of lanes.of(view)) lane.take(bytes);
  };
  const arrived = Promise.withResolvers<Subscriber>();
  const { live, come } = await liveRoom(k, () => ({
    opened: (subscriber, socket) => {
      lanes.open(subscriber.view, socket);
      arrived.resolve(subscriber);
    },
    closing: ({ view, id }) => lanes.close(view, id),
    closed: ({ view, id }) => lanes.close(view, id),
  }));
  let frames = 0;
  const client = await come({
    onBytes: () => {
      frames += 1;
    },
  });
  const subscriber = await arrived.promise;
  tick(subscriber);
  subscriber.close("REVOKED");
  tick(subscriber);
  await client.closed;
  expect(frames).toBe(1);
  await live.close();
});
