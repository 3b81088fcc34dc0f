import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { occurredFrom } from "../../shared/domain/kernel/occurred.ts";
import { testKernel } from "../support/kernel/test-kernel.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW = Date.UTC(2026, 2, 2, 4);

/** How wrong phones are: a day either way, another zone, a drifting second hand. */
const wrongBy = fc.oneof(
  fc.constantFrom(-DAY_MS, DAY_MS, -8 * HOUR_MS, 5 * HOUR_MS, 0),
  fc.integer({ min: -5_000, max: 5_000 }),
);

const report = fc.record({
  wrongMs: wrongBy,
  /** How long ago the phone last heard the server, and how long ago it happened. */
  silentMs: fc.integer({ min: 0, max: 3 * HOUR_MS }),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  samePage: fc.boolean(),
});

describe("when a reported fact happened", () => {
  it("TIME-9 given phones a day or a zone wrong, then a fact lies between what they last knew and the receipt", () => {
    fc.assert(
      fc.property(report, ({ wrongMs, silentMs, share, samePage }) => {
        const knownAt = NOW - silentMs;
        const happened = Math.round(knownAt + silentMs * share);
        const { earliest, latest } = occurredFrom({
          knownAt,
          receivedAt: NOW,
          deviceAt: happened + wrongMs,
          ...(samePage ? { ageMs: NOW - happened } : {}),
        });
        expect(earliest).toBeGreaterThanOrEqual(knownAt);
        expect(latest).toBeLessThanOrEqual(NOW);
        expect(earliest).toBeLessThanOrEqual(latest);
        // Measured by the page itself, the truth lies between the two candidates.
        if (samePage) expect(earliest <= happened && happened <= latest).toBe(true);
        else if (wrongMs === 0) expect([earliest, latest]).toEqual([happened, happened]);
      }),
      { numRuns: 1_000 },
    );
  });

  it("TIME-9 given a phone that never heard of the server, then its clock is no evidence", () => {
    const claims = { knownAt: 0, receivedAt: NOW, deviceAt: NOW - DAY_MS };
    expect(occurredFrom(claims)).toEqual({ earliest: NOW, latest: NOW });
  });

  it("TIME-9 given a phone that claims to know the server's future, then the receipt counts", () => {
    const claims = { knownAt: NOW + DAY_MS, receivedAt: NOW, deviceAt: NOW + DAY_MS };
    expect(occurredFrom(claims)).toEqual({ earliest: NOW, latest: NOW });
  });

  it.each([-DAY_MS, DAY_MS, -8 * HOUR_MS])(
    "TIME-9 given an arrival reported an hour late by a phone that is %i ms wrong, then the clock of liberty starts when it happened",
    async (wrongMs) => {
      const k = await testKernel();
      const knownAt = k.clock.now();
      k.clock.pass(10 * 60_000);
      const happened = k.clock.now();
      k.clock.pass(HOUR_MS);
      const subject = { id: "s1", label: "张**", sex: "M", ageBand: "18_69", flags: [] };
      const about = { kind: "COMPEL", caseNo: "(2026)鄂0102执1号", subject };
      const options = { knownAt, deviceAt: happened + wrongMs, ageMs: HOUR_MS };
      const by = ["jiangan.police", "detention.control", "detention", "d1"] as const;
      await k.accepted(...by, { about }, options);
      const clocks = Object.values(k.kernel.replica.world.get("detention", "d1")?.clocks ?? {});
      expect(clocks.length).toBeGreaterThan(0);
      for (const { startAt } of clocks) {
        expect(startAt).toBeLessThanOrEqual(happened);
        expect(startAt).toBeGreaterThanOrEqual(knownAt);
      }
    },
  );
});
