import { describe, expect, test } from "vitest";
import { backOffMs } from "../../client/link/back-off.ts";
import { freshnessOf } from "../../client/link/freshness.ts";
import { createInbox } from "../../client/link/inbox.ts";
import { nextConnection, triesOf } from "../../client/link/transitions.ts";
import { watchAge } from "../../client/link/watch-age.ts";
import type { Connection } from "../../client/store/connection.ts";
import { fakePlatform, freshStores, hash8, heartbeatOf, helloOf, put } from "./link-fakes.ts";

function seat(kind: "console" | "field") {
  const platform = fakePlatform();
  const stores = freshStores(platform);
  const inbox = createInbox(stores, kind);
  let woken = 0;
  const server = 5_000_000;
  const serverAt = () => server + platform.monoMs() - 1_000;
  watchAge({
    platform,
    stores,
    inbox,
    woke: () => {
      woken += 1;
    },
    check: () => undefined,
  });
  inbox.happened({ kind: "started" });
  inbox.hello(helloOf({ at: serverAt() }));
  inbox.snapshot({ to: 1, hash8: hash8(1), at: serverAt(), put: [put("A", 1)] });
  const state = () => stores.connection.getState();
  return { platform, stores, inbox, state, serverAt, woken: () => woken };
}

describe("how old the glass is", () => {
  test("LINK-8 a console is late after 5 s and stale after 10 s", () => {
    const { platform, state } = seat("console");
    platform.pass(5_000);
    expect(state().freshness).toBe("fresh");
    platform.pass(1_000);
    expect(state().freshness).toBe("late");
    expect(state().connection.kind).toBe("behind");
    platform.pass(5_000);
    expect(state().freshness).toBe("stale");
  });

  test("LINK-8 a phone is late after 25 s and stale after 45 s", () => {
    expect(freshnessOf("field", 25_000)).toBe("fresh");
    expect(freshnessOf("field", 25_001)).toBe("late");
    expect(freshnessOf("field", 45_001)).toBe("stale");
  });

  test("LINK-8 a heartbeat makes a quiet screen fresh again", () => {
    const { platform, inbox, state, serverAt } = seat("console");
    platform.pass(11_000);
    inbox.heartbeat(heartbeatOf(1, 1, { at: serverAt() }));
    expect(state().freshness).toBe("fresh");
    expect(state().connection.kind).toBe("live");
  });

  test("LINK-8 before anything was heard nothing is said about age", () => {
    expect(freshnessOf("wall", undefined)).toBe("never");
  });

  test("LINK-9 messages beyond a gap do not make the glass younger", () => {
    const { platform, inbox, state, serverAt } = seat("console");
    for (let i = 0; i < 6; i += 1) {
      platform.pass(2_000);
      expect(inbox.heartbeat(heartbeatOf(7, 7, { at: serverAt() }))).toBe("resume");
    }
    expect(state().freshness).toBe("stale");
    expect(state().connection).toMatchObject({ kind: "behind" });
  });
});

describe("server time", () => {
  test("LINK-10 it runs by the monotonic clock, whatever the wall says", () => {
    const { platform, stores, serverAt } = seat("console");
    platform.pass(60_000);
    expect(stores.clock.serverNow()).toBe(serverAt());
  });

  test("LINK-10 a message that waited on the way does not turn it back", () => {
    const { platform, stores, inbox, serverAt } = seat("console");
    const late = serverAt();
    platform.pass(4_000);
    inbox.heartbeat(heartbeatOf(1, 1, { at: late }));
    expect(stores.clock.serverNow()).toBe(serverAt());
  });

  test("LINK-10 a device that slept is stale at once and dials anew", () => {
    const { platform, state, woken } = seat("console");
    platform.sleep(600_000);
    platform.pass(1_000);
    expect(woken()).toBe(1);
    expect(state().freshness).toBe("stale");
  });
});

describe("a road that delays everything alike", () => {
  test("LINK-20 messages that are all 20 s old do not look new once the server's time was asked", () => {
    const { platform, inbox, state, serverAt } = seat("console");
    inbox.time(platform.monoMs(), serverAt());
    for (let i = 0; i < 90; i += 1) {
      platform.pass(2_000);
      inbox.heartbeat(heartbeatOf(1, 1, { at: serverAt() - 20_000 }));
    }
    expect(state().freshness).toBe("stale");
  });

  test("LINK-20 asked over the slow road itself, the age is at most its round trip too high", () => {
    const { platform, stores, inbox, state, serverAt } = seat("console");
    const askedAt = platform.monoMs();
    platform.pass(2_000);
    inbox.time(askedAt, serverAt() - 1_000);
    inbox.heartbeat(heartbeatOf(1, 1, { at: serverAt() - 1_000 }));
    const age = stores.clock.ageOf(state().heardAt ?? 0);
    expect(age).toBeGreaterThanOrEqual(1_000);
    expect(age).toBeLessThan(2_100);
    expect(state().freshness).toBe("fresh");
  });

  test("LINK-20 an answer that was asked for before the device slept says nothing of its sleep", () => {
    const { platform, stores, inbox, serverAt } = seat("console");
    const askedAt = platform.monoMs();
    const at = serverAt();
    platform.sleep(60_000);
    platform.pass(1_000);
    inbox.time(askedAt, at);
    expect(stores.clock.ageOf(at)).toBeGreaterThanOrEqual(60_000);
  });
});

describe("a server whose clock was set", () => {
  test.each([-3_600_000, 3_600_000])(
    "LINK-21 by %i ms: what was stale stays stale until it is in step",
    (by) => {
      const { platform, inbox, state, serverAt } = seat("console");
      platform.pass(30_000);
      inbox.hello(helloOf({ at: serverAt() + by }), platform.monoMs());
      inbox.look();
      expect(state().freshness).toBe("stale");
      inbox.heartbeat(heartbeatOf(1, 1, { at: serverAt() + by }));
      expect(state().freshness).toBe("fresh");
      platform.pass(11_000);
      expect(state().freshness).toBe("stale");
    },
  );
});

describe("the connection", () => {
  test("LINK-11 dialling again waits 1, 2, then 2.5 s, each ± 50 %", () => {
    expect([1, 2, 3, 4, 5, 50].map((tries) => backOffMs(tries, 0.5))).toEqual([
      1_000, 2_000, 2_500, 2_500, 2_500, 2_500,
    ]);
    expect(backOffMs(1, 0)).toBe(500);
    expect(backOffMs(1, 1)).toBe(1_500);
  });

  test("LINK-11 tries are counted until the view was in step", () => {
    let now: Connection = nextConnection({ kind: "idle" }, { kind: "started" });
    now = nextConnection(now, { kind: "lost" });
    now = nextConnection(now, { kind: "lost" });
    expect(triesOf(now)).toBe(2);
    now = nextConnection(now, { kind: "opened", nowMs: 5 });
    expect(triesOf(now)).toBe(2);
    now = nextConnection(now, { kind: "inStep", nowMs: 6 });
    expect(now).toEqual({ kind: "live", sinceMs: 6 });
    expect(triesOf(nextConnection(now, { kind: "lost" }))).toBe(1);
  });

  test("LINK-12 refused, signed out and outdated stay, whatever the socket does", () => {
    const ends: Connection[] = [
      nextConnection({ kind: "live", sinceMs: 1 }, { kind: "closing", reason: "REVOKED" }),
      nextConnection({ kind: "live", sinceMs: 1 }, { kind: "closing", reason: "SIGNED_OUT" }),
      nextConnection({ kind: "connecting", tries: 0 }, { kind: "outdated", serverWire: 9 }),
    ];
    expect(ends.map((c) => nextConnection(c, { kind: "lost" }))).toEqual([
      { kind: "refused", reason: "REVOKED" },
      { kind: "signed-out" },
      { kind: "outdated", serverWire: 9 },
    ]);
  });

  test("LINK-12 who lost the right to a view does not keep it on the glass", () => {
    const { inbox, stores } = seat("console");
    inbox.happened({ kind: "closing", reason: "REVOKED" });
    expect(stores.records.getState().maps.operation.size).toBe(0);
    expect(stores.records.getState().cursor).toBeNull();
  });

  test("LINK-12 a server of another wire makes the page outdated", () => {
    const { inbox, state } = seat("console");
    inbox.hello(helloOf({ wire: 999 }));
    expect(state().connection).toEqual({ kind: "outdated", serverWire: 999 });
  });

  test.each(["RIGHTS_CHANGED", "SHUTDOWN", "SLOW", "PROTOCOL"] as const)(
    "LINK-12 closing for %s is followed by another dialling",
    (reason) => {
      const next = nextConnection({ kind: "live", sinceMs: 1 }, { kind: "closing", reason });
      expect(next.kind).toBe("connecting");
    },
  );
});
