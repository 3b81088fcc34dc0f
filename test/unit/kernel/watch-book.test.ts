import { describe, expect, it } from "vitest";
import type { AccessEntry } from "../../../server/app/api.ts";
import type { Subscriber } from "../../../server/app/view-registry.ts";
import { type TestKernel, testKernel } from "../../support/kernel/test-kernel.ts";

const ALL = { since: 0, limit: 500 };
/** As many as wait at once for one append. */
const AT_ONCE = 900;

const told = async (k: TestKernel, courtId: string) => {
  const { looks } = await k.kernel.watchers.of(courtId, ALL);
  return looks.map(({ kind, until }) => ({ kind, over: until !== undefined }));
};

async function record(k: TestKernel, entries: readonly AccessEntry[]): Promise<void> {
  for (let from = 0; from < entries.length; from += AT_ONCE) {
    const some = entries.slice(from, from + AT_ONCE);
    await Promise.all(some.map((entry) => k.kernel.app.access(entry)));
  }
}

const look = (watchedCourtId: string): AccessEntry => ({
  ...{ kind: "REVEAL", by: "high.duty", session: "s-high", courtId: "high" },
  ...{ subject: "jiangan.police", field: "name", watchedCourtId },
});
const visit = (kind: "OBSERVE_START" | "OBSERVE_END", session: string): AccessEntry => ({
  ...{ kind, by: "seat", session, courtId: "jiangan" },
  ...{ subject: "seat", field: "COURT", watchedCourtId: "jiangan" },
});

async function withSeat(): Promise<TestKernel> {
  const k = await testKernel();
  await k.accepted("jiangan.director", "observer.open", "observer", "seat", {
    ...{ body: "PROCURATORATE", organisation: "检察院", visitor: "检察官" },
    endsAt: k.clock.now() + 3_600_000,
  });
  return k;
}

/** A socket of the visitor. */
const socket = (id: string): Subscriber => ({
  ...{ id, view: "observer:seat", sessionId: "s-1", roles: [] },
  send: () => undefined,
  pendingBytes: () => 0,
  close: () => undefined,
});

describe("who has been watching us", () => {
  it("WCH-3 neither a visitor who comes and goes nor another court's looks push a look off", async () => {
    const k = await withSeat();
    await record(k, [look("jiangan"), look("huangpi")]);
    const flood = Array.from({ length: 2_100 }, (_, i) => [
      visit("OBSERVE_START", `s-${i}`),
      visit("OBSERVE_END", `s-${i}`),
      ...Array.from({ length: 9 }, () => look("fancheng")),
    ]);
    await record(k, flood.flat());

    const { looks, dropped } = await k.kernel.watchers.of("jiangan", { since: 0, limit: 5_000 });
    expect(looks.filter(({ kind }) => kind === "REVEAL")).toHaveLength(1);
    expect(looks.filter(({ kind }) => kind === "OBSERVER")).toHaveLength(2_000);
    expect(dropped).toBe(100);
    expect(await told(k, "huangpi")).toEqual([{ kind: "REVEAL", over: false }]);
  });

  it("WCH-3 a session whose line breaks is one visit, over with its last socket", async () => {
    const k = await withSeat();
    const { observers } = k.kernel;
    const [one, two] = [socket("a"), socket("b")];
    observers.enter(one);
    observers.enter(two);
    observers.leave(one);
    await observers.show(two);
    expect(await told(k, "jiangan")).toEqual([{ kind: "OBSERVER", over: false }]);
    observers.leave(two);
    await record(k, [look("huangpi")]);
    expect(await told(k, "jiangan")).toEqual([{ kind: "OBSERVER", over: true }]);

    observers.enter(socket("c"));
    await record(k, [look("huangpi")]);
    expect(await told(k, "jiangan")).toEqual([{ kind: "OBSERVER", over: false }]);
  });
});
