import { defineConfig } from "vitest/config";

/** Two noisy cores: few workers, and files that start servers or browsers one after the other. */
const shared = { environment: "node", testTimeout: 20_000, hookTimeout: 60_000 } as const;

const CLUSTER = "test/faults/cluster.test.ts";
/** They wait for clocks and time-outs, and use a sixth to a fourth of a core: four of them leave one core idle. */
const WAITING = ["clock-steps", "glass", "live", "network", "sentinel", "stores"].map(
  (name) => `test/faults/${name}.test.ts`,
);
/** Projects of one group share their workers; a group begins when the one before it is over. */
const inGroup = (groupOrder: number, maxWorkers: number) => ({
  maxWorkers,
  sequence: { groupOrder },
});
/** One for each core; vitest alone would leave one of two idle. */
const COMPUTING = inGroup(2, 2);

export default defineConfig({
  test: {
    passWithNoTests: false,
    projects: [
      {
        test: {
          ...shared,
          ...COMPUTING,
          name: "unit",
          include: ["test/unit/**/*.test.{ts,tsx}", "test/guard/**/*.test.ts"],
        },
      },
      {
        test: {
          ...shared,
          ...COMPUTING,
          name: "contract",
          include: ["test/contract/**/*.test.ts"],
        },
      },
      {
        test: {
          ...shared,
          ...COMPUTING,
          // The same, where each second process begins with a kept state (docs/spec/kernel.md).
          name: "kept-starts",
          include: [
            "test/unit/kernel/**/*.test.ts",
            "test/unit/{escalation,operation-clocks,order-kernel}.test.ts",
            "test/simulation/simulation.test.ts",
          ],
          env: { KEPT_STARTS: "1", SIMULATIONS: process.env.SIMULATIONS ?? "20" },
          testTimeout: 120_000,
        },
      },
      {
        test: {
          ...shared,
          name: "integration",
          include: ["test/integration/**/*.test.ts", "test/simulation/**/*.test.ts"],
          // Most of the time somebody waits: two files at once take half as long.
          ...inGroup(1, 2),
          testTimeout: 120_000,
        },
      },
      {
        test: {
          ...shared,
          name: "waiting-faults",
          include: WAITING,
          ...inGroup(0, 4),
          testTimeout: 600_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          ...shared,
          name: "faults",
          include: ["test/faults/**/*.test.ts"],
          exclude: [CLUSTER, ...WAITING],
          ...inGroup(3, 2),
          testTimeout: 600_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          ...shared,
          name: "cluster-faults",
          include: [CLUSTER],
          // By itself: two nodes on a database that reads by full scans take both cores.
          ...inGroup(4, 1),
          testTimeout: 600_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          ...shared,
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          ...inGroup(5, 2),
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
