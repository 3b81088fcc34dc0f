import fc from "fast-check";
import { STORE_FAULTS, type StoreFault } from "./sim-store.ts";

/** What people do; `n` chooses who, and about what. */
export const ACTS = [
  "sos",
  "acknowledge",
  "acknowledgeAll",
  "race",
  "falseAlarm",
  "report",
  "message",
  "propose",
  "control",
  "intake",
  "release",
  "hold",
  "notice",
  "settle",
  "again",
  "twisted",
] as const;
export type ActName = (typeof ACTS)[number];

export type Step =
  | { readonly do: "act"; readonly act: ActName; readonly n: number }
  | {
      readonly do: "store";
      readonly fault: StoreFault;
      readonly ms: number;
      /** The journal's disk fails with it: then nothing can be kept. */
      readonly journalToo: boolean;
      /** Half-way the process ends too, and is up again at once. */
      readonly crashToo: boolean;
    }
  | { readonly do: "journal"; readonly ms: number }
  | { readonly do: "vault"; readonly ms: number }
  /** The process ends that many tasks from now, and is started again after `ms`. */
  | { readonly do: "crash"; readonly tasks: number; readonly ms: number; readonly quiet: boolean }
  | {
      readonly do: "wire";
      readonly state: "DOWN" | "SILENT" | "NOISY";
      readonly n: number;
      readonly ms: number;
    }
  | { readonly do: "clock"; readonly ms: number }
  | { readonly do: "reload"; readonly n: number }
  | { readonly do: "sleep"; readonly n: number; readonly ms: number };

/** A step and how long nothing is begun before it. */
export interface Timed {
  readonly afterMs: number;
  readonly step: Step;
}

export interface Plan {
  readonly steps: readonly Timed[];
  /** Of everything that is not in the steps: delays, losses, ids. */
  readonly noise: number;
  readonly severalWriters: boolean;
  /** A ring too short for most absences, one for some, one for all. */
  readonly ringCommits: number;
  /** Errors of the devices' clocks, ms. */
  readonly clocks: readonly number[];
}

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;
const STEPS_MS = [1, 2, 4, 3_600].flatMap((s) => [s * SECOND, -s * SECOND]);

const n = fc.nat(1_000);
const upTo = (ms: number): fc.Arbitrary<number> => fc.integer({ min: 50, max: ms });

const act = (...acts: ActName[]): fc.Arbitrary<Step> =>
  fc.record({ do: fc.constant("act" as const), act: fc.constantFrom(...acts), n });

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 9, arbitrary: act("sos") },
  { weight: 6, arbitrary: act("acknowledge", "acknowledgeAll", "race", "falseAlarm") },
  { weight: 5, arbitrary: act("report", "message") },
  { weight: 4, arbitrary: act("propose", "control", "intake", "release") },
  { weight: 4, arbitrary: act("hold", "notice") },
  { weight: 3, arbitrary: act("again", "twisted") },
  { weight: 1, arbitrary: act("settle") },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("store" as const),
      fault: fc.constantFrom(...STORE_FAULTS),
      ms: upTo(12 * SECOND),
      journalToo: fc.nat(3).map((k) => k === 0),
      crashToo: fc.nat(3).map((k) => k === 0),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("vault" as const), ms: upTo(8 * SECOND) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("journal" as const), ms: upTo(8 * SECOND) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("crash" as const),
      tasks: fc.integer({ min: 1, max: 60 }),
      ms: upTo(20 * SECOND),
      quiet: fc.boolean(),
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant("wire" as const),
      state: fc.constantFrom("DOWN" as const, "SILENT" as const, "NOISY" as const),
      n,
      ms: upTo(25 * SECOND),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("clock" as const), ms: fc.constantFrom(...STEPS_MS) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("reload" as const), n }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("sleep" as const), n, ms: upTo(30 * SECOND) }),
  },
);

const pause = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 50 }) },
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 2 * SECOND }) },
  { weight: 4, arbitrary: fc.integer({ min: 1 * SECOND, max: 9 * SECOND }) },
  { weight: 1, arbitrary: fc.integer({ min: 20 * SECOND, max: 70 * SECOND }) },
);

/** A few minutes of a province in which much goes wrong. */
export const plans: fc.Arbitrary<Plan> = fc.record({
  steps: fc.array(fc.record({ afterMs: pause, step }), {
    minLength: 25,
    maxLength: 60,
    size: "max",
  }),
  noise: fc.nat(),
  severalWriters: fc.boolean(),
  ringCommits: fc.constantFrom(4, 40, 10_000),
  clocks: fc.array(fc.constantFrom(0, DAY, -DAY, HOUR, -HOUR, 7_000), {
    minLength: 10,
    maxLength: 10,
  }),
});
