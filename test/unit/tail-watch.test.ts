import { describe, expect, it } from "vitest";
import { TailWatch } from "../../server/app/tail-watch.ts";
import { openMemoryLog } from "../../server/log/log-memory.ts";
import { eventually } from "../support/server/eventually.ts";

describe("the watch on what other nodes append", () => {
  it("NODE-18 given others that append without a pause, when a look is waited for, then it ends with its one read, and what was told meanwhile is looked at all the same", async () => {
    const log = openMemoryLog();
    let reads = 0;
    const watch: TailWatch = new TailWatch({
      log: {
        read: async (after, limit) => {
          await new Promise((resolve) => setImmediate(resolve));
          reads += 1;
          if (reads < 50) void watch.look(); // told of the next commit while it reads
          return log.read(after, limit);
        },
      },
      tail: () => -1,
      follow: async () => undefined,
    });
    await watch.look();
    expect(reads).toBeLessThan(3);
    await eventually(() => expect(reads).toBe(50), 5_000);
  });
});
