import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { ViewKey } from "../../../shared/domain/authority/audience.ts";
import type { Cursor, Patch } from "../../../shared/wire/live.ts";
import { PLACE } from "../../support/kernel/play.ts";
import { type TestKernel, testKernel } from "../../support/kernel/test-kernel.ts";

interface Told {
  readonly who: string;
  readonly event: string;
  readonly json: string;
}

const SCREENS = 1_000;
const SOS = { place: PLACE };

function seat(k: TestKernel, who: string, view: ViewKey, told: Told[]) {
  const subscriber = {
    id: who,
    view,
    sessionId: "s1",
    roles: [],
    send: (event: string, json: string) => void told.push({ who, event, json }),
    close: () => undefined,
    pendingBytes: () => 0,
  };
  k.kernel.views.subscribe(subscriber);
  return subscriber;
}

const here = ({ kernel: { replica } }: TestKernel): Cursor => ({
  seq: replica.tail.seq,
  hash8: replica.hash8(),
});

describe("a room that comes back", () => {
  test("VIEW-20 given a thousand screens that ask at once, when somebody calls for help meanwhile, then who looks on has the patch before the last of them has his snapshot", async () => {
    const k = await testKernel();
    const told: Told[] = [];
    await k.kernel.views.resume(seat(k, "inside", "console:jiangan", told), null);
    const views: ViewKey[] = ["console:high", "console:wuhan", "wall:jiangan"];
    const asked = Array.from({ length: SCREENS }, (_, n) =>
      k.kernel.views.resume(seat(k, `back-${n}`, views[n % 3] ?? "console:high", told), null),
    );
    while (!told.some(({ who }) => who.startsWith("back"))) await turn();
    await k.accepted("jiangan.police", "incident.sos", "incident", "i1", SOS);
    await Promise.all(asked);
    const patched = told.findIndex(({ who, event }) => who === "inside" && event === "patch");
    const last = told.findLastIndex(({ event }) => event === "snapshot");
    expect(patched).toBeGreaterThan(0);
    expect(patched).toBeLessThan(last);
    const snapshots = told.filter(({ who, event }) => who !== "inside" && event === "snapshot");
    expect(new Set(snapshots.map(({ who }) => who)).size).toBe(SCREENS);
    expect(snapshots).toHaveLength(SCREENS);
  });

  test("VIEW-21 given screens of one view that stand at the same commit, when they come back, then all are told the same bytes up to the present", async () => {
    const k = await testKernel();
    const told: Told[] = [];
    const from = here(k);
    await k.accepted("jiangan.police", "incident.sos", "incident", "i1", SOS);
    const screens = Array.from({ length: 30 }, (_, n) =>
      seat(k, `back-${n}`, "console:jiangan", told),
    );
    const fresh = Array.from({ length: 30 }, (_, n) =>
      seat(k, `new-${n}`, "console:jiangan", told),
    );
    const answers = await Promise.all([
      ...screens.map((screen) => k.kernel.views.resume(screen, from)),
      ...fresh.map((screen) => k.kernel.views.resume(screen, null)),
    ]);
    expect(answers).toEqual([...screens.map(() => "PATCH"), ...fresh.map(() => "SNAPSHOT")]);
    const texts = (kind: string, event: string) =>
      new Set(
        told
          .filter((one) => one.who.startsWith(kind) && one.event === event)
          .map(({ json }) => json),
      );
    expect(texts("new", "snapshot").size).toBe(1);
    const [patch = "{}"] = texts("back", "patch");
    expect(JSON.parse(patch) as Patch).toMatchObject({ from: from.seq, to: here(k).seq });
    expect(texts("back", "patch").size).toBeLessThanOrEqual(2);
  });
});
