import { expect, it } from "vitest";
import { startJobs } from "../../server/timers.ts";

it("TIME-13 given a job that was due while no server ran, when jobs start, then it runs at once and others at their time", async () => {
  const ran: string[] = [];
  const everyMs = 60_000;
  const stop = startJobs(
    [
      { name: "deadlines", everyMs, run: () => ran.push("deadlines"), atOnce: true },
      { name: "other", everyMs, run: () => ran.push("other") },
    ],
    () => undefined,
  );
  await stop();
  expect(ran).toEqual(["deadlines"]);
});
