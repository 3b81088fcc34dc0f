/** What people are told when acknowledged calls for help cannot be read any more. */
import { describe, expect, it } from "vitest";
import { newMedia, testKernel } from "../../support/kernel/test-kernel.ts";

describe("a journal with lines that cannot be read", () => {
  it("EMG-24 given such a line beside a call that waits, when the server starts, then JOURNAL_FAILED is said, also once that call stands in the log", async () => {
    const media = newMedia();
    const before = await testKernel({ media });
    before.log.refuseWrites();
    const answer = await before.send("jiangan.police", "incident.sos", "incident", "sos-1");
    expect(answer.outcome).toBe("JOURNALLED");
    expect(before.kernel.troubles.now()).toEqual(["JOURNAL"]);
    media.journal.unreadable = 1;

    const { kernel } = await testKernel({ media });
    expect(kernel.troubles.now()).toContain("JOURNAL_FAILED");
    await kernel.follow();
    await expect.poll(() => media.journal.aside).toHaveLength(1);
    expect(kernel.replica.world.get("incident", "sos-1")).toBeDefined();
    expect(kernel.troubles.now()).toEqual(["JOURNAL_FAILED"]);
  });
});
