import { execFileSync, spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { describe, expect, it } from "vitest";
import { PIN } from "../bench/pinned.ts";

const hasTaskset = spawnSync("taskset", ["-p", String(process.pid)]).status === 0;

describe("the core of what is measured", () => {
  it("BENCH-10 given a machine that binds processes to cores, then the server of a bench has one to itself", () => {
    const asked = ["-p", "require('node:os').availableParallelism()"];
    const [command = "", ...args] = [...PIN.server, process.execPath, ...asked];
    const cores = Number(execFileSync(command, args, { encoding: "utf8" }));
    expect(cores).toBe(hasTaskset ? 1 : availableParallelism());
  });
});
