import { expect, it } from "vitest";
import { testKernel } from "../../support/kernel/test-kernel.ts";

const OLD = { rev: 0 };

it("EXE-8 a sibling court and who has no role learn from a refusal nothing of how far a record has come", async () => {
  const k = await testKernel();
  await k.accepted("jiangan.director", "observer.open", "observer", "seat", {
    ...{ body: "PROCURATORATE", organisation: "检察院", visitor: "检察官" },
    endsAt: k.clock.now() + 3_600_000,
  });

  const own = await k.send("jiangan.director", "observer.end", "observer", "seat", {}, OLD);
  const sibling = await k.send("huangpi.director", "observer.end", "observer", "seat", {}, OLD);
  const noRole = await k.send("jiangan.police", "observer.end", "observer", "seat", {}, OLD);

  expect(own.refusal).toMatchObject({ code: "STALE" });
  for (const { refusal } of [sibling, noRole]) {
    expect(refusal?.code).not.toBe("STALE");
    expect(refusal?.params ?? {}).not.toHaveProperty("rev");
  }
});
