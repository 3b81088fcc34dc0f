import { describe, expect, test } from "vitest";
import { inRealTime, within } from "../../../server/app/patience.ts";
import { openMemoryLog } from "../../../server/log/log-memory.ts";
import { nextCommit, sampleCommand } from "../../contract/sample-commits.ts";
import { newMedia, type TestKernel, testKernel } from "../../support/kernel/test-kernel.ts";

const report = (k: TestKernel, id: string, command = {}) =>
  k.send(
    "jiangan.police",
    "incident.report",
    "incident",
    id,
    { kind: "MEDICAL", level: "GENERAL" },
    command,
  );

/** Everything that can happen without time passing has happened. */
const settled = async () => {
  for (let turns = 0; turns < 20; turns += 1) await new Promise((done) => setImmediate(done));
};

describe("store health", () => {
  test("STF-5 given a store that is full, when it has room again, then the mode is OK without anybody's command", async () => {
    const k = await testKernel();
    const makeRoom = k.log.refuseWrites();
    await expect(report(k, "i1")).rejects.toThrow("full");
    const modes = [k.kernel.storeMode()];
    for (let seconds = 0; seconds < 3; seconds += 1) {
      k.clock.pass(1_000);
      await k.kernel.follow();
      modes.push(k.kernel.storeMode());
    }
    makeRoom();
    await k.kernel.follow();
    modes.push(k.kernel.storeMode());
    expect(modes).toEqual(["READ_ONLY", "READ_ONLY", "READ_ONLY", "READ_ONLY", "OK"]);
  });

  test("STF-5 given nobody who writes, when the store fills up, then it is noticed within 12 s", async () => {
    const k = await testKernel();
    k.log.refuseWrites();
    for (let seconds = 0; seconds < 12; seconds += 1) {
      k.clock.pass(1_000);
      await k.kernel.follow();
    }
    expect(k.kernel.storeMode()).toBe("READ_ONLY");
  });

  test("STF-5 given a store that cannot be written, when a server starts on it, then it says so from the first moment", async () => {
    const media = newMedia();
    const k = await testKernel({ media });
    const log = openMemoryLog(media.log);
    log.refuseWrites();
    const full = await testKernel({ media, log });
    expect(full.kernel.storeMode()).toBe("READ_ONLY");
    expect(full.kernel.replica.tail).toEqual(k.kernel.replica.tail);
  });

  test("STF-5 given a probe that hangs, when it is asked, then UNAVAILABLE", async () => {
    const k = await testKernel();
    k.clock.pass(11_000);
    const goOn = k.log.holdAppends();
    const following = k.kernel.follow();
    await settled();
    k.clock.pass(2_500);
    expect(k.kernel.storeMode()).toBe("UNAVAILABLE");
    goOn();
    await following;
    expect(k.kernel.storeMode()).toBe("OK");
  });

  test("STF-5 given a command whose store hangs before its append, when others look meanwhile, then UNAVAILABLE", async () => {
    const k = await testKernel();
    const held = Promise.withResolvers<undefined>();
    k.log.findCommand = () => held.promise;
    const seq = k.kernel.replica.tail.seq;
    const stuck = report(k, "i1", { knownSeq: seq + 5 }).catch(() => undefined);
    await settled();
    k.clock.pass(2_500);
    await k.kernel.follow();
    expect(k.kernel.storeMode()).toBe("UNAVAILABLE");
    held.resolve(undefined);
    await stuck;
  });

  test("STF-6 given a store whose history went another way, when it is looked at, then UNAVAILABLE until the right one is back", async () => {
    const media = newMedia();
    const k = await testKernel({ media });
    const { commits } = media.log;
    const [mine] = commits.splice(-1);
    if (!mine) throw new Error("the log is empty");
    const before = commits.at(-1);
    if (!before) throw new Error("the log is empty");
    commits.push(nextCommit(before, [sampleCommand("other")]));
    k.clock.pass(11_000);
    await settled();
    await k.kernel.follow();
    expect(k.kernel.storeMode()).toBe("UNAVAILABLE");
    expect(k.kernel.replica.tail.hash).toBe(mine.hash);
    commits.splice(-1, 1, mine);
    await k.kernel.follow();
    expect(k.kernel.storeMode()).toBe("OK");
  });

  test("STF-7 given an append that hangs, when 2 s have passed, then all who wait are told, newcomers at once, and the retry counts once", async () => {
    const k = await testKernel();
    const { seq } = k.kernel.replica.tail;
    const goOn = k.log.holdAppends();
    const first = report(k, "i1", { id: "cmd-first" });
    await settled();
    const waiting = report(k, "i2", { id: "cmd-waiting" });
    const said = Promise.allSettled([first, waiting]);
    k.clock.pass(1_900);
    await settled();
    expect(k.kernel.storeMode()).toBe("UNAVAILABLE");
    k.clock.pass(200);
    const answers = await within(1_000, said, inRealTime);
    expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await expect(report(k, "i3")).rejects.toThrow("does not answer");
    goOn();
    await settled();
    const again = await Promise.all([
      report(k, "i1", { id: "cmd-first" }),
      report(k, "i2", { id: "cmd-waiting" }),
    ]);
    expect(again.map(({ outcome, seq: at }) => [outcome, at])).toEqual([
      ["ACCEPTED", seq + 1],
      ["ACCEPTED", seq + 2],
    ]);
    expect([...k.kernel.replica.world.all("incident")].map(({ id }) => id)).toEqual(["i1", "i2"]);
    expect(k.kernel.storeMode()).toBe("OK");
  });
});
