import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TrackScope, TrackStore } from "../../server/tracks/track-store.ts";
import { TRACK_ENDED } from "../../shared/wire/track-answer.ts";
import {
  byOfficerAndTime,
  groupOf,
  rowsFound,
  scopeOfAll,
  type TestRow,
} from "../support/tracks/rows.ts";

const OFFICERS = 8;
const LOST_MS = 120_000;
/** 10 min before an hour changes. */
const START = Date.UTC(2026, 10, 23, 6, 50);

/** What any adapter of the port has to do, held against a plain list. */
export function trackStoreContract(name: string, open: () => Promise<TrackStore>): void {
  describe(`tracks in ${name}`, () => {
    it("TRK-7 given fixes in order, late, across an hour and ended, then every question is answered as a plain list would", async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(stepOf(), { minLength: 1, maxLength: 25 }), async (steps) => {
          const store = await open();
          try {
            await play(store, steps);
          } finally {
            await store.close();
          }
        }),
        { numRuns: 25 },
      );
    }, 60_000);

    it("TRK-6 given a fix 70 hours late, when its own time is asked for, then it is there and nowhere else", async () => {
      const store = await open();
      const late = { trackIndex: 3, at: START - 70 * 3_600_000, lat: 30, lng: 114 };
      await store.append(groupOf([{ ...late, at: START, lat: 31 }]), START);
      await store.append(groupOf([late]), START);
      const at = (from: number) =>
        store.find({ kind: "WINDOW", from, to: from + 1, scope: scopeOfAll(OFFICERS) });
      expect(rowsFound(await at(late.at))).toEqual([late]);
      expect(rowsFound(await at(START))).toEqual([{ ...late, at: START, lat: 31 }]);
      await store.close();
    });

    it("TRK-11 shows nobody outside the scope, and nobody before his time in it", async () => {
      const store = await open();
      const rows = [0, 1, 2].map((trackIndex) => ({ trackIndex, at: START, lat: 1, lng: 2 }));
      await store.append(groupOf(rows), START);
      const scope: TrackScope = { bits: Uint32Array.of(0b110), since: [[2, START + 1]] };
      const seen = { kind: "WINDOW", from: START, to: START + 10, scope } as const;
      expect(rowsFound(await store.find(seen))).toEqual([rows[1]]);
      const picture = { kind: "PICTURE", at: START, maxAgeMs: LOST_MS, scope } as const;
      expect(rowsFound(await store.find(picture))).toEqual([rows[1]]);
      await store.close();
    });
  });
}

interface Step {
  readonly passMs: number;
  readonly rows: readonly {
    readonly trackIndex: number;
    readonly lateMs: number;
    readonly ended: boolean;
  }[];
}

const stepOf = (): fc.Arbitrary<Step> =>
  fc.record({
    passMs: fc.oneof(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 400_000 })),
    rows: fc.array(
      fc.record({
        trackIndex: fc.integer({ min: 0, max: OFFICERS - 1 }),
        lateMs: fc.oneof(
          fc.integer({ min: -60_000, max: 2_000 }),
          fc.integer({ min: 0, max: 4_000_000 }),
        ),
        ended: fc.boolean(),
      }),
      { maxLength: 12 },
    ),
  });

async function play(store: TrackStore, steps: readonly Step[]): Promise<void> {
  const all: TestRow[] = [];
  let now = START;
  let n = 0;
  for (const { passMs, rows } of steps) {
    now += passMs;
    const group = rows.map(({ trackIndex, lateMs, ended }) => {
      n += 1;
      const lat = ended && n % 5 === 0 ? TRACK_ENDED : n;
      return { trackIndex, at: now - lateMs, lat, lng: lat === TRACK_ENDED ? 0 : -n };
    });
    const once = group.filter(
      (row, i) =>
        ![...all, ...group.slice(0, i)].some(
          (other) => other.trackIndex === row.trackIndex && other.at === row.at,
        ),
    );
    await store.append(groupOf(once), now);
    all.push(...once);
    await store.tick(now);
    for (const at of [now, now - 100_000, now - 3_600_000]) await compare(store, all, at);
  }
}

async function compare(store: TrackStore, all: readonly TestRow[], at: number): Promise<void> {
  const scope = scopeOfAll(OFFICERS);
  const between = (from: number, to: number) =>
    all.filter((row) => row.at >= from && row.at <= to).toSorted(byOfficerAndTime);
  const window = await store.find({ kind: "WINDOW", from: at - 600_000, to: at, scope });
  expect(rowsFound(window)).toEqual(between(at - 600_000, at));
  const day = await store.find({ kind: "DAY", from: at - 5_000_000, to: at, trackIndex: 2 });
  expect(rowsFound(day)).toEqual(
    between(at - 5_000_000, at).filter(({ trackIndex }) => trackIndex === 2),
  );
  const picture = await store.find({ kind: "PICTURE", at, maxAgeMs: LOST_MS, scope });
  const last = new Map(between(at - LOST_MS, at).map((row) => [row.trackIndex, row]));
  const shown = [...last.values()].filter(({ lat }) => lat !== TRACK_ENDED);
  expect(rowsFound(picture)).toEqual(shown.toSorted(byOfficerAndTime));
  expect([window, day, picture].some(({ incomplete }) => incomplete)).toBe(false);
}
