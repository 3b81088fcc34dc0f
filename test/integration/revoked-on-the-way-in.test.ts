import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { createMemoryAccountStore } from "../../server/accounts/account-store-memory.ts";
import { createLiveServer } from "../../server/edge/live/live-server.ts";
import { createSessions } from "../../server/edge/sessions.ts";
import { testKernel } from "../support/kernel/test-kernel.ts";
import { freePort } from "../support/server/free-port.ts";
import { RawClient } from "../support/server/raw-client.ts";

test("FLT-23 given a session that is revoked between its handshake and its first message, when the socket opens, then it is closed as REVOKED and gets no picture", async () => {
  const k = await testKernel();
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
  let pictures = 0;
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
    positions: () => undefined,
    positionSnapshot: () => {
      pictures += 1;
    },
    opened: () => undefined,
    closed: () => undefined,
    onError: () => undefined,
    admit: async () => true,
  });
  const port = await freePort();
  await new Promise<void>((resolve) => http.listen(port, "127.0.0.1", resolve));
  const heard: unknown[] = [];
  const client = await RawClient.open(
    `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    { seat: "console", cookie: setCookie.split(";")[0] ?? "" },
    {
      onEvent: ({ event, body }) => {
        if (event === "closing") heard.push(body);
      },
    },
  );
  client.emit("resume", null);
  client.emit("posSnapshot");
  await Promise.race([client.closed, new Promise((resolve) => setTimeout(resolve, 2_000))]);
  expect([client.isOpen, heard]).toEqual([false, [{ reason: "REVOKED" }]]);
  expect(pictures).toBe(0);
  await live.close();
});
