import { defineConfig } from "vitest/config";

/** Two noisy cores: few workers, and files that start servers or browsers one after the other. */
const shared = { environment: "node", testTimeout: 20_000, hookTimeout: 60_000 } as const;

const CLUSTER = "test/faults/cluster.test.ts";

export default defineConfig({
  test: {
    passWithNoTests: false,
    projects: [
      {
        test: {
          ...shared,
          name: "unit",
          include: ["test/unit/**/*.test.{ts,tsx}", "test/guard/**/*.test.ts"],
        },
      },
      { test: { ...shared, name: "contract", include: ["test/contract/**/*.test.ts"] } },
      {
        test: {
          ...shared,
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
          maxWorkers: 2,
          testTimeout: 120_000,
        },
      },
      {
        test: {
          ...shared,
          name: "faults",
          include: ["test/faults/**/*.test.ts"],
          exclude: [CLUSTER],
          // As above.
          maxWorkers: 2,
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
          sequence: { groupOrder: 1 },
          testTimeout: 600_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          ...shared,
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          // As above.
          maxWorkers: 2,
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
