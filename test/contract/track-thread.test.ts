import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openTrackThread } from "../../server/tracks/track-thread.ts";
import { eventually } from "../support/server/eventually.ts";
import { groupOf, rowsFound, scopeOfAll } from "../support/tracks/rows.ts";

const folder = mkdtempSync(join(tmpdir(), "track-thread-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const AT = Date.UTC(2026, 10, 23, 7);
const one = { trackIndex: 1, at: AT, lat: 1, lng: 2 };
const picture = { kind: "PICTURE", at: AT, maxAgeMs: 1_000, scope: scopeOfAll(32) } as const;

describe("the track thread", () => {
  it("TRK-16 given two that would write to one folder, then the second keeps nothing until the first has ended, and then goes on from there", async () => {
    const options = { dir: join(folder, "one"), keepDays: 90 };
    const first = openTrackThread(options, AT);
    await first.append(groupOf([one]), AT);
    const second = openTrackThread(options, AT);
    await expect(second.append(groupOf([one]), AT)).rejects.toThrow();
    await expect(second.tick(AT)).rejects.toThrow();
    await first.close();
    await eventually(() => second.tick(AT), 8_000);
    expect(rowsFound(await second.find(picture))).toEqual([one]);
    await second.append(groupOf([{ ...one, at: AT - 5 }]), AT);
    await second.close();
  });

  it("TRK-2 given a folder that cannot be made, then nothing is stored and nothing throws at the opening", async () => {
    writeFileSync(join(folder, "file"), "");
    const store = openTrackThread({ dir: join(folder, "file", "tracks"), keepDays: 90 }, AT);
    await expect(store.append(groupOf([one]), AT)).rejects.toThrow();
    await expect(store.tick(AT)).rejects.toThrow();
    await expect(store.find(picture)).rejects.toThrow();
    await store.close();
  });
});
