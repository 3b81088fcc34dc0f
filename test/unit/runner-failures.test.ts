import { expect, it } from "vitest";
import { failuresOf } from "../runner/vitest-run.ts";

const file = { startTime: 0, endTime: 1, message: "", assertionResults: [] };

it("PRV-6 given failed tests and a file that does not load, then each is named in one line with its message, its stack left out", () => {
  const failed = {
    status: "failed",
    fullName: "kills KIL-1 given",
    failureMessages: [
      "\u001b[31mexpected 1 to be 2\u001b[39m\nafter a while\n    at there\n    at here",
    ],
  };
  const passed = { status: "passed", fullName: "kills KIL-2 given", failureMessages: [] };
  const said = failuresOf([
    { ...file, name: "/a/kill.test.ts", status: "failed", assertionResults: [passed, failed] },
    { ...file, name: "/a/glass.test.ts", status: "failed", message: "no such module\n  at x" },
    { ...file, name: "/a/live.test.ts", status: "passed", assertionResults: [passed] },
  ]);
  expect(said).toEqual([
    "kill.test.ts > kills KIL-1 given: expected 1 to be 2 | after a while",
    "glass.test.ts: no such module",
  ]);
});
