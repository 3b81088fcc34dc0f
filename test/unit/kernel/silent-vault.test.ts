import { describe, expect, test } from "vitest";
import { inRealTime, within } from "../../../server/app/patience.ts";
import type { VaultRows } from "../../../server/vault/vault-rows.ts";
import { newMedia, testKernel } from "../../support/kernel/test-kernel.ts";
import { TestScreen } from "../../support/kernel/test-screen.ts";

/** A vault whose reads fail or hang until it is mended. */
function troubledRows(rows: VaultRows) {
  let trouble: "FAILS" | "HANGS" | undefined;
  let asked = 0;
  let mended = Promise.withResolvers<void>();
  return {
    rows: {
      ...rows,
      findTexts: async (ids) => {
        asked += 1;
        if (trouble === "FAILS") throw new Error("the vault was told to fail");
        if (trouble === "HANGS") await mended.promise;
        return rows.findTexts(ids);
      },
    } satisfies VaultRows,
    asked: () => asked,
    begin: (kind: "FAILS" | "HANGS") => {
      trouble = kind;
      mended = Promise.withResolvers();
    },
    mend: () => {
      trouble = undefined;
      mended.resolve();
    },
  };
}

const settled = async () => {
  for (let turns = 0; turns < 30; turns += 1) await new Promise((done) => setImmediate(done));
};

const TEXT = "对方持刀，需要增援";

/** A server that keeps on `media` the report i1 with its text. */
async function reported(media: ReturnType<typeof newMedia>) {
  const k = await testKernel({ media });
  await k.accepted("jiangan.police", "incident.report", "incident", "i1", {
    kind: "VIOLENT_RESISTANCE",
    level: "GENERAL",
    detail: TEXT,
  });
  return k;
}

/** A server that started anew, so that no text is in its memory, and a console in step with it. */
async function restarted() {
  const media = newMedia();
  const before = await reported(media);
  const vault = troubledRows(media.vaultRows);
  const k = await testKernel({ media: { ...media, vaultRows: vault.rows }, clock: before.clock });
  return { k, vault };
}

const noteOf = (screen: TestScreen): unknown =>
  JSON.stringify(screen.records()["incident:i1"]).match(/"text":(null|"[^"]*")/)?.[1];

describe.each(["FAILS", "HANGS"] as const)("a vault that %s", (kind) => {
  test("STF-13 given texts that cannot be read, when commits go on, then patches go out at once without them and each screen is repaired", async () => {
    const { k, vault } = await restarted();
    const screen = new TestScreen(k, "console:jiangan");
    vault.begin(kind);
    const connecting = screen.connect();
    await settled();
    k.clock.pass(1_000);
    await within(1_000, connecting, inRealTime);
    await screen.take();
    expect(noteOf(screen)).toBe("null");
    expect(screen.state.unread).toEqual(new Set(["incident:i1"]));
    // From now on nobody waits at all, however many commits come.
    for (const [id, by] of [
      ["i2", "police"],
      ["i3", "police2"],
      ["i4", "judge"],
    ])
      await k.accepted(`jiangan.${by}`, "incident.sos", "incident", id ?? "");
    await k.accepted("jiangan.duty", "incident.acknowledge", "incident", "i1");
    await within(1_000, screen.take(), inRealTime);
    expect(Object.keys(screen.records()).filter((key) => key.startsWith("incident:"))).toEqual([
      "incident:i1",
      "incident:i2",
      "incident:i3",
      "incident:i4",
    ]);
    await k.kernel.follow();
    expect(noteOf(screen)).toBe("null");
    vault.mend();
    await settled();
    await k.kernel.follow();
    await screen.take();
    expect(noteOf(screen)).toBe(`"${TEXT}"`);
    expect(screen.state.unread.size).toBe(0);
    expect(screen.records()).toEqual(await screen.truth());
    const asked = vault.asked();
    await k.kernel.follow();
    expect(vault.asked()).toBe(asked);
  });

  test("STF-13 given texts that cannot be read, when a record ends meanwhile, then how it ended is repaired too", async () => {
    const { k, vault } = await restarted();
    const screen = new TestScreen(k, "console:jiangan");
    await screen.connect();
    await k.accepted("jiangan.duty", "incident.acknowledge", "incident", "i1");
    await screen.take();
    expect(noteOf(screen)).toBe(`"${TEXT}"`);
    vault.begin(kind);
    // A server that holds none of it in memory is where a screen looks when it ends.
    const third = await k.reopened();
    const late = new TestScreen(third, "console:jiangan");
    const connecting = late.connect();
    await settled();
    third.clock.pass(1_000);
    await connecting;
    await third.accepted("jiangan.duty", "incident.falseAlarm", "incident", "i1", {
      reason: "误报",
    });
    await late.take();
    const endOf = () => JSON.stringify(late.state.closed.find(({ id }) => id === "i1")?.dto);
    expect(endOf()).not.toContain(TEXT);
    vault.mend();
    await settled();
    await third.kernel.follow();
    await late.take();
    expect(endOf()).toContain(TEXT);
    expect(late.records()).toEqual(await late.truth());
  });
});

test("VIEW-15 given views that lack a text, when the vault is back and their snapshots take long, then patches go out in between, and each screen is right at the end", async () => {
  const media = newMedia();
  const before = await reported(media);
  let gate: Promise<void> | undefined;
  const vault = troubledRows(media.vaultRows);
  const k = await testKernel({
    media: { ...media, vaultRows: vault.rows },
    clock: before.clock,
    sliceRecords: 2,
    yieldTurn: async () => {
      await new Promise((done) => setImmediate(done));
      await gate;
    },
  });
  const screens = [new TestScreen(k, "console:jiangan"), new TestScreen(k, "wall:jiangan")];
  vault.begin("FAILS");
  for (const screen of screens) await screen.connect();
  const heard: string[] = [];
  const probe = {
    id: "probe",
    view: "console:wuhan" as const,
    sessionId: "s1",
    roles: [],
    send: (event: string, json: string) => void (event === "patch" && heard.push(json)),
    close: () => undefined,
    pendingBytes: () => 0,
  };
  k.kernel.views.subscribe(probe);
  vault.mend();
  const open = Promise.withResolvers<void>();
  gate = open.promise;
  const repairing = k.kernel.views.repairTexts();
  await settled();
  await k.accepted("jiangan.police", "incident.sos", "incident", "i2");
  await k.accepted("jiangan.duty", "incident.falseAlarm", "incident", "i1", { reason: "误报" });
  await settled();
  expect(heard.join()).toContain("i2");
  open.resolve();
  await repairing;
  for (const screen of screens) {
    await screen.take();
    expect(screen.records()).toEqual(await screen.truth());
  }
  expect(Object.keys(screens[0]?.records() ?? {})).not.toContain("incident:i1");
});

test("VIEW-16 given a vault that holds the text no more, when a screen looks, then nothing is owed to it", async () => {
  const media = newMedia();
  const before = await reported(media);
  const vaultRows = { ...media.vaultRows, findTexts: async () => [] };
  const k = await testKernel({ media: { ...media, vaultRows }, clock: before.clock });
  const screen = new TestScreen(k, "console:jiangan");
  await screen.connect();
  await screen.take();
  expect(noteOf(screen)).toBe("null");
  expect(screen.state.unread.size).toBe(0);
});
