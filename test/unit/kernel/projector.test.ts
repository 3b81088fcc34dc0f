import { expect, test } from "vitest";
import { Projector } from "../../../server/app/projector.ts";
import { Texts } from "../../../server/app/texts.ts";
import { testKernel } from "../../support/kernel/test-kernel.ts";

test("VIEW-11 given references to free text at any depth, when a host or a wall is sent the record, then none of them is in it", async () => {
  const k = await testKernel();
  const { world } = k.kernel.replica;
  const projector = new Projector(world, new Texts(k.vault));
  const record = world.get("court", "jiangan");
  if (!record) throw new Error("no court");
  const text = { id: "txt:c1:reason", hash: "h" };
  const dto = {
    state: "PAUSED",
    reason: text,
    pauseOrder: { at: 5, reason: text },
    notes: [text, { at: 6, text }],
  };
  for (const audience of ["host.console", "own.wall"] as const) {
    expect(projector.put(record, audience, dto).dto).toEqual({
      state: "PAUSED",
      pauseOrder: { at: 5 },
      notes: [{ at: 6 }],
    });
  }
});
